"""What a project needs for its next stage, in words: the same table the act is refused by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Field
from django.utils.translation import gettext as _

from gongjian.engine.stages import Gate, Going, Lacking
from gongjian.flow.projects.models import Project, ProjectYear, Stage
from gongjian.flow.projects.queries.events import events_visible_to
from gongjian.flow.projects.queries.gates import gates_in_force, proof_title
from gongjian.flow.projects.queries.reached import stages_gone_through, ways_of
from gongjian.foundation.orgs.models import User
from gongjian.lib.project_codes import doubt_about

NO_CODE = {"shape", "month"}  # such a text is no project code


@dataclass(frozen=True, slots=True)
class StageStep:
    """One stage on a project's bar: reached on a day, under way, next, ahead, or skipped."""

    code: str
    title: str
    state: str  # done, waiting, now, next, ahead, skipped
    day: date | None
    optional: bool
    recogniser: str


@dataclass(frozen=True, slots=True)
class GateHint:
    """What the next stage asks for; `lacking` are sentences, empty where all is there."""

    code: str
    title: str
    recogniser: str
    trap: str
    proofs: tuple[str, ...]
    any_of: tuple[tuple[tuple[str, str], ...], ...]  # (proof, title): one of each group
    lacking: tuple[str, ...]


def dates_falling(way: dict[str, date]) -> list[tuple[str, str]]:
    """Pairs of dated stages, as they are called, of which the later one came earlier."""
    falling = gates_in_force().falling(way)
    return [(stage_label(earlier), stage_label(later)) for earlier, later in falling]


def going_of(project: Project, *, reader: User, known_at: datetime) -> Going:
    """A project as the gates look at it; stages that wait, as far as the reader sees them, count
    as gone through. Three queries.
    """
    seen = events_visible_to(reader)
    reached = stages_gone_through([project.pk], known_at=known_at, seen=seen).get(project.pk, {})
    return Going(project.track, project.promoted, filled_fields(project), reached)


def filled_fields(project: Project) -> frozenset[str]:
    """The columns gates ask for that say something; a code that can be none says nothing."""
    kept = {
        "code": "" if doubt_about(project.code) in NO_CODE else project.code,
        "owner": project.owner,
        "uscc": project.uscc,
        "investor": project.investor,
        "township": project.township_id,
        "industry": project.industry,
        "scope": project.scope,
        "nature": project.nature,
        "total_investment": project.total_investment,
        "contract_funds": project.contract_funds,
        "planned_start": project.planned_start,
        "planned_finish": project.planned_finish,
        "planned_production": project.planned_production,
        "land_secured_on": project.land_secured_on,
    }
    return frozenset(name for name, value in kept.items() if value not in (None, ""))


def stage_steps(project: Project, *, reader: User, known_at: datetime) -> list[StageStep]:
    """The bar of a project's stages, in their order. Five queries."""
    stands = ways_of([project.pk], known_at=known_at).get(project.pk, {})
    going = going_of(project, reader=reader, known_at=known_at)
    return bar_of(going, {stage: at.day for stage, at in stands.items()})


def bar_of(going: Going, stands: Mapping[str, date]) -> list[StageStep]:
    """The bar of what is said to be reached, and of that what `stands`."""
    gates = gates_in_force()
    sure = Going(going.track, going.promoted, going.fields, stands)
    now, following = gates.current(sure), gates.following(going)
    path = gates.path(going.track, promoted=going.promoted)
    done = [place for place, gate in enumerate(path) if gate.code in stands]
    furthest = max(done, default=-1)
    return [
        StageStep(
            code=gate.code,
            title=stage_label(gate.code),
            state=_state(gate, place, going, sure, now, following, furthest),
            day=going.reached.get(gate.code),
            optional=gate.optional,
            recogniser=gate.recogniser,
        )
        for place, gate in enumerate(path)
    ]


def gate_hint(project: Project, *, reader: User, known_at: datetime) -> GateHint | None:
    """What is required for the next stage; None after the last. Three queries."""
    return hint_of(going_of(project, reader=reader, known_at=known_at))


def hint_of(going: Going) -> GateHint | None:
    """What is required for the stage after what was reached; None after the last."""
    gates = gates_in_force()
    gate = gates.following(going)
    if gate is None:
        return None
    lacking = gates.lacking(gate.code, going, shown=())
    return _hint(gate, said_lacking(Lacking(lacking.fields, (), lacking.stages)))


def gate_asks(stage: str) -> GateHint | None:
    """What the gate of a stage asks for; None where there is no such stage."""
    gates = gates_in_force()
    found = next((gate for gate in gates.gates if gate.code == stage), None)
    return None if found is None else _hint(found, [])


def _hint(gate: Gate, lacking: list[str]) -> GateHint:
    return GateHint(
        code=gate.code,
        title=stage_label(gate.code),
        recogniser=gate.recogniser,
        trap=gate.trap,
        proofs=tuple(either(group) for group in gate.proofs),
        any_of=tuple(tuple((code, proof_title(code)) for code in g) for g in gate.proofs),
        lacking=tuple(lacking),
    )


def said_lacking(lacking: Lacking) -> list[str]:
    """What a gate still asks for, a phrase each."""
    said = []
    if lacking.stages:
        names = _("、").join(stage_label(code) for code in lacking.stages)
        said.append(_("前面的阶段还没有：%(names)s") % {"names": names})
    if lacking.fields:
        names = _("、").join(field_label(name) for name in lacking.fields)
        said.append(_("还没有填：%(names)s") % {"names": names})
    said += [_("缺材料：%(proof)s") % {"proof": either(group)} for group in lacking.proofs]
    return said


def either(group: Iterable[str]) -> str:
    """A group of proofs of which one is enough."""
    return _("或").join(proof_title(code) for code in group)


def stage_label(code: str) -> str:
    return str(Stage(code).label)


def field_label(name: str) -> str:
    """What a column of a project, or of its year's plan, is called."""
    named = {"township": _("属地镇街"), "action": _("所属行动"), "place": _("所在地")}
    if name in named:
        return named[name]
    own = {field.name for field in Project._meta.get_fields()}
    field = (Project if name in own else ProjectYear)._meta.get_field(name)
    return str(field.verbose_name) if isinstance(field, Field) else name


def _state(
    gate: Gate,
    place: int,
    going: Going,
    sure: Going,
    now: Gate | None,
    following: Gate | None,
    furthest: int,
) -> str:
    if now is not None and gate.code == now.code:
        return "now"
    if gate.code in sure.reached:
        return "done"
    if gate.code in going.reached:
        return "waiting"
    if following is not None and gate.code == following.code:
        return "next"
    return "skipped" if place < furthest else "ahead"
