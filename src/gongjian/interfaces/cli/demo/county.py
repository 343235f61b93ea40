"""Who there is in the demo county: units, accounts with a password each, roles."""

from dataclasses import dataclass, field
from datetime import date, datetime

from gongjian.foundation.orgs.models import Post, Role, Unit, User
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import (
    create_account,
    grant_role,
    hand_over_post,
    open_post,
    register_person,
    register_units,
)
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.interfaces.cli.demo.data import table
from gongjian.lib.days import local_day
from gongjian.lib.passwords import first_password

BASIS = "示例任免文件"
POSTS = {
    Role.PRINCIPAL_LEADER: Post.Kind.PRINCIPAL,
    Role.COUNTY_LEADER: Post.Kind.LEADER,
    Role.UNIT_APPROVER: Post.Kind.HEAD,
    Role.TOWNSHIP: Post.Kind.HEAD,
    Role.LEAD_UNIT: Post.Kind.DEPUTY,
    Role.UNIT_REPORTER: Post.Kind.LIAISON,
}
KINDS = {"park": Unit.Kind.TOWNSHIP}


@dataclass(slots=True)
class County:
    """Units, accounts and posts by their keys in the files, and the passwords just made."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    passwords: list[dict[str, str]] = field(default_factory=list)
    bundles: dict[str, list[str]] = field(default_factory=dict)

    def of(self, code: str) -> list[Unit]:
        """A unit, or the members of a group."""
        return [self.units[member] for member in self.bundles.get(code, [code])]

    def who(self, unit: Unit, role: Role) -> User:
        """The account of a unit that holds a role."""
        return next(
            user for user in self.users.values() if user.unit_id == unit.pk and role in user.roles
        )


def found_county(*, at: datetime) -> County:
    """Set the installation up and register everybody."""
    described = table("county")
    set_up_installation("demo", place=described["county"]["name"], at=at)
    county = County(bundles={g["code"]: g["members"] for g in described.get("group", [])})
    units = register_units([_unit(row) for row in described["unit"]], by=None, at=at)
    county.units = {unit.code: unit for unit in units}
    for row in table("accounts")["account"]:
        county.users[row["username"]] = _register(row, county, at=at)
    settle_posts(county, at=at)
    return county


def settle_posts(county: County, *, at: datetime) -> None:
    """Every account's holder stands in the post its title names; leaders first, heads of units."""
    begin = date(at.year, 1, 1)
    for order, (username, user) in enumerate(county.users.items()):
        kind = next((kind for role, kind in POSTS.items() if role in user.roles), None)
        if kind is None or user.unit is None:
            continue
        person = register_person(
            user.display_name,
            mobile=f"138{order:08}",
            office_phone=f"0536-000{order:04}",
            account=user,
            by=None,
            at=at,
        )
        name = user.title.removesuffix("（示例）")
        post = open_post(user.unit, name, kind=kind, order=order, from_day=begin, by=None, at=at)
        hand_over_post(post, to=person, from_day=begin, basis=BASIS, by=None, at=at)
        county.posts[username] = post


def _unit(row: dict[str, str]) -> Unit:
    township = row["kind"] in ("township", "park")
    return Unit(
        code=row["code"],
        name=row["name"],
        short_name=row["short"],
        aliases=row.get("aliases", []),
        kind=KINDS.get(row["kind"], row["kind"]),
        level=Unit.Level.TOWNSHIP if township else Unit.Level.COUNTY,
    )


def _register(row: dict[str, str], county: County, *, at: datetime) -> User:
    password = first_password()
    user = create_account(
        row["username"],
        display_name=row["name"],
        title=row["title"],
        unit=county.units[row["unit"]],
        password=password,
        must_change=False,
        by=None,
        at=at,
    )
    for role in row["roles"]:
        grant_role(user, Role(role), by=None, at=at)
        county.passwords.append({"role": role, "username": user.username, "password": password})
    return account(user.username, on=local_day(at))
