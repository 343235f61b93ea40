"""Which project of the register a row of a ledger is about: by its keys, never by a guess."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign, Precision
from gongjian.flow.projects.models import Project, ProjectYear, Standing
from gongjian.flow.projects.queries.taken import DATES, kept_as, spelt
from gongjian.lib.texts import seen_alone

GONE = (Standing.MERGED, Standing.SPLIT)
PLAIN = (
    "name", "code", "owner", "uscc", "site", "scope", "category", "nature", "industry",
    "total_investment", "remark", "township",
)  # fmt: skip
LOOSE = ("scope", "remark", "owner")  # texts in which blanks mean nothing
OF_YEAR = ("plan_class", "plan_investment", "done_before")


@dataclass(slots=True)
class Known:
    """A project of the register, or one that the same file brings: what it says by column."""

    uid: UUID
    values: dict[str, Any]
    version: int = 1
    pk: int = 0
    row: int = 0  # of the file that was about it first, 0 for none
    project: Project | None = None  # of the register


@dataclass(frozen=True, slots=True)
class Found:
    """The project a row is about; `question` is asked where more than one could be meant."""

    known: Known | None = None
    by: str = ""
    question: str = ""
    among: tuple[Known, ...] = field(default=())


class Register:
    """The projects of a campaign by their keys. Two queries."""

    def __init__(self, campaign: Campaign) -> None:
        self.by_uid: dict[UUID, Known] = {}
        self._by_code: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._brought: list[Known] = []
        years = {row.project_id: row for row in ProjectYear.objects.filter(campaign=campaign)}
        projects = Project.objects.filter(years__campaign=campaign)
        for project in projects.exclude(standing__in=GONE).select_related("township", "filler"):
            self.add(known_of(project, years.get(project.pk)))

    def add(self, known: Known) -> None:
        """Know a project by its code and its name."""
        self.by_uid[known.uid] = known
        if code := known.values.get("code"):
            self._by_code[code].append(known)
        self._by_name[spelt(known.values["name"])].append(known)

    def bring(self, values: Mapping[str, Any], row: int) -> Known:
        """A project that the file itself brings, so that the rows below meet it."""
        known = Known(uuid4(), dict(values), row=row)
        self.add(known)
        self._brought.append(known)
        return known

    def coded(self, code: str) -> Known | None:
        """The only project that bears a code."""
        found = self._by_code.get(code, [])
        return found[0] if len(found) == 1 else None

    def forget_unwritten(self) -> None:
        """Forget what was brought and never got a key of the register."""
        for known in self._brought:
            if known.pk:
                self.by_uid[known.uid] = known
                continue
            for held in (*self._by_code.values(), *self._by_name.values()):
                if known in held:
                    held.remove(known)
        self._brought.clear()

    def change(self, known: Known, values: Mapping[str, Any], row: int) -> None:
        """A project as the file leaves it."""
        code, name = known.values.get("code"), spelt(known.values["name"])
        known.values.update(values)
        known.row = known.row or row
        if known.values.get("code") != code and known.values.get("code"):
            self._by_code[known.values["code"]].append(known)
        if spelt(known.values["name"]) != name:
            self._by_name[spelt(known.values["name"])].append(known)

    def find(self, values: Mapping[str, Any]) -> Found:
        """The project of a row: by code, else by USCC and name, else by name and township."""
        name = spelt(values.get("name", ""))
        named = [one for one in self._by_name.get(name, ()) if spelt(one.values["name"]) == name]
        if code := values.get("code"):
            found = self._coded(code, named)
            if found is not None:
                return found
            other = [one for one in named if one.values.get("code") and _near(one, values)]
            named = [one for one in named if not one.values.get("code")]
            if other and not named:
                return _asked(_("同名的项目登记的是别的代码，是同一个吗？"), other)
        if uscc := values.get("uscc"):
            same = [one for one in named if one.values.get("uscc") == uscc]
            if len(same) == 1:
                return Found(same[0], "uscc")
            if len(same) > 1:
                return _asked(_("有几个项目的信用代码和名称都相同，是哪一个？"), same)
        return _placed(values, named)

    def _coded(self, code: str, named: list[Known]) -> Found | None:
        coded = self._by_code.get(code, [])
        if len(coded) > 1:
            both = [one for one in coded if one in named]
            if len(both) == 1:
                return Found(both[0], "code")
            return _asked(_("有几个项目用这个代码（分期），是哪一个？"), coded)
        if not coded:
            return None
        strangers = [one for one in named if one is not coded[0]]
        if coded[0] not in named and strangers:
            return _asked(_("代码是一个项目的，名称是另一个项目的，是哪一个？"),
                          [coded[0], *strangers])  # fmt: skip
        return Found(coded[0], "code")


def known_of(project: Project, year: ProjectYear | None) -> Known:
    """What the register says of a project, by column."""
    values = {name: getattr(project, name) for name in PLAIN}
    for name in DATES:
        day = getattr(project, name)
        values[name] = (day, getattr(project, f"{name}_precision")) if day else None
    for name in OF_YEAR:
        values[name] = getattr(year, name) if year else None
    return Known(project.uid, values, project.version, project.pk, project=project)


def differences(known: Known, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """{column: (old, new)} where a row says something else, as the trail keeps it.

    The running number is that of each list and no change; a name is compared without its blanks
    and marks, other texts without blanks and unseen signs; a date that is only given less exactly
    contradicts nothing.
    """
    found = {}
    for column, new in values.items():
        old = known.values.get(column)
        if column == "seq" or old == new:
            continue
        if column == "name" and spelt(str(old)) == spelt(new):
            continue
        if column in LOOSE and old and _loosely(old) == _loosely(new):
            continue
        if column in DATES and old and _covers(new, old):
            continue
        found[column] = (kept_as(old) or "", kept_as(new))
    return found


def _loosely(text: str) -> str:
    return "".join(seen_alone(text).split())


def _covers(rough: tuple[date, str], exact: tuple[date, str]) -> bool:
    """Does a span that is given less exactly hold a date that is known?"""
    order = [one.value for one in Precision]
    if order.index(rough[1]) <= order.index(exact[1]):
        return False
    day, last = exact[0], rough[0]
    months = {"ten_day": 0, "month": 0, "quarter": 2, "half": 5, "year": 11}[rough[1]]
    first = last.year * 12 + last.month - months
    within = first <= day.year * 12 + day.month <= last.year * 12 + last.month
    if rough[1] == "ten_day":
        return within and min((day.day - 1) // 10, 2) == min((last.day - 1) // 10, 2)
    return within


def _near(one: Known, values: Mapping[str, Any]) -> bool:
    """In the same township, or in one that is not said?"""
    there, here = one.values.get("township"), values.get("township")
    return there is None or here is None or there.pk == here.pk


def _placed(values: Mapping[str, Any], named: list[Known]) -> Found:
    """By name and township; a township that is not said on one side contradicts none."""
    here = values.get("township")
    same = [one for one in named if _key(one.values.get("township")) == _key(here)]
    near = same or [one for one in named if _near(one, values)]
    if not near:
        return Found()
    if len(near) > 1:
        return _asked(_("有几个同名的项目，是哪一个？"), near)
    one, uscc = near[0], values.get("uscc")
    if uscc and one.values.get("uscc") not in ("", None, uscc):
        return _asked(_("同名、同属地的项目登记的是别的信用代码，是同一个吗？"), near)
    return Found(one, "place" if same and here is not None else "name")


def _key(unit: Any) -> int:
    return unit.pk if unit is not None else 0


def _asked(question: str, among: list[Known]) -> Found:
    return Found(question=question, among=tuple(among))
