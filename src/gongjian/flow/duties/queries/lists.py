"""Versions of the 责任清单, and the lines of each as its units read them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.engine.workdays import CHINESE_WORKDAYS
from gongjian.flow.duties.models import DutyList, ListLine
from gongjian.flow.duties.queries.phrases import column_label
from gongjian.flow.duties.queries.sheets import (
    Key,
    SheetLine,
    arranged,
    changes,
    columns,
    sheet_lines,
)
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import Role, User
from gongjian.foundation.orgs.rules import ALL, SEE_BUSINESS, allows, right
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing

TO_ANSWER = 2  # workdays
UNSEEN = (DutyList.State.DRAFT, DutyList.State.SCRAPPED)
SEE_DRAFTS = right(
    "duties.see-drafts",
    gettext_lazy("看没有发出的责任清单草稿"),
    dict.fromkeys((Role.CAMPAIGN_OFFICE, Role.OFFICE_REVIEWER, Role.PRINCIPAL_LEADER), ALL),
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One version of the list."""

    uid: UUID
    number: int
    state: str
    label: str
    sent_at: datetime | None
    due_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    doc_no: str
    register_no: str
    issued_date: date | None
    lines: int
    sha256: str
    scrapped_why: str = ""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line as its units read it, and how the version issued before had it.

    `changes` are (column, old, new); a line that is `new` was in no version before.
    """

    line: SheetLine
    changes: tuple[tuple[str, str, str], ...] = ()
    new: bool = False

    @property
    def told(self) -> tuple[tuple[str, str, str | None], ...]:
        """(column, what it says, what it said before where that differs); the empty left out."""
        old = {column: was for column, was, _new in self.changes}
        said = ((column_label(name), words) for name, words in columns(self.line).items())
        return tuple((name, words, old.get(name)) for name, words in said if words or name in old)


@dataclass(frozen=True, slots=True)
class LinesOfList:
    """The lines of a version by what they stand over, and those it takes out."""

    lines: dict[Key, AskedLine]
    gone: tuple[SheetLine, ...]

    @property
    def differs(self) -> bool:
        """Whether its papers say anything that those of the issue before do not."""
        return bool(self.gone) or any(one.changes or one.new for one in self.lines.values())


def list_in_the_making(campaign: Campaign) -> DutyList | None:
    """The version of a campaign that is neither issued nor scrapped; at most one."""
    over = (DutyList.State.ISSUED, DutyList.State.SCRAPPED)
    making = campaign.duty_lists.exclude(state__in=over)
    return making.order_by("-number").first()


def lists_in_the_making() -> list[DutyList]:
    """Those of every year that have left their draft and are not issued. One query."""
    over = (*UNSEEN, DutyList.State.ISSUED)
    found = DutyList.objects.exclude(state__in=over).select_related("campaign")
    return list(found.order_by("campaign__year", "campaign"))


def issued_list(campaign: Campaign) -> DutyList | None:
    """The newest version that was issued."""
    issued = campaign.duty_lists.filter(state=DutyList.State.ISSUED)
    return issued.order_by("-number").first()


def list_by_uid(uid: UUID, *, reader: User) -> DutyList:
    """One version, for a reader of the plan who may see it. Missing otherwise."""
    found = DutyList.objects.select_related(
        "campaign", "drafted_by", "sent_by", "decided_by", "approved_by", "issued_by", "scrapped_by"
    ).filter(uid=uid)
    duties = found.first()
    hidden = duties is None or not may_see_version(duties, reader)
    if duties is None or hidden or not allows(SEE_BUSINESS, reader):
        raise Missing("list.missing", _("没有这一版责任清单。"))
    return duties


def may_see_version(duties: DutyList | None, reader: User) -> bool:
    """A draft, or what is not begun, is seen by the office and who signs alone."""
    return (duties is not None and shows(duties)) or allows(SEE_DRAFTS, reader)


def shows(duties: DutyList) -> bool:
    """Whether a version has left the office's hands: sent to the units, or settled."""
    return duties.state not in UNSEEN


def _versions(campaign: Campaign, reader: User) -> QuerySet[DutyList]:
    found = DutyList.objects.filter(campaign=campaign)
    return found if allows(SEE_DRAFTS, reader) else found.exclude(state__in=UNSEEN)


def list_rows(
    campaign: Campaign, *, reader: User, offset: int = 0, limit: int = 40
) -> list[ListRow]:
    """The versions a reader may see, newest first. Two queries."""
    versions = _versions(campaign, reader).select_related("approved_by")
    found = list(versions.order_by("-number", "-pk")[offset : offset + limit])
    counts: dict[int, int] = defaultdict(int)
    for key in ListLine.objects.filter(list__in=found).values_list("list", flat=True):
        counts[key] += 1
    return [
        ListRow(
            uid=one.uid,
            number=one.number,
            state=one.state,
            label=one.get_state_display(),
            sent_at=one.sent_at,
            due_at=one.due_at,
            approved_by=one.approved_by.display_name if one.approved_by else "",
            approved_at=one.approved_at,
            doc_no=one.doc_no,
            register_no=one.register_no,
            issued_date=one.issued_date,
            lines=counts[one.pk],
            sha256=one.sha256,
            scrapped_why=one.scrapped_why,
        )
        for one in found
    ]


def count_lists(campaign: Campaign, *, reader: User) -> int:
    return _versions(campaign, reader).count()


def issued_lines(duties: DutyList | None) -> dict[str, SheetLine]:
    """{uid: the line as a version was issued}. No query: its content holds them."""
    if duties is None:
        return {}
    official = frozen_order(duties) == DutyList.UnitOrder.OFFICIAL
    rows = duties.content.get("rows", [])
    return {row["uid"]: SheetLine.of(row, official=official) for row in rows}


def frozen_order(duties: DutyList) -> str:
    """How the units of a signed version stand; those signed before it could be said as given."""
    return str(duties.content.get("unit_order", DutyList.UnitOrder.GIVEN))


def unit_order_of(campaign: Campaign) -> str:
    """How the papers of a year order units: as the version in the making says, else the newest.

    Two queries.
    """
    newest = list_in_the_making(campaign) or issued_list(campaign)
    return newest.unit_order if newest is not None else DutyList.UnitOrder.OFFICIAL


def lines_to_ask(campaign: Campaign, *, on: date) -> list[SheetLine]:
    """What the next version asks about: everything at first, later what differs from the issue."""
    before = issued_lines(issued_list(campaign))
    return [
        line
        for line in arranged(sheet_lines(campaign, on=on), unit_order_of(campaign))
        if line.uid not in before or not line.same_as(before[line.uid])
    ]


def due_after(at: datetime) -> datetime:
    """Until when a unit that is asked now may answer: 18:00 of the second workday."""
    return CHINESE_WORKDAYS.deadline(CHINESE_WORKDAYS.add_workdays(local_day(at), TO_ANSWER))


def asked_line(line: SheetLine, before: Mapping[str, SheetLine]) -> AskedLine:
    """A line beside what the version before said of it."""
    differs = changes(before.get(line.uid), line)
    return AskedLine(
        line,
        tuple((column_label(column), old, new) for column, (old, new) in differs.items()),
        new=bool(before) and line.uid not in before,
    )


def lines_of_list(duties: DutyList, *, on: date) -> LinesOfList:
    """The lines of a version: as they stand while it is made, as they were signed afterwards.

    A constant number of queries.
    """
    before = issued_lines(issued_before(duties))
    if duties.content:
        signed = issued_lines(duties)
        rows = duties.lines.exclude(words={})
        kept = [(row.subject_key, signed[row.words["uid"]]) for row in rows]
    else:
        standing = arranged(sheet_lines(duties.campaign, on=on), duties.unit_order)
        kept = [(line.key, line) for line in standing]
    there = {line.uid for _key, line in kept}
    return LinesOfList(
        {key: asked_line(line, before) for key, line in kept},
        tuple(line for uid, line in before.items() if uid not in there),
    )


def issued_before(duties: DutyList) -> DutyList | None:
    """The version that was in force when this one was made. One query."""
    earlier = DutyList.objects.filter(
        campaign=duties.campaign_id, number__lt=duties.number, state=DutyList.State.ISSUED
    )
    return earlier.order_by("-number").first()
