"""What a stage needs before it is reported, who reports it, and how it is taken back."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import Project, StageEvent
from gongjian.flow.projects.rules.register import check_is_going
from gongjian.foundation.acceptance.models import Acceptance, State
from gongjian.foundation.acceptance.rules import FILL
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules import allows
from gongjian.foundation.records.models import Kept
from gongjian.lib.refusals import Refused


def filling_unit(project: Project) -> Unit:
    """The unit that reports on a project: the one named, else its township.

    Refused: stage.no-unit.
    """
    unit = project.filler or project.township
    if unit is None:
        raise Refused("stage.no-unit", _("项目还没有属地镇街，也没有填报单位，请攻坚办先补上。"))
    return unit


def check_reports_on(project: Project, *, by: User) -> None:
    """A reporter of the project's unit. Refused: stage.no-unit, .not-yours."""
    unit = filling_unit(project)
    if by.unit_id != unit.pk or not allows(FILL, by):
        raise Refused("stage.not-yours", _("这个项目由%(unit)s的填报人填报。") % {"unit": unit})


def check_can_report(project: Project, *, by: User, day: date, today: date) -> None:
    """A reporter of the project's unit, of a project that goes on, of a day that has come.

    Refused: stage.no-unit, .not-yours, .ahead, project.ended.
    """
    check_reports_on(project, by=by)
    check_is_going(project)
    check_day_has_come(day, today=today)


def check_day_has_come(day: date, *, today: date) -> None:
    """Only what has happened is reported. Refused: stage.ahead."""
    if day > today:
        raise Refused("stage.ahead", _("日期还没有到：填已经发生的事，计划日期填在计划栏。"))


def check_shows_something(event: StageEvent, *, proofs: int, wanted: int) -> None:
    """A stage counts with what stands behind it; a ledger alone is no evidence.

    Refused: stage.no-proof.
    """
    if wanted and not proofs and event.corrects_id is None:
        raise Refused(
            "stage.no-proof",
            _("“%(stage)s”是台账里写的，还没有佐证，不能采信。请退回，由填报单位带佐证重报。")
            % {"stage": event.get_stage_display()},
        )


def check_can_take_back(row: Kept) -> None:
    """What a ledger told is removed only while nobody has checked it.

    Refused: stage.taken-further.
    """
    if isinstance(row, Acceptance) and row.state != State.FILLED:
        raise Refused("stage.taken-further", _("这条已经往下办了，留着没动。"))


def check_passes_gate(stage: str, *, lacking: Sequence[str]) -> None:
    """Nothing that the stage asks for is lacking. Refused: stage.lacking."""
    if lacking:
        raise Refused(
            "stage.lacking",
            _("还不能报“%(stage)s”。%(lacking)s。补齐再报。")
            % {"stage": stage, "lacking": _("；").join(lacking)},
        )


def check_is_on_track(stage: str, *, on_track: bool, known: bool) -> None:
    """The stage belongs to the project's track and was not reported yet.

    Refused: stage.other-track, stage.known.
    """
    if not on_track:
        raise Refused(
            "stage.other-track", _("这个项目的轨道上没有“%(stage)s”。") % {"stage": stage}
        )
    if known:
        raise Refused(
            "stage.known", _("“%(stage)s”已经报过。日期不对，请走更正。") % {"stage": stage}
        )


def check_dates_rise(falling: Sequence[tuple[str, str]]) -> None:
    """No dated stage lies before an earlier one. Refused: stage.dates-fall."""
    if falling:
        earlier, later = falling[0]
        raise Refused(
            "stage.dates-fall",
            _("“%(later)s”早于“%(earlier)s”，请核对日期。") % {"later": later, "earlier": earlier},
        )


def check_recogniser(unit: Unit, recogniser: Unit | None) -> None:
    """Who recognises a stage is not who reports it. Refused: stage.own-recognition."""
    if recogniser is not None and recogniser.pk == unit.pk:
        raise Refused("stage.own-recognition", _("认定单位不能就是填报单位，请选主管部门。"))


def check_proof(*, doc_no: str, title: str, has_file: bool) -> None:
    """A proof is a number that can be looked up, or a file. Refused: evidence.*"""
    if not doc_no.strip() and not has_file:
        raise Refused("evidence.empty", _("佐证要有文号或文件，二者有一即可。照片不是必填。"))
    if not title.strip():
        raise Refused("evidence.no-title", _("写一下这份佐证是什么。"))


def check_can_correct_event(event: StageEvent, *, by: User, reason: str) -> None:
    """What counted is corrected by a new row, by the reporting unit or the office, with a reason.

    Refused: stage.not-accepted, .not-yours, .correction-no-reason.
    """
    if event.state != State.ACCEPTED:
        raise Refused("stage.not-accepted", _("这条还没有采信，退回修改即可，不用更正。"))
    if by.unit_id != event.unit_id or not allows(FILL, by):
        raise Refused(
            "stage.not-yours",
            _("更正由%(unit)s的填报人提出。") % {"unit": event.unit},
        )
    if not reason.strip():
        raise Refused("stage.correction-no-reason", _("更正要写理由，以后的通报会列出。"))
