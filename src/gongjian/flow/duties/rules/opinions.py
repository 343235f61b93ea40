"""What a unit may say of a line it is asked about, and how the office decides."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty, DutyList, Opinion
from gongjian.flow.duties.rules.assigning import check_short
from gongjian.flow.duties.rules.rights import ANSWER_ASKS, SEE_ASKS
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules import ALL, allows, check_is_office, scope_of
from gongjian.lib.refusals import Refused

LONGEST = 300


def check_can_see_asks(by: User) -> None:
    """A unit sees what it is asked; the office sees all of it on the list itself."""
    if not allows(SEE_ASKS, by):
        raise Refused("opinion.units-only", _("征求意见由各单位答复，攻坚办在清单里看。"))


def check_speaks_for(unit: Unit, by: User, paper: str = "") -> None:
    """Who may answer for a unit: its head, or the office with the unit's letter in hand."""
    if scope_of(ANSWER_ASKS, by) == ALL:
        if not paper.strip():
            raise Refused(
                "opinion.no-paper", _("攻坚办代录答复要写单位来文的文号或名称，原件留存备查。")
            )
        check_short(paper, _("来文"), limit=120)
        return
    if by.unit_id != unit.pk:
        raise Refused(
            "opinion.not-yours",
            _("这一项征求的是%(unit)s的意见，你们单位不能替它答复。") % {"unit": unit.short_name},
        )
    if not allows(ANSWER_ASKS, by):
        raise Refused(
            "opinion.head-answers", _("征求意见由单位负责人审定后答复，请单位审核人来办。")
        )


def check_can_answer(opinion: Opinion, *, by: User, at: datetime, paper: str = "") -> None:
    """The unit that is asked answers once, before the hour; the office only with its letter."""
    check_speaks_for(opinion.unit, by, paper)
    duties = opinion.line.list
    if opinion.withdrawn_at is not None:
        raise Refused("opinion.withdrawn", _("这一项的责任已经改过，不用你们单位答复了。"))
    if opinion.answer != Opinion.Answer.NONE:
        raise Refused(
            "opinion.answered",
            _("这一项已经答复过（%(answer)s），每项只答复一次。确有变化请联系攻坚办。")
            % {"answer": opinion.get_answer_display()},
        )
    if opinion.outcome:
        raise Refused(
            "opinion.settled", _("这一项攻坚办已经定过了，不用再答复。决定写在这一项的后面。")
        )
    if duties.state != DutyList.State.CONSULTING or at >= opinion.due_at:
        raise Refused(
            "opinion.late",
            _("答复期已过，清单上注明“未答复”。有意见请联系攻坚办，由攻坚办定。"),
        )


def check_can_object(
    opinion: Opinion,
    better: Unit | None,
    reason: str,
    *,
    lead: Unit | None,
    by: User,
    at: datetime,
    paper: str = "",
) -> None:
    """An objection names the better unit and says why; one that was named may only say why.

    `lead` leads the line now, and has no second part on it.
    """
    check_can_answer(opinion, by=by, at=at, paper=paper)
    if better is None and opinion.because_of_id is None:
        raise Refused("opinion.no-better", _("提异议要写明该由哪个单位负责。"))
    if better is not None and better.pk == opinion.unit_id:
        raise Refused("opinion.better-is-self", _("建议的单位就是你们自己，请写别的单位。"))
    if better is not None:
        _check_in_force(better, opinion.asked_at.date())
        _check_leads_not(better, lead, opinion.role)
    if not reason.strip():
        raise Refused("opinion.no-reason", _("提异议要写理由，写清依据。"))
    check_short(reason, _("理由"), limit=LONGEST)


def check_can_decide(
    opinion: Opinion,
    outcome: str,
    *,
    unit: Unit | None,
    sentence: str,
    heard: bool,
    lead: Unit | None,
    by: User,
    at: datetime,
) -> None:
    """The office decides an objection, or a silence whose hour ran out, once, with a sentence.

    `heard`: whoever was named as the better unit has answered, or had its time. `lead` leads the
    line now, and has no second part on it.
    """
    check_is_office(by)
    if opinion.line.list.state != DutyList.State.CONSULTING:
        raise Refused("opinion.closed", _("这一版的征求意见已经结束，不能再定。"))
    if opinion.withdrawn_at is not None:
        raise Refused("opinion.withdrawn", _("这一项的责任已经改过，这条意见不用再定。"))
    if opinion.outcome:
        raise Refused("opinion.decided", _("这一条已经定过了。请刷新页面。"))
    if opinion.answer == Opinion.Answer.CLAIMED:
        raise Refused("opinion.claimed", _("这个单位已经认领，没有要定的。"))
    if opinion.answer == Opinion.Answer.NONE and at < opinion.due_at:
        raise Refused("opinion.not-due", _("还在答复期内，到期没有答复再定。"))
    if outcome not in Opinion.Outcome.values:
        raise Refused("opinion.no-outcome", _("请选怎么定：维持、改由所提单位，或另定单位。"))
    if outcome != Opinion.Outcome.KEPT:
        _check_moves(opinion, outcome, unit, heard=heard, lead=lead)
    if not sentence.strip():
        raise Refused("opinion.no-sentence", _("请写一句给单位的话：为什么这样定。"))
    check_short(sentence, _("给单位的话"), limit=LONGEST)


def _check_moves(
    opinion: Opinion, outcome: str, unit: Unit | None, *, heard: bool, lead: Unit | None
) -> None:
    if opinion.because_of_id is not None:
        raise Refused("opinion.decide-the-first", _("请在提出它的那条异议上定，这一条随它。"))
    if unit is None:
        raise Refused("opinion.no-unit", _("请选改由哪个单位负责。"))
    if unit.pk == opinion.unit_id:
        raise Refused("opinion.same-unit", _("选的就是现在的单位；不改请选“维持”。"))
    _check_leads_not(unit, lead, opinion.role)
    if outcome == Opinion.Outcome.MOVED and not heard:
        raise Refused(
            "opinion.not-heard",
            _("被提名的单位还在答复期内，等它答复或到期再改由它负责。"),
        )


def _check_leads_not(unit: Unit, lead: Unit | None, role: str) -> None:
    """Who leads a line takes no other part on it; who answers or supports leaves that part."""
    if role != Duty.Role.LEAD and lead is not None and unit.pk == lead.pk:
        raise Refused(
            "opinion.leads-already",
            _("“%(unit)s”已经是这一项的牵头单位，一个单位在一项里只有一个角色。请写别的单位。")
            % {"unit": unit.short_name},
        )


def _check_in_force(unit: Unit, day: date) -> None:
    if unit.valid_to is not None and unit.valid_to <= day:
        raise Refused(
            "opinion.unit-ended",
            _("“%(unit)s”已经撤并，请写现在的单位。") % {"unit": unit.short_name},
        )
