"""What units say about the lines of a list, and what the office decides."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Opinion
from gongjian.flow.duties.queries import (
    allotment_of,
    due_after,
    duties_over,
    heard,
    replaced,
    subject_by_key,
)
from gongjian.flow.duties.usecases.assignment import lay_out
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.refusals import Conflict, Refused

Answer, Outcome = Opinion.Answer, Opinion.Outcome


@transaction.atomic
def claim_lines(opinions: Sequence[Opinion], *, by: User, at: datetime, paper: str = "") -> int:
    """A unit takes on the lines it is asked about, one or all.

    Refused: opinion.nothing-chosen, .not-yours, .head-answers, .answered, .withdrawn, .late.
    """
    if not opinions:
        raise Refused("opinion.nothing-chosen", _("没有选中要认领的条目。"))
    for opinion in opinions:
        rules.check_can_answer(opinion, by=by, at=at, paper=paper)
    keys = [opinion.pk for opinion in opinions]
    still = Opinion.objects.filter(
        pk__in=keys, answer=Answer.NONE, withdrawn_at__isnull=True, due_at__gt=at
    )
    changed = still.update(
        answer=Answer.CLAIMED,
        answered_by=by,
        answered_at=at,
        paper=paper.strip(),
        version=F("version") + 1,
    )
    if changed != len(keys):
        raise Refused("opinion.changed", _("有的条目刚被答复或改过。请刷新后再认领其余的。"))
    note("opinion.claimed", *opinions, by=by, at=at, facts={"count": changed})
    return changed


@transaction.atomic
def object_line(
    opinion: Opinion,
    better: Unit | None,
    reason: str,
    *,
    by: User,
    at: datetime,
    paper: str = "",
) -> Opinion:
    """A unit objects once, naming the better unit, which is then asked too.

    Refused: as for claiming; opinion.no-better, .better-is-self, .unit-ended,
    .leads-already, .no-reason, duty.too-long.
    """
    lead = _lead_of(opinion)
    rules.check_can_object(opinion, better, reason, lead=lead, by=by, at=at, paper=paper)
    still = Opinion.objects.filter(pk=opinion.pk, answer=Answer.NONE, withdrawn_at__isnull=True)
    if not still.update(
        answer=Answer.OBJECTED,
        better=better,
        reason=reason.strip(),
        answered_by=by,
        answered_at=at,
        paper=paper.strip(),
        version=F("version") + 1,
    ):
        raise Refused("opinion.answered", _("这一项刚被答复过，每项只答复一次。请刷新页面。"))
    opinion.refresh_from_db()
    rows: list[Kept] = [opinion]
    if better is not None and opinion.because_of_id is None:
        rows += _asked_too(opinion, better, at=at)
    note("opinion.objected", *rows, by=by, at=at)
    return opinion


@transaction.atomic
def decide_opinion(
    opinion: Opinion,
    outcome: str,
    sentence: str,
    *,
    unit: Unit | None = None,
    stays: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Opinion:
    """The office decides an objection or a silence, and says so to the unit in a sentence.

    `unit` is who has the part now where it is not kept; `stays`: the role in which the unit that
    objected stays on the line, "" where it leaves. Refused: office.only, opinion.*.
    """
    if outcome == Outcome.MOVED:
        unit = opinion.better
    rules.check_can_decide(
        opinion,
        outcome,
        unit=unit,
        sentence=sentence,
        heard=heard(opinion, at=at),
        lead=_lead_of(opinion),
        by=by,
        at=at,
    )
    still = Opinion.objects.filter(pk=opinion.pk, version=version, outcome="")
    if not still.update(
        outcome=outcome,
        sentence=sentence.strip(),
        decided_by=by,
        decided_at=at,
        version=version + 1,
    ):
        raise _conflict(opinion, outcome, sentence)
    opinion.refresh_from_db()
    rows: list[Kept] = [opinion, *_followed(opinion, by=by, at=at)]
    if outcome != Outcome.KEPT and unit is not None:
        subject = subject_by_key(*opinion.line.subject_key)
        now = allotment_of(duties_over(subject))
        lay_out(subject, replaced(now, opinion.unit, unit, opinion.role, stays=stays), by=by, at=at)
        rows += [*_told(opinion, unit, by=by, at=at), *_not_meant(opinion, at=at)]
    note("opinion.decided", *rows, by=by, at=at)
    return opinion


@transaction.atomic
def decide_silences(opinions: Sequence[Opinion], sentence: str, *, by: User, at: datetime) -> int:
    """Keep what silent units were asked to do, in one go; the list goes on saying 未答复.

    Each under the rules and with the log entry of decide_opinion, all of them or none. A constant
    number of queries. Refused: office.only, opinion.*; Conflict: opinion.changed.
    """
    keys = [opinion.pk for opinion in opinions]
    held = Opinion.objects.select_for_update().in_bulk(keys)
    because = Opinion.objects.filter(because_of__in=keys, withdrawn_at__isnull=True, outcome="")
    asks: dict[int | None, list[Opinion]] = defaultdict(list)
    for ask in because.order_by("line__order", "pk"):
        asks[ask.because_of_id].append(ask)
    decided: dict[int, Opinion] = {}
    deeds: list[Deed] = []
    for opinion in opinions:
        # Nothing moves where all is kept, so neither who was heard nor who leads matters.
        rules.check_can_decide(
            opinion, Outcome.KEPT, unit=None, sentence=sentence, heard=True, lead=None, by=by, at=at
        )
        now = held[opinion.pk]
        if opinion.pk in decided or now.version != opinion.version or now.outcome:
            raise _conflict(opinion, Outcome.KEPT, sentence)
        rows = [opinion, *(ask for ask in asks[opinion.pk] if ask.pk not in decided)]
        for row in rows:
            row.outcome, row.sentence = Outcome.KEPT, sentence.strip()
            row.decided_by, row.decided_at = by, at
            row.version += 1
        decided |= {row.pk: row for row in rows}
        deeds.append(Deed("opinion.decided", tuple(rows)))
    Opinion.objects.bulk_update(
        decided.values(),
        ["outcome", "sentence", "decided_by", "decided_at", "version"],
        batch_size=200,
    )
    note_each(deeds, by=by, at=at)
    return len(opinions)


def _lead_of(opinion: Opinion) -> Unit | None:
    return allotment_of(duties_over(subject_by_key(*opinion.line.subject_key))).lead


def _asked_too(objection: Opinion, better: Unit, *, at: datetime) -> list[Opinion]:
    there = objection.line.opinions.filter(
        unit=better, role=objection.role, withdrawn_at__isnull=True
    )
    if there.exists():
        return []
    asked = Opinion.objects.create(
        line=objection.line,
        unit=better,
        role=objection.role,
        because_of=objection,
        asked_at=at,
        due_at=due_after(at),
    )
    return [asked]


def _followed(objection: Opinion, *, by: User, at: datetime) -> list[Opinion]:
    """What was asked because of an objection is decided with it, in the same words."""
    asks = list(objection.asks.filter(withdrawn_at__isnull=True, outcome=""))
    for ask in asks:
        ask.outcome, ask.sentence = Outcome.KEPT, objection.sentence
        ask.decided_by, ask.decided_at = by, at
        ask.version += 1
        ask.save(update_fields=["outcome", "sentence", "decided_by", "decided_at", "version"])
    return asks


def _not_meant(decided: Opinion, *, at: datetime) -> list[Opinion]:
    """Questions about parts that the decision ended are nobody's to answer any more."""
    duties = duties_over(subject_by_key(*decided.line.subject_key))
    parts = {(duty.unit_id, duty.role) for duty in duties}
    open_still = decided.line.opinions.filter(
        withdrawn_at__isnull=True, outcome="", because_of__isnull=True
    )
    ended = [one for one in open_still if (one.unit_id, one.role) not in parts]
    for one in ended:
        one.withdrawn_at = at
        one.version += 1
        one.save(update_fields=["withdrawn_at", "version"])
    return ended


def _told(objection: Opinion, unit: Unit, *, by: User, at: datetime) -> list[Opinion]:
    """A unit that was never asked reads the decision where it reads the others."""
    there = objection.line.opinions.filter(
        unit=unit, role=objection.role, withdrawn_at__isnull=True
    )
    if there.exists():
        return []
    told = Opinion.objects.create(
        line=objection.line,
        unit=unit,
        role=objection.role,
        because_of=objection,
        asked_at=at,
        due_at=at,
        outcome=Outcome.KEPT,
        sentence=objection.sentence,
        decided_by=by,
        decided_at=at,
    )
    return [told]


def _conflict(opinion: Opinion, outcome: str, sentence: str) -> Conflict:
    theirs = Opinion.objects.get(pk=opinion.pk)
    how, why = str(_("怎么定")), str(_("给单位的话"))
    return Conflict(
        "opinion.changed",
        _("这一条刚被别人办过，你的决定没有保存。两边的内容列在下面。"),
        mine={how: str(Outcome(outcome).label), why: sentence},
        theirs={how: theirs.get_outcome_display() if theirs.outcome else "", why: theirs.sentence},
    )
