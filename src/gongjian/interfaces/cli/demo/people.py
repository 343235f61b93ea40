"""Who holds which post in the demo county: everybody with an account, heads without one."""

from datetime import date, datetime, timedelta
from typing import Any

from gongjian.foundation.orgs.models import Person, Post, Role
from gongjian.foundation.orgs.usecases import (
    give_delegation,
    hand_over_post,
    open_post,
    register_person,
)
from gongjian.interfaces.cli.demo.county import County
from gongjian.interfaces.cli.demo.data import table

DAY = date(2019, 1, 8)
EXAMPLE = "（示例）"
OTHER_WORDS = {"填报人": "联络员", "负责人": "分管负责人"}
KINDS = {
    Role.PRINCIPAL_LEADER: Post.Kind.PRINCIPAL,
    Role.COUNTY_LEADER: Post.Kind.LEADER,
    Role.UNIT_APPROVER: Post.Kind.DEPUTY,
    Role.UNIT_REPORTER: Post.Kind.LIAISON,
    Role.TOWNSHIP: Post.Kind.LIAISON,
}


def settle_people(county: County, *, at: datetime) -> None:
    """Put everybody on a post. Numbers are of a range that nobody is given."""
    described = table("accounts")
    people: dict[str, Person] = {}
    for number, row in enumerate(described["account"]):
        people[row["username"]] = _settle(county, row, number, at=at)
    for number, row in enumerate(described["head"], start=500):
        known = people.get(row.get("account", ""))
        person = known or register_person(
            row["name"], mobile=_mobile(number), office_phone=_phone(number), by=None, at=at
        )
        kind, acting = Post.Kind.HEAD, row.get("acting", False)
        post = open_post(
            county.units[row["unit"]], row["post"], kind=kind, from_day=DAY, by=None, at=at
        )
        county.posts[f"{row['unit']}.head"] = post
        since = date(2020, 2, 20) if acting else DAY
        hand_over_post(post, to=person, from_day=since, acting=acting, by=None, at=at)
    for row in described["delegation"]:
        give_delegation(
            county.users[row["receiver"]],
            since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]) + timedelta(days=1),
            reason=row["reason"],
            by=county.users[row["giver"]],
            at=at + timedelta(days=20),
        )


def _settle(county: County, row: dict[str, Any], number: int, *, at: datetime) -> Person:
    """A person for an account, and the post its title names."""
    user = county.users[row["username"]]
    person = register_person(
        row["name"],
        mobile=_mobile(number),
        office_phone=_phone(number),
        account=user,
        by=None,
        at=at,
    )
    kind = next((KINDS[Role(role)] for role in row["roles"] if role in KINDS), Post.Kind.STAFF)
    unit = county.units[row["unit"]]
    name = row["title"].removesuffix(EXAMPLE).removeprefix(unit.short_name)
    name = OTHER_WORDS.get(name, name)
    post = open_post(unit, name, kind=kind, order=number, from_day=DAY, by=None, at=at)
    hand_over_post(post, to=person, from_day=DAY, by=None, at=at)
    county.posts[user.username] = post
    return person


def _mobile(number: int) -> str:
    return f"1380000{number:04d}"


def _phone(number: int) -> str:
    return f"0536-000{number:04d}"
