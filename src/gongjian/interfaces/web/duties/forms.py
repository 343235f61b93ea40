"""What was typed on the pages of duties, as plain values."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Opinion
from gongjian.flow.duties.queries import AllotmentWords, Subject, subject_by_uid
from gongjian.flow.duties.usecases import ForceWords, claim_lines, object_line
from gongjian.foundation.orgs.models import Post, Unit, User
from gongjian.foundation.orgs.queries import post_by_uid, unit_by_uid, unit_named, units
from gongjian.interfaces.web.acts import broken, uids_named
from gongjian.lib.refusals import Refused


def version_of(given: Mapping[str, str]) -> int:
    """The version a form was filled from. Refused: form.broken."""
    typed = given.get("version", "")
    if not typed.isdecimal() or len(typed) > 9:
        raise broken()
    return int(typed)


def day_of(typed: str, *, label: str) -> date:
    """A day as a date field sends it. Refused: form.day."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as wrong:
        raise Refused(
            "form.day", _("%(label)s写成 2020-07-01 这样的日期。") % {"label": label}
        ) from wrong


def allotment_words(given: QueryDict) -> AllotmentWords:
    """The names of the units as they were typed or chosen; a list of fields is one name each.

    What is chosen to be added is added unless the form only looks for more (find).
    Refused: form.broken; Missing.
    """
    return AllotmentWords(
        lead=_name_of(given.get("lead", "")),
        fills=_name_of(given.get("fills", "")),
        responsible=_joined(given, "responsible"),
        supporting=_joined(given, "supporting"),
    )


def answered_by_letter(
    opinion: Opinion, given: Mapping[str, str], *, by: User, at: datetime
) -> None:
    """Enter what a unit wrote: that it takes the line on, or its objection. Refused: form.broken,
    and what the use-cases refuse.
    """
    paper, answer = given.get("paper", ""), given.get("answer", "")
    if answer == Opinion.Answer.CLAIMED:
        claim_lines([opinion], paper=paper, by=by, at=at)
    elif answer == Opinion.Answer.OBJECTED:
        better = unit_of(given.get("better", ""))
        object_line(opinion, better, given.get("reason", ""), paper=paper, by=by, at=at)
    else:
        raise broken()


def moved(words: AllotmentWords, order: str) -> AllotmentWords:
    """The same after a press of 上移, 下移 or 去掉: responsible:2:up. Refused: form.broken."""
    role, _colon, rest = order.partition(":")
    place, _colon, way = rest.partition(":")
    if role not in ("responsible", "supporting") or not place.isdecimal():
        raise broken()
    names = [name for name in getattr(words, role).split(_("、")) if name]
    index = int(place)
    if index >= len(names):
        raise broken()
    if way == "off":
        names.pop(index)
    else:
        other = index + (1 if way == "down" else -1)
        if 0 <= other < len(names):
            names[index], names[other] = names[other], names[index]
    line = _("、").join(names)
    if role == "responsible":
        return AllotmentWords(words.lead, words.fills, line, words.supporting)
    return AllotmentWords(words.lead, words.fills, words.responsible, line)


def in_official_order(words: AllotmentWords, *, on: date) -> AllotmentWords:
    """Responsible and supporting units as the office orders its units; unknown names last."""
    known = units(on=on)
    places = {unit.pk: place for place, unit in enumerate(known)}

    def ordered(line: str) -> str:
        def place(name: str) -> int:
            unit = unit_named(name, among=known)
            return places[unit.pk] if unit is not None else len(known)

        return str(_("、")).join(sorted(filter(None, line.split(_("、"))), key=place))

    return AllotmentWords(
        words.lead, words.fills, ordered(words.responsible), ordered(words.supporting)
    )


def subjects_of(values: Iterable[str], reader: User) -> list[Subject]:
    """Pieces of work that a form names as target:uid. Refused: form.broken; Missing."""
    found = []
    for value in dict.fromkeys(values):
        kind, _colon, uid = value.partition(":")
        found.append(subject_by_uid(kind, uids_named([uid])[0], reader=reader))
    return found


def unit_of(value: str) -> Unit | None:
    """The unit a select names; nothing chosen is none. Refused: form.broken; Missing."""
    return unit_by_uid(uids_named([value])[0]) if value else None


def posts_of_form(values: Iterable[str]) -> list[Post]:
    """The posts a form names. Refused: form.broken; Missing."""
    return [post_by_uid(uid) for uid in uids_named(value for value in values if value)]


def force_words(given: QueryDict) -> ForceWords:
    """A task force as it was typed."""
    return ForceWords(
        name=given.get("name", ""),
        basis=given.get("basis", ""),
        heads=posts_of_form(given.getlist("head")),
        deputies=posts_of_form(given.getlist("deputies")),
        units=[unit_by_uid(uid) for uid in uids_named(given.getlist("units"))],
        liaisons=posts_of_form(given.getlist("liaisons")),
        officers=posts_of_form(given.getlist("officers")),
    )


def _joined(given: QueryDict, name: str) -> str:
    names = [value.strip() for value in given.getlist(name) if value.strip()]
    if not given.get("find"):
        names += [_name_of(value) for value in given.getlist(f"{name}_more") if value.strip()]
    return str(_("、")).join(dict.fromkeys(names))


def _name_of(value: str) -> str:
    """A name as it was typed; that of the unit whose uid a choice sends. Missing: unit.missing."""
    try:
        uid = UUID(value)
    except ValueError:
        return value.strip()
    return unit_by_uid(uid).short_name
