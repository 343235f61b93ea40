"""Which month, which projects and which columns a sheet was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, campaign_of_year
from gongjian.flow.projects.models import ProjectList
from gongjian.flow.projects.queries import (
    LineFilter,
    SheetFilter,
    Step,
    list_by_uid,
    month_of,
    steps_of,
)
from gongjian.flow.projects.rules import MONTH
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import CHECK, FILL
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows
from gongjian.interfaces.request import today
from gongjian.lib.refusals import Refused

QUOTED = 20  # characters of what an address says that a sentence repeats
MEASURES = ("done", "stat_done", "planned")
WAITS: dict[Step, State] = {"check": State.FILLED, "accept": State.CONFIRMED}


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """What an address says; `wrong` are sentences on what of it was not understood."""

    campaign: Campaign | None
    month: str
    measure: str
    whose: str
    waiting: bool
    listed: ProjectList | None
    register: LineFilter
    unit: str
    given: Mapping[str, str]
    wrong: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, str], *, reader: User) -> "SheetAsked":
        """The sheet of an address; the month of today where none is named, or none is meant."""
        typed = given.get("month", "").strip()
        campaign = campaign_in_force(today())
        named = bool(MONTH.fullmatch(typed))
        if named and campaign is not None and campaign.year != int(typed[:4]):
            campaign = campaign_of_year(int(typed[:4])) or campaign
        month = typed if named and _lies_in(typed, campaign) else _usual(campaign)
        measure = given.get("col", "")
        whose = given.get("whose", "")
        listed = _list_of(given.get("list", ""), reader)
        wrong = _not_understood(given, month=month, listed=listed is not None)
        own = reader.unit_id is not None and (allows(FILL, reader) or _checks(reader))
        return cls(
            campaign=campaign,
            month=month,
            measure=(measure if measure in MEASURES else "done")
            if given.get("view") == "year"
            else "",
            whose=whose if whose in ("own", "all") else ("own" if own else "all"),
            waiting=given.get("waiting") == "1",
            listed=listed,
            register=LineFilter(
                words=given.get("q", "").strip(),
                township=given.get("township", "").strip(),
                plan_class=given.get("class", "").strip(),
                stage=given.get("stage", "").strip(),
            ),
            unit=given.get("unit", "").strip(),
            given={
                name: value
                for name, value in given.items()
                if name not in ("page", *wrong) and value
            },
            wrong=tuple(wrong.values()),
        )

    @property
    def number(self) -> int:
        return int(self.month[5:])

    @property
    def left(self) -> int:
        """How many months of the year are left after this one."""
        return 12 - self.number

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a filter keeps of the address."""
        names = ("view", "col", "whose", "waiting")
        told = [(name, self.given[name]) for name in names if name in self.given]
        return [("month", self.month), *told]

    def wanted(self, reader: User) -> SheetFilter:
        step = step_of(reader)
        waits = (self.month, WAITS[step].value) if self.waiting and step else None
        own = reader.unit_id if self.whose == "own" else None
        return SheetFilter(self.register, self.unit, self.listed, own, waits)

    @property
    def is_narrowed(self) -> bool:
        """Whether it shows less than all that one's unit, or everybody, reports on."""
        return bool(self.register != LineFilter() or self.unit or self.listed or self.waiting)

    def address(self, **other: str) -> str:
        """The same sheet with something else, as a query; an empty value leaves it out."""
        said = {**self.given, "month": self.month, "sent": "", **other}
        return "?" + urlencode({name: value for name, value in said.items() if value})


def step_of(reader: User) -> Step | None:
    """The step of months that is this account's; nobody recognises them in between."""
    return next((step for step in steps_of(reader) if step in WAITS), None)


def plans(reader: User) -> bool:
    """Whether an account sets down what is planned."""
    return allows(KEEP_OFFICE, reader)


def reports_for(reader: User) -> int | None:
    """The key of the unit an account reports for."""
    return reader.unit_id if allows(FILL, reader) else None


def _checks(reader: User) -> bool:
    return reader.unit is not None and allows(CHECK, reader, unit=reader.unit)


def _lies_in(month: str, campaign: Campaign | None) -> bool:
    return campaign is not None and int(month[:4]) == campaign.year


def _usual(campaign: Campaign | None) -> str:
    this = month_of(today())
    if campaign is None or _lies_in(this, campaign):
        return this
    return f"{campaign.year}-{'12' if campaign.year < today().year else '01'}"


def _not_understood(given: Mapping[str, str], *, month: str, listed: bool) -> dict[str, str]:
    """{name: the sentence} of what an address says and the sheet does not know."""
    month_typed = given.get("month", "").strip()
    told = {
        "month": (
            month_typed in ("", month),
            _("月份“%(typed)s”看不懂，写成 2020-06。下面是 %(month)s。"),
        ),
        "view": (
            given.get("view", "") in ("", "year"),
            _("没有“%(typed)s”这种看法，下面是一个月。"),
        ),
        "col": (
            given.get("view") != "year" or given.get("col", "") in ("", *MEASURES),
            _("没有“%(typed)s”这一栏，下面是完成（调度）。"),
        ),
        "whose": (
            given.get("whose", "") in ("", "own", "all"),
            _("“%(typed)s”不是本单位，也不是全部，照平常的列。"),
        ),
        "list": (
            listed or not given.get("list"),
            _("没有“%(typed)s”这份清单，下面是全部清单的项目。"),
        ),
    }
    return {
        name: sentence % {"typed": given[name].strip()[:QUOTED], "month": month}
        for name, (known, sentence) in told.items()
        if not known
    }


def _list_of(typed: str, reader: User) -> ProjectList | None:
    try:
        return list_by_uid(UUID(typed), reader=reader) if typed else None
    except (ValueError, Refused):
        return None
