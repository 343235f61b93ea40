"""Who there is in the demo county: units, accounts with a password each, roles."""

from dataclasses import dataclass, field
from datetime import datetime

from gongjian.foundation.orgs.models import Role, Unit, User
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import create_account, grant_role, register_units
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
    return county


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
