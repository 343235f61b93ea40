"""The 责任清单 on the desk: units that are asked, what the office decides, what a leader signs."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries import (
    FillerMove,
    asks_due,
    consultation,
    filler_moves,
    handovers_to_sign,
    lists_in_the_making,
    waiting_asks,
)
from gongjian.flow.duties.rules import (
    check_can_approve,
    check_can_assign,
    check_can_see_asks,
    check_speaks_for,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_acts_in_person
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.tags import day, moment
from gongjian.lib.days import local_day

Item = tuple[str, str, str, str]
State = DutyList.State


def list_items(reader: User, *, at: datetime) -> list[Item]:
    """(name, url, words, label) of what waits for this reader. One query a list that is out."""
    return [
        *_asked(reader, at=at),
        *_moved_on(reader, at=at),
        *_handed(reader, at=at),
        *_fillers(reader, at=at),
    ]


def _asked(reader: User, *, at: datetime) -> list[Item]:
    if why_not(check_can_see_asks, reader) or reader.unit is None:
        return []
    count = waiting_asks(reader, at=at)
    due = asks_due(reader, at=at)
    if not count or due is None:
        return []
    blocked = why_not(check_speaks_for, reader.unit, by=reader)
    words = _("%(n)s 项等你单位认领或提异议，%(when)s 前答复，不答复不算同意") % {
        "n": count,
        "when": moment(due),
    }
    said = _("；").join(filter(None, (words, blocked)))
    return [(_("责任清单征求意见"), reverse("asks"), said, _("查看") if blocked else _("答复"))]


def _moved_on(reader: User, *, at: datetime) -> list[Item]:
    """Of every year: the list of one that has not begun, or is over, waits for somebody too."""
    year = local_day(at).year
    found = (_moves(making, reader, at=at, year=year) for making in lists_in_the_making())
    return [item for item in found if item is not None]


def _moves(making: DutyList, reader: User, *, at: datetime, year: int) -> Item | None:
    office = not why_not(check_can_assign, reader)
    words = label = ""
    if making.state == State.CONSULTING and office:
        told = consultation(making, at=at)
        if told.undecided:
            words, label = _("%(n)s 条异议或未答复等你定") % {"n": told.undecided}, _("去定")
        elif not told.waiting:
            words, label = _("都答复了，可以定稿报主要领导签发"), _("定稿")
    elif making.state == State.DECIDED and not why_not(check_can_approve, making, by=reader):
        words, label = _("已定稿，等你签发或退回"), _("签发")
    elif making.state == State.APPROVED and office:
        words, label = _("已签发，取文号印发"), _("印发")
    if not words:
        return None
    name = _("责任清单 %(version)s") % {"version": making}
    if making.campaign.year != year:
        name = _("%(year)s年%(name)s") % {"year": making.campaign.year, "name": name}
    return name, reverse("duty_list", args=[making.uid]), words, label


def _handed(reader: User, *, at: datetime) -> list[Item]:
    """Who stands in for another reads it, and leaves the signature to that person."""
    label = _("查看") if why_not(check_acts_in_person, reader) else _("签收")
    return [
        (
            _("%(unit)s%(post)s换岗交接") % {"unit": row.unit, "post": row.post},
            reverse("handover", args=[row.uid]),
            _("%(n)s 项，%(day)s前签收") % {"n": row.items, "day": day(row.due_date)},
            label,
        )
        for row in handovers_to_sign(reader, on=local_day(at))
    ]


def _fillers(reader: User, *, at: datetime) -> list[Item]:
    """Both units read who fills a figure from now on, whoever decided it."""
    if why_not(check_can_see_asks, reader) or reader.unit is None:
        return []
    return [
        (
            _("%(code)s %(name)s 的填报单位改了") % {"code": move.code, "name": move.name},
            reverse("target", args=[move.uid]),
            filler_words(move),
            _("看目标"),
        )
        for move in filler_moves(reader.unit, on=local_day(at))
    ]


def filler_words(move: FillerMove) -> str:
    """6月29日起由投促填报，原由发改填报；依据 纪要第3期."""
    said = _("%(day)s起由%(new)s填报，原由%(old)s填报") % {
        "day": day(move.day),
        "new": move.new,
        "old": move.old,
    }
    basis = _("依据 %(basis)s") % {"basis": move.basis} if move.basis else ""
    return str(_("；")).join(filter(None, (said, basis)))
