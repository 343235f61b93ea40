"""Who there is in the demo county: units, accounts with a password each, roles."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongjian.foundation.orgs.models import Post, Region, Role, Unit, User
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import (
    create_account,
    grant_role,
    move_unit,
    register_regions,
    register_units,
    rename_unit,
)
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.interfaces.cli.demo.data import table
from gongjian.lib.days import local_day
from gongjian.lib.passwords import first_password

KINDS = {"park": Unit.Kind.TOWNSHIP}


@dataclass(slots=True)
class County:
    """The units and accounts by their keys in the files, and the passwords just made."""

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
    home, superior = described["county"], described["superior"]
    named = {row["code"]: row["name"] for row in (home, superior)} | {
        row["division"]: row["short"] for row in described["unit"] if "division" in row
    }
    regions = register_regions(named, by=None, at=at)
    above = Unit(
        code=superior["unit"],
        name=superior["party"],
        short_name=superior["name"],
        kind=Unit.Kind.LEADERSHIP,
        level=Unit.Level.PREFECTURE,
        region=regions[superior["code"]],
    )
    rows = [_unit({"division": home["code"]} | row, regions) for row in described["unit"]]
    units = register_units([above, *rows], by=None, at=at)
    county.units = {unit.code: unit for unit in units}
    for row in described["unit"]:
        _place(county, row, at=at)
    for row in table("accounts")["account"]:
        county.users[row["username"]] = _register(row, county, at=at)
    return county


def _place(county: County, row: dict[str, Any], *, at: datetime) -> None:
    """Put a unit under its parent, and give it the name it bears now."""
    unit = county.units[row["code"]]
    if "former" in row:
        county.units[unit.code] = rename_unit(
            unit,
            name=row["name"],
            short_name=row["short"],
            from_day=date.fromisoformat(row["former"]["until"]),
            basis=row["former"]["basis"],
            version=unit.version,
            by=None,
            at=at,
        )
    if "parent" in row:
        county.units[unit.code] = move_unit(
            unit,
            parent=county.units[row["parent"]],
            kind=Unit.Kind(unit.kind),
            level=Unit.Level(unit.level),
            region=unit.region,
            version=unit.version,
            by=None,
            at=at,
        )


def _unit(row: dict[str, Any], regions: dict[str, Region]) -> Unit:
    former = row.get("former", row)
    township = row["kind"] in ("township", "park")
    return Unit(
        code=row["code"],
        name=former["name"],
        short_name=former["short"],
        region=regions.get(row.get("division", "")),
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
