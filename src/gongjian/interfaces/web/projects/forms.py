"""What a form of a project says, as typed text and as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import action_by_uid, read_day, written_day
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.rules import investment_of
from gongjian.flow.projects.usecases import ProjectWords
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import unit_by_uid
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.projects.money import wan
from gongjian.lib.refusals import Refused

PLAIN = (
    "name", "code", "phase", "track", "category", "nature", "industry", "owner", "uscc",
    "investor", "investor_place", "site", "scope", "remark",
)  # fmt: skip
DATES = ("planned_start", "planned_finish", "planned_production")
SUMS = {"total_investment": "total", "fixed_investment": "fixed", "contract_funds": "contract"}
DAYS = ("land_secured_on", "stat_enrolled_on")


def clean(given: QueryDict) -> QueryDict:
    """A form without NULs: nobody types one, and PostgreSQL keeps none."""
    fresh = given.copy()
    for name in fresh:
        fresh.setlist(name, [value.replace("\0", "") for value in fresh.getlist(name)])
    return fresh


def day_typed(text: str, year: int, *, label: str) -> date:
    """A day as people write it. Refused: form.no-day, plan.day."""
    if not text.strip():
        raise Refused("form.no-day", _("请填%(label)s，写成 2020-06-12。") % {"label": label})
    return read_day(text, year)[0]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it stands or was typed."""

    name: str = ""
    code: str = ""
    phase: str = ""
    track: str = "enterprise"
    category: str = ""
    nature: str = ""
    industry: str = ""
    owner: str = ""
    uscc: str = ""
    investor: str = ""
    investor_place: str = ""
    site: str = ""
    scope: str = ""
    remark: str = ""
    promoted: str = ""
    township: str = ""
    action: str = ""
    total: str = ""
    unit: str = "wan"
    contract: str = ""
    fixed: str = ""
    planned_start: str = ""
    planned_finish: str = ""
    planned_production: str = ""
    land_secured_on: str = ""
    stat_enrolled_on: str = ""
    reason: str = ""
    total_scale: str = ""  # where a sum was asked back: same, or another one in 万元
    fixed_scale: str = ""
    contract_scale: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> "Typed":
        fresh = cls()
        return cls(**{f.name: given.get(f.name, getattr(fresh, f.name)) for f in fields(cls)})

    @classmethod
    def said(cls, project: Project) -> "Typed":
        """What is said of a project now."""
        return cls(
            **{name: getattr(project, name) for name in PLAIN},
            promoted="on" if project.promoted else "",
            township=str(project.township.uid) if project.township else "",
            action=str(project.action.uid) if project.action else "",
            total=wan(project.total_investment),
            contract=wan(project.contract_funds),
            fixed=wan(project.fixed_investment),
            **{name: _written(project, name) for name in DATES},
            **{name: _iso(getattr(project, name)) for name in DAYS},
        )

    @property
    def sure(self) -> list[str]:
        """The sums that were asked back and are right as they stand."""
        return [name for name, field in SUMS.items() if getattr(self, f"{field}_scale") == "same"]

    @property
    def put_right(self) -> "Typed":
        """The form with the other reading, in 万元, wherever that was answered."""
        answered = {field: getattr(self, f"{field}_scale") for field in SUMS.values()}
        chosen = {field: said for field, said in answered.items() if said not in ("", "same")}
        return replace(self, **chosen, **({"unit": "wan"} if "total" in chosen else {}))

    def words(self, before: ProjectWords, *, by: User, year: int) -> ProjectWords:
        """The words of the form over what was said before. Refused: project.sum, plan.day, …"""
        dates: dict[str, object] = {}
        for name in DATES:
            typed = getattr(self, name).strip()
            day, precision = read_day(typed, year) if typed else (None, "")
            dates |= {name: day, f"{name}_precision": precision}
        for name in DAYS:
            typed = getattr(self, name).strip()
            dates[name] = read_day(typed, year)[0] if typed else None
        return replace(
            before,
            **{name: getattr(self, name) for name in PLAIN},
            promoted=self.promoted == "on",
            township=unit_by_uid(uid_typed(self.township)) if self.township else None,
            action=action_by_uid(uid_typed(self.action), reader=by) if self.action else None,
            total_investment=investment_of(self.total, self.unit),
            contract_funds=investment_of(self.contract, "wan", label=_("合同引资额")),
            fixed_investment=investment_of(self.fixed, "wan", label=_("固定资产投资")),
            **dates,  # type: ignore[arg-type]
        )


def uid_typed(value: str) -> UUID:
    """An identifier of a list of choices. Refused: form.broken."""
    return uids_named([value])[0]


def choices(pairs: Iterable[tuple[str, object]], current: str) -> list[tuple[str, str, bool]]:
    """(value, label, chosen) of a list to choose from."""
    return [(value, str(label), value == current) for value, label in pairs]


def _written(project: Project, name: str) -> str:
    day = getattr(project, name)
    return written_day(day, getattr(project, f"{name}_precision")) if day else ""


def _iso(day: object) -> str:
    return str(day) if day else ""
