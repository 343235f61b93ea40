"""Judging findings one by one: as found, as edited, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.engine.extract.deadlines import last_day
from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Candidate, PlanDocument, Precision, Target
from gongjian.flow.plan.queries import homes
from gongjian.flow.plan.queries.review import SURE
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Conflict, Refused
from gongjian.lib.units import dimension_of

EDITABLE = {
    Candidate.Kind.ACTION: ("name",),
    Candidate.Kind.TARGET: ("metric", "comparator", "value", "unit", "deadline", "kind"),
    Candidate.Kind.TASK: ("text", "deadline"),
    Candidate.Kind.MILESTONE: ("text", "date"),
}
COMPARATORS = (">=", "<=", "=", "~", "+%", "-%")


@dataclass(frozen=True, slots=True)
class _Decision:
    """What becomes of a finding: its state, its fields, and the action it stands under."""

    state: Candidate.State
    fields: Mapping[str, Any]
    under: Candidate | None
    why: str = ""


def accept_candidate(candidate: Candidate, *, version: int, by: User, at: datetime) -> Candidate:
    """Take a finding as it was found. Refused: plan.adopted, plan.not-read, candidate.changed."""
    rules.check_can_decide(candidate.document, by=by)
    edited = candidate.fields != candidate.found
    state = Candidate.State.EDITED if edited else Candidate.State.ACCEPTED
    decision = _Decision(state, candidate.fields, candidate.under)
    return _decide(candidate, decision, version=version, by=by, at=at)


def edit_candidate(
    candidate: Candidate, fields: Mapping[str, Any], *, version: int, by: User, at: datetime
) -> Candidate:
    """Take a finding with what the person made of it; what was found stays beside it.

    `fields["under"]`, where given, names one of queries.homes. Refused: candidate.field with the
    field that makes no sense, and those of accept_candidate.
    """
    rules.check_can_decide(candidate.document, by=by)
    changed = {**candidate.fields, **_checked(candidate, fields)}
    home = candidate.under
    if fields.get("under") and candidate.kind != Candidate.Kind.ACTION:
        home = _home(candidate, str(fields["under"]))
    same = changed == candidate.found and home == candidate.under
    state = Candidate.State.ACCEPTED if same else Candidate.State.EDITED
    decision = _Decision(state, changed, home)
    return _decide(candidate, decision, version=version, by=by, at=at)


def reject_candidate(
    candidate: Candidate, why: str, *, version: int, by: User, at: datetime
) -> Candidate:
    """Leave a finding out of the plan, with the reason. Refused: candidate.no-reason, …"""
    rules.check_can_reject(candidate, by=by, why=why)
    decision = _Decision(
        Candidate.State.REJECTED, candidate.fields, candidate.under, why.strip()[:200]
    )
    return _decide(candidate, decision, version=version, by=by, at=at)


def reopen_candidate(candidate: Candidate, *, version: int, by: User, at: datetime) -> Candidate:
    """Undo a decision: the finding waits again, with the fields as they were found."""
    rules.check_can_decide(candidate.document, by=by)
    decision = _Decision(Candidate.State.PENDING, candidate.found, candidate.under)
    return _decide(candidate, decision, version=version, by=by, at=at)


@transaction.atomic
def accept_sure_candidates(document: PlanDocument, *, by: User, at: datetime) -> int:
    """Take what the reader was at least 90 % sure of and nobody has judged; how many.

    Doubtful findings are never taken in bulk.
    """
    document = PlanDocument.objects.select_for_update().get(pk=document.pk)
    rules.check_can_decide(document, by=by)
    sure = list(
        document.candidates.select_for_update().filter(
            state=Candidate.State.PENDING, confidence__gte=SURE
        )
    )
    for candidate in sure:
        candidate.state = Candidate.State.ACCEPTED
        candidate.decided_by, candidate.decided_at = by, at
        candidate.version += 1
    Candidate.objects.bulk_update(sure, ["state", "decided_by", "decided_at", "version"])
    if sure:
        note("candidate.accepted-sure", *sure, by=by, at=at, facts={"count": len(sure)})
    return len(sure)


@transaction.atomic
def _decide(
    candidate: Candidate, decision: _Decision, *, version: int, by: User, at: datetime
) -> Candidate:
    # The document is locked, so that nothing is judged while it is being adopted.
    document = PlanDocument.objects.select_for_update().get(pk=candidate.document_id)
    rules.check_can_decide(document, by=by)
    waits = decision.state == Candidate.State.PENDING
    written = Candidate.objects.filter(pk=candidate.pk, version=version).update(
        state=decision.state,
        fields=decision.fields,
        under=decision.under,
        why_rejected=decision.why,
        decided_by=None if waits else by,
        decided_at=None if waits else at,
        version=version + 1,
    )
    if not written:
        raise _conflict(candidate, decision)
    candidate.refresh_from_db()
    note(f"candidate.{decision.state}", candidate, by=by, at=at)
    return candidate


def _home(candidate: Candidate, words: str) -> Candidate:
    """The finding of the action a person put this one under, here or in a plan adopted before."""
    home = next((home for home in homes(candidate.document) if home.value == words), None)
    if home is None:
        raise Refused("candidate.field", _("没有这个行动，请从列表里选。"))
    return Candidate.objects.get(pk=home.pk)


def _conflict(candidate: Candidate, mine: _Decision) -> Conflict:
    theirs = Candidate.objects.select_related("decided_by").get(pk=candidate.pk)
    who = theirs.decided_by.display_name if theirs.decided_by else _("别人")
    label = str(_("决定"))
    return Conflict(
        "candidate.changed",
        _("这条候选刚被%(who)s改过，你的改动没有保存。两边的内容列在下面。") % {"who": who},
        mine={label: str(mine.state.label), **_shown(mine.fields)},
        theirs={label: str(theirs.get_state_display()), **_shown(theirs.fields)},
    )


def _shown(fields: Mapping[str, Any]) -> dict[str, str]:
    names = {
        "name": _("名称"),
        "metric": _("目标名称"),
        "comparator": _("比较"),
        "value": _("数值"),
        "unit": _("单位"),
        "deadline": _("完成时限"),
        "text": _("内容"),
        "date": _("日期"),
    }
    return {label: str(fields[name]) for name, label in names.items() if fields.get(name)}


def _checked(candidate: Candidate, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The typed fields as plain values; whatever makes no sense is named."""
    kind = Candidate.Kind(candidate.kind)
    kept = {name: fields[name] for name in EDITABLE[kind] if name in fields}
    name_field = {"action": "name", "target": "metric"}.get(kind, "text")
    if not str(kept.get(name_field, "x")).strip():
        raise Refused("candidate.field", _("名称不能空着。"))
    if kind == Candidate.Kind.TARGET:
        kept |= _checked_value(candidate.fields | kept)
    rules.check_fits(kept)
    for name in ("deadline", "date"):
        if name in kept:
            kept[name] = _checked_day(kept[name], needed=name == "date")
    if kept.get("date") and kept["date"] != candidate.fields.get("date"):
        kept["precision"] = Precision.DAY.value
    return kept


def _checked_value(fields: Mapping[str, Any]) -> dict[str, Any]:
    typed = str(fields["value"]).replace(",", "").replace("，", "")
    try:
        value = Decimal(typed)
    except InvalidOperation as wrong:
        sentence = _("数值“%(value)s”不是数字，例如填 140。") % {"value": fields["value"]}
        raise Refused("candidate.field", sentence) from wrong
    if not value.is_finite() or abs(value) >= rules.LARGEST:
        raise Refused("candidate.field", _("数值太大，请核对单位。"))
    kinds = {kind.value for kind in Target.Kind}
    if fields.get("kind") and fields["kind"] not in kinds:
        raise Refused("candidate.field", _("没有这种目标类型。"))
    if fields["comparator"] not in COMPARATORS:
        raise Refused("candidate.field", _("没有这种比较方式。"))
    factor = dimension_of(str(fields.get("unit", "")))[1]
    return {"value": format(value, "f"), "value_base": format(value * factor, "f")}


def _checked_day(words: object, *, needed: bool) -> str | None:
    """A deadline as the reader writes it: a day, a month, a quarter, a half or a year."""
    typed = str(words or "").strip()
    if (not typed and not needed) or typed == "annual":
        return typed or None
    try:
        date.fromisoformat(last_day(typed) or "")
    except ValueError as wrong:
        raise Refused(
            "candidate.field", _("时限“%(words)s”看不懂，写成 2020-06-30。") % {"words": typed}
        ) from wrong
    return typed
