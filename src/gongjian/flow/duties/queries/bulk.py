"""What giving one unit a part in many lines would change, before anybody confirms it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries.allotments import (
    Allotment,
    AllotmentWords,
    allotment_of,
    with_unit,
)
from gongjian.flow.duties.queries.subjects import Subject, kind_of, name_of
from gongjian.foundation.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class Change:
    """One line: how it stands, how it would, and who loses what; `skipped` says why not."""

    kind: str
    uid: UUID
    name: str
    token: str
    before: AllotmentWords
    after: AllotmentWords
    loses_lead: str
    skipped: str
    allotment: Allotment


def changes_in_bulk(
    subjects: Sequence[Subject], unit: Unit, role: str, *, old_lead: str
) -> list[Change]:
    """The change of each line. One query a kind of work."""
    standing = _standing(subjects)
    return [
        _change(subject, standing.get((kind_of(subject), subject.pk), []), unit, role, old_lead)
        for subject in subjects
    ]


def token_of(duties: Iterable[Duty]) -> str:
    """The duties a preview was made from, in so few signs that a form can send them back."""
    uids = ",".join(sorted(str(duty.uid) for duty in duties))
    return hashlib.sha256(uids.encode()).hexdigest()[:16]


def _change(subject: Subject, duties: list[Duty], unit: Unit, role: str, old_lead: str) -> Change:
    now = allotment_of(duties)
    then = with_unit(now, unit, role, old_lead=old_lead)
    if kind_of(subject) == "target" and then.fills is None:
        then = Allotment(then.lead, then.lead, then.responsible, then.supporting)
    leads = now.lead is not None and now.lead.pk == unit.pk
    loses = now.lead.short_name if role == Duty.Role.LEAD and now.lead and not leads else ""
    return Change(
        kind=kind_of(subject),
        uid=subject.uid,
        name=name_of(subject),
        token=token_of(duties),
        before=allotment_words(now),
        after=allotment_words(then),
        loses_lead=loses,
        skipped=_skipped(now, unit, role, leads=leads),
        allotment=then,
    )


def _skipped(now: Allotment, unit: Unit, role: str, *, leads: bool) -> str:
    if leads:
        return _("已是牵头单位")
    if role == Duty.Role.LEAD:
        return ""
    if now.lead is None:
        return _("还没有牵头单位，先定牵头")
    held = now.responsible if role == Duty.Role.RESPONSIBLE else now.supporting
    if any(one.pk == unit.pk for one in held):
        return _("已在其中")
    return ""


def allotment_words(allotment: Allotment) -> AllotmentWords:
    """An allotment in short names."""
    between = _("、")
    return AllotmentWords(
        lead=allotment.lead.short_name if allotment.lead else "",
        fills=allotment.fills.short_name if allotment.fills else "",
        responsible=between.join(one.short_name for one in allotment.responsible),
        supporting=between.join(one.short_name for one in allotment.supporting),
    )


def _standing(subjects: Sequence[Subject]) -> dict[tuple[str, int], list[Duty]]:
    found: dict[tuple[str, int], list[Duty]] = {}
    for kind in {kind_of(subject) for subject in subjects}:
        keys = [subject.pk for subject in subjects if kind_of(subject) == kind]
        duties = Duty.objects.filter(**{f"{kind}__in": keys}, valid_to__isnull=True)
        for duty in duties.select_related("unit"):
            found.setdefault(duty.subject_key, []).append(duty)
    return found
