"""A version of the 责任清单 from its draft to its 文号."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import DutyList, ListLine
from gongjian.flow.duties.queries import (
    SheetLine,
    arranged,
    consultation,
    digest_of,
    doc_no_tidied,
    due_after,
    duties_by_key,
    issued_lines,
    issued_list,
    lacking,
    lines_of_list,
    lines_to_ask,
    list_in_the_making,
    sheet_lines,
    silent_units,
)
from gongjian.flow.duties.usecases.asking import ask_units
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import next_number, note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused

State = DutyList.State


@transaction.atomic
def draft_list(campaign: Campaign, *, by: User, at: datetime) -> DutyList:
    """Begin the next version. Refused: office.only, list.in-the-making."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    rules.check_can_draft_list(list_in_the_making(campaign), by=by)
    last = campaign.duty_lists.exclude(state=State.SCRAPPED).order_by("-number").first()
    duties = DutyList.objects.create(
        campaign=campaign,
        number=last.number + 1 if last else 1,
        unit_order=last.unit_order if last else DutyList.UnitOrder.OFFICIAL,
        drafted_by=by,
        drafted_at=at,
    )
    note("list.drafted", duties, by=by, at=at, facts={"number": duties.number})
    return duties


@transaction.atomic
def scrap_list(duties: DutyList, why: str, *, version: int, by: User, at: datetime) -> DutyList:
    """Give a draft up that no unit has seen: it stays on record, its number is free again.

    Refused: office.only, list.was-sent, list.no-reason, duty.too-long; list.changed.
    """
    rules.check_can_scrap(duties, why=why, by=by)
    _move(
        duties,
        State.SCRAPPED,
        version=version,
        scrapped_why=why.strip(),
        scrapped_by=by,
        scrapped_at=at,
    )
    note("list.scrapped", duties, by=by, at=at, facts={"number": duties.number})
    return duties


@transaction.atomic
def arrange_list(duties: DutyList, order: str, *, version: int, by: User, at: datetime) -> DutyList:
    """Say how the papers of a version order its units: officially, or as they were given.

    Refused: office.only, list.state, list.no-such-order; list.changed.
    """
    rules.check_can_arrange(duties, order=order, by=by)
    _move(duties, duties.state, version=version, unit_order=order)
    note("list.arranged", duties, by=by, at=at, facts={"order": order})
    return duties


@transaction.atomic
def send_list(duties: DutyList, *, version: int, by: User, at: datetime) -> DutyList:
    """Send the draft to every unit it names; they have two workdays.

    The first version asks about all of the plan, a later one about what differs from the issue.
    Refused: office.only, list.state, list.empty, list.nothing-to-ask, list.no-lead,
    list.unconfirmed; list.changed.
    """
    lines = lines_to_ask(duties.campaign, on=local_day(at))
    differs = not lines and lines_of_list(duties, on=local_day(at)).differs
    rules.check_can_send(duties, lines=len(lines), differs=differs, lacks=lacking(lines), by=by)
    _move(duties, State.CONSULTING, version=version, sent_by=by, sent_at=at, due_at=due_after(at))
    standing = duties_by_key(duties.campaign, on=local_day(at))
    ListLine.objects.bulk_create(
        ListLine(list=duties, order=order, **{f"{line.kind}_id": line.pk})
        for order, line in enumerate(lines, start=1)
    )
    rows = list(duties.lines.all())
    opinions = ask_units([(row, standing[row.subject_key]) for row in rows], at=at)
    note("list.sent", duties, *rows, *opinions, by=by, at=at, facts={"lines": len(lines)})
    return duties


@transaction.atomic
def settle_list(duties: DutyList, *, version: int, by: User, at: datetime) -> DutyList:
    """Close the consultation: everybody answered or had the time, and every doubt is decided.

    A draft about which nobody has to be asked is settled as it stands. Refused: office.only,
    list.state, list.not-asked, list.empty, list.no-lead, list.unconfirmed, list.gaps,
    list.units-may-answer, list.undecided; list.changed.
    """
    told = consultation(duties, at=at)
    draft, day = duties.state == State.DRAFT, local_day(at)
    rules.check_can_settle(
        duties,
        waiting=told.waiting,
        undecided=told.undecided,
        lines=len(lines_to_ask(duties.campaign, on=day)) if draft else 0,
        differs=draft and lines_of_list(duties, on=day).differs,
        lacks=lacking(sheet_lines(duties.campaign, on=day)),
        by=by,
    )
    _move(duties, State.DECIDED, version=version, decided_by=by, decided_at=at, returned_why="")
    note("list.settled", duties, by=by, at=at)
    return duties


@transaction.atomic
def return_list(duties: DutyList, why: str, *, version: int, by: User, at: datetime) -> DutyList:
    """A principal leader sends it back; the office may change lines again.

    Refused: list.principal-signs, list.state, list.no-reason, duty.too-long; list.changed.
    """
    rules.check_can_return(duties, why=why, by=by)
    _move(
        duties,
        State.CONSULTING if duties.sent_at else State.DRAFT,
        version=version,
        decided_by=None,
        decided_at=None,
        returned_why=why.strip(),
    )
    note("list.returned", duties, by=by, at=at)
    return duties


@transaction.atomic
def approve_list(duties: DutyList, *, version: int, by: User, at: datetime) -> DutyList:
    """A principal leader signs: what is signed is frozen, and nothing else can be issued.

    Refused: list.principal-signs, .state, .no-lead, .unconfirmed, .gaps, .own-draft; list.changed.
    """
    lines = arranged(sheet_lines(duties.campaign, on=local_day(at)), duties.unit_order)
    rules.check_can_approve(duties, lacks=lacking(lines), by=by)
    silent = silent_units(duties, at=at)
    lines = [replace(line, silent=silent.get(line.key, "")) for line in lines]
    before = issued_lines(issued_list(duties.campaign))
    content = _content(duties, lines, before, signed_by=by.display_name)
    _move(
        duties,
        State.APPROVED,
        version=version,
        approved_by=by,
        approved_at=at,
        content=content,
    )
    rows = _frozen(duties, lines, before)
    note("list.approved", duties, *rows, by=by, at=at)
    return duties


@transaction.atomic
def issue_list(
    duties: DutyList, doc_no: str, *, day: date, version: int, by: User, at: datetime
) -> DutyList:
    """Issue under its 文号 what was signed, whatever the plan says since; with its digest.

    Refused: office.only, list.state, list.no-doc-no, list.doc-no-shape, list.doc-no-year,
    list.doc-no-taken, list.issued-too-early; list.changed.
    """
    number = doc_no_tidied(doc_no)
    rules.check_can_issue(duties, doc_no=number, day=day, by=by)
    if duties.approved_at is not None and not (
        local_day(duties.approved_at) <= day <= local_day(at)
    ):
        raise Refused("list.issue-day", _("印发日期要在签发之后，也不能晚于今天。"))
    register = next_number(f"duty-list:{day.year}")
    content = duties.content | {"doc_no": number, "issued_on": day.isoformat()}
    try:
        with transaction.atomic():
            _move(
                duties,
                State.ISSUED,
                version=version,
                doc_no=number,
                register_no=f"ZQ-{day.year}-{register:03}",
                issued_date=day,
                issued_by=by,
                issued_at=at,
                content=content,
                sha256=digest_of(content),
            )
    except IntegrityError as twice:
        raise Refused(
            "list.doc-no-taken", _("文号 %(number)s 已经用过了，请核对。") % {"number": number}
        ) from twice
    note("list.issued", duties, by=by, at=at, facts={"number": duties.number})
    return duties


def _content(
    duties: DutyList,
    lines: list[SheetLine],
    before: dict[str, SheetLine],
    *,
    signed_by: str,
) -> dict[str, Any]:
    there = {line.uid for line in lines}
    return {
        "campaign": duties.campaign.name,
        "year": duties.campaign.year,
        "version": duties.number,
        "unit_order": duties.unit_order,
        "signed_by": signed_by,
        "rows": [line.words() for line in lines],
        "removed": [line.words() for uid, line in before.items() if uid not in there],
    }


def _frozen(
    duties: DutyList, lines: list[SheetLine], before: dict[str, SheetLine]
) -> list[ListLine]:
    """Every line in the words it is signed in; those nobody was asked about are added."""
    there = {row.subject_key: row for row in duties.lines.all()}
    ListLine.objects.bulk_create(
        ListLine(list=duties, consulted=False, **{f"{line.kind}_id": line.pk})
        for line in lines
        if line.key not in there
    )
    rows = {row.subject_key: row for row in duties.lines.all()}
    for order, line in enumerate(lines, start=1):
        row, old = rows[line.key], before.get(line.uid)
        row.order = order
        row.words = line.words()
        row.before = old.words() if old is not None and not line.same_as(old) else {}
    ListLine.objects.bulk_update(rows.values(), ["order", "words", "before"], batch_size=200)
    return list(rows.values())


def _move(duties: DutyList, state: str, *, version: int, **fields: Any) -> None:
    """The next state, unless somebody moved it meanwhile. Conflict: list.changed."""
    still = DutyList.objects.filter(pk=duties.pk, version=version, state=duties.state)
    if not still.update(state=state, version=version + 1, **fields):
        theirs = DutyList.objects.get(pk=duties.pk)
        label = str(_("状态"))
        raise Conflict(
            "list.changed",
            _("这一版责任清单刚被别人办过，你的这一步没有生效。请看现在的状态。"),
            mine={label: str(State(state).label)},
            theirs={label: theirs.get_state_display()},
        )
    duties.refresh_from_db()
