"""The lines of the 责任清单: as they stand on a day, or as a version was issued."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty, DutyList
from gongjian.flow.duties.queries.leaders import Holder, leader_lines, leader_over, over_campaign
from gongjian.flow.duties.queries.terms import WorkTerms, work_terms
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import ActionRow, TargetRow, TaskRow, plan_actions
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import in_force
from gongjian.lib.rounding import written

Key = tuple[str, int]
UnitOrder = DutyList.UnitOrder


@dataclass(frozen=True, slots=True)
class UnitWords:
    """A unit as a list prints it. A unit that was renamed since is still the same."""

    code: str
    name: str = field(compare=False)
    short: str = field(compare=False)
    order: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One target or task of the list, in words; the same live and frozen.

    `silent` names the units that let the hour pass without an answer; a signed list says so.
    `vacant`: nobody stands in the leader's post; `proposed`: its units wait to be confirmed.
    `official`: its units stand as the office orders its units, not as they were given.
    """

    kind: str
    uid: str
    code: str
    action: str
    action_seq: int
    title: str
    goal: str = ""
    leader: str = ""
    leader_post: str = ""
    leader_uid: str = ""
    lead: UnitWords | None = None
    responsible: tuple[UnitWords, ...] = ()
    supporting: tuple[UnitWords, ...] = ()
    fills: str = ""
    deadline: date | None = None
    precision: str = ""
    measures: str = ""
    definition: str = ""
    silent: str = ""
    proposed: bool = False
    vacant: bool = False
    official: bool = field(default=False, compare=False)
    pk: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        return self.kind, self.pk

    @property
    def units(self) -> tuple[UnitWords, ...]:
        """All its units, the lead first."""
        return (*((self.lead,) if self.lead else ()), *self.responsible, *self.supporting)

    @property
    def filler(self) -> str:
        """The code of the unit that fills its figure, which a list knows by its short name."""
        return next((unit.code for unit in self.units if unit.short == self.fills), self.fills)

    def words(self) -> dict[str, Any]:
        """As JSON keeps it."""
        kept = asdict(self)
        for name in ("pk", "proposed", "vacant", "official"):
            del kept[name]
        return kept | {"deadline": self.deadline.isoformat() if self.deadline else None}

    @classmethod
    def of(cls, words: Mapping[str, Any], *, official: bool = False) -> "SheetLine":
        """As JSON kept it."""
        units = {
            role: tuple(UnitWords(**unit) for unit in words[role])
            for role in ("responsible", "supporting")
        }
        lead = UnitWords(**words["lead"]) if words["lead"] else None
        day = date.fromisoformat(words["deadline"]) if words["deadline"] else None
        return cls(**{**words, **units, "lead": lead, "deadline": day, "official": official})

    def arranged(self, order: str) -> "SheetLine":
        """The line with its units as a paper of that order prints them."""
        if order != UnitOrder.OFFICIAL:
            return self
        return replace(
            self,
            responsible=in_official_order(self.responsible),
            supporting=in_official_order(self.supporting),
            official=True,
        )

    def same_as(self, other: "SheetLine") -> bool:
        """Whether a version need not speak of the line again: its place and leader may differ.

        Where one of the two stands in the official order, the order says nothing.
        """
        if self.official or other.official:
            return _bare(_unordered(self)) == _bare(_unordered(other))
        return _bare(self) == _bare(other)


def sheet_lines(campaign: Campaign, *, on: date) -> list[SheetLine]:
    """Targets and tasks in the plan's order as they stand. A constant number of queries."""
    duties = duties_by_key(campaign, on=on)
    leaders = leader_lines(campaign, on=on)
    terms = work_terms(campaign, on=on)
    return [
        _line(action, subject, duties, leader, terms.get(key, WorkTerms()))
        for action in plan_actions(campaign, on=on)
        for key, subject in _subjects(action)
        for leader in [leader_over(leaders, key, action=action.pk)]
    ]


def arranged(lines: Iterable[SheetLine], order: str) -> list[SheetLine]:
    """The lines as a paper of that order prints them."""
    return [line.arranged(order) for line in lines]


def lines_of_unit(lines: Sequence[SheetLine], code: str) -> list[SheetLine]:
    """The lines a unit has a part in."""
    return [line for line in lines if any(unit.code == code for unit in line.units)]


def blanks(line: SheetLine) -> tuple[str, ...]:
    """What a line lacks of its 五定 beside its units, by the names of its columns.

    Its leader may be that of its action; a post in which nobody stands leads nothing.
    """
    there = {
        "leader": bool(line.leader) and not line.vacant,
        "deadline": line.deadline is not None,
        "measures": bool(line.measures.strip()),
        "definition": bool(line.definition.strip()),
    }
    return tuple(name for name, filled in there.items() if not filled)


def lacking(lines: Sequence[SheetLine]) -> dict[str, int]:
    """How many lines lack what, as the rules of a version want it.

    no_lead: no lead unit; proposed: units that wait to be confirmed; gaps: lines with any blank,
    and each of `blanks` by its own name.
    """
    found = [blanks(line) for line in lines]
    return {
        "no_lead": sum(line.lead is None for line in lines),
        "proposed": sum(line.proposed for line in lines),
        "gaps": sum(bool(names) for names in found),
        **Counter(name for names in found for name in names),
    }


def changes(before: SheetLine | None, after: SheetLine) -> dict[str, tuple[str, str]]:
    """{column: (old, new)} of what a version changed; empty where nothing or all of it is new.

    The same units in another order are no change, unless both lines keep the order they were given;
    nor is a unit's new name. Its number in the plan is a column of its own, "code".
    """
    if before is None:
        return {}
    old, new = ({"code": line.code} | columns(line) for line in (before, after))
    lines = before, after
    if before.official or after.official:
        lines = _unordered(before), _unordered(after)
    was, now = (_compared(line) for line in lines)
    return {name: (old[name], new[name]) for name in new if was[name] != now[name]}


def _compared(line: SheetLine) -> dict[str, object]:
    """The columns of a line with its units by their codes: a name may change."""
    return {
        "code": line.code,
        **columns(line),
        "lead": line.lead,
        "fills": line.filler,
        "responsible": line.responsible,
        "supporting": line.supporting,
    }


def columns(line: SheetLine) -> dict[str, str]:
    """The printed columns of a line by name."""
    return {
        "title": line.title,
        "goal": line.goal,
        "leader": line.leader,
        "lead": line.lead.short if line.lead else "",
        "fills": line.fills,
        "responsible": named(line.responsible),
        "supporting": named(line.supporting),
        "deadline": line.deadline.isoformat() if line.deadline else "",
        "measures": line.measures,
        "definition": line.definition,
    }


def named(units: Sequence[UnitWords]) -> str:
    return _("、").join(unit.short for unit in units)


def in_official_order(units: Iterable[UnitWords]) -> tuple[UnitWords, ...]:
    """Units as the office orders its units."""
    return tuple(sorted(units, key=lambda unit: (unit.order, unit.code)))


def _unordered(line: SheetLine) -> SheetLine:
    """The line with its units by their codes, to be compared whatever their order."""

    def by_code(units: Sequence[UnitWords]) -> tuple[UnitWords, ...]:
        return tuple(sorted(units, key=lambda unit: unit.code))

    return replace(line, responsible=by_code(line.responsible), supporting=by_code(line.supporting))


def _bare(line: SheetLine) -> SheetLine:
    return replace(
        line,
        code="",
        action="",
        action_seq=0,
        leader="",
        fills=line.filler,
        silent="",
        proposed=False,
        vacant=False,
        pk=0,
    )


def _subjects(action: ActionRow) -> Iterator[tuple[Key, TargetRow | TaskRow]]:
    for target in action.targets:
        yield ("target", target.pk), target
    for task in action.tasks:
        yield ("task", task.pk), task


def duties_by_key(campaign: Campaign, *, on: date) -> dict[Key, list[Duty]]:
    """The duties of a campaign in force on a day, by what they stand over. One query."""
    found = Duty.objects.filter(over_campaign(campaign)).filter(in_force(on)).select_related("unit")
    lines: dict[Key, list[Duty]] = defaultdict(list)
    for duty in found:
        lines[duty.subject_key].append(duty)
    return lines


def _line(
    action: ActionRow,
    subject: TargetRow | TaskRow,
    duties: Mapping[Key, list[Duty]],
    leader: Holder | None,
    terms: WorkTerms,
) -> SheetLine:
    target = subject if isinstance(subject, TargetRow) else None
    kind = "target" if target else "task"
    mine = duties.get((kind, subject.pk), [])
    by_role = {
        role: tuple(unit_words(duty.unit) for duty in mine if duty.role == role)
        for role in Duty.Role
    }
    return SheetLine(
        kind=kind,
        uid=str(subject.uid),
        code=subject.code,
        action=action.name,
        action_seq=action.seq,
        title=_title(subject),
        goal=goal(target) if target else "",
        leader=leader.words if leader else "",
        vacant=leader is not None and not leader.name,
        leader_post=leader.post if leader else "",
        leader_uid=str(leader.post_uid) if leader else "",
        lead=next(iter(by_role[Duty.Role.LEAD]), None),
        responsible=by_role[Duty.Role.RESPONSIBLE],
        supporting=by_role[Duty.Role.SUPPORTING],
        fills=next((duty.unit.short_name for duty in mine if duty.fills), ""),
        deadline=subject.deadline,
        precision="" if isinstance(subject, TargetRow) else subject.precision,
        measures=terms.measures,
        definition=terms.definition,
        proposed=any(duty.confirmed_at is None for duty in mine),
        pk=subject.pk,
    )


def _title(subject: TargetRow | TaskRow) -> str:
    if isinstance(subject, TaskRow):
        return subject.title
    return f"{subject.metric}（{subject.qualifier}）" if subject.qualifier else subject.metric


def unit_words(unit: Unit) -> UnitWords:
    return UnitWords(unit.code, unit.name, unit.short_name, unit.order)


def goal(target: TargetRow) -> str:
    """140亿元以上: the value a target is to reach, as a paper writes it."""
    if target.value is None:
        return _("未定")
    words = {
        ">=": _("%(value)s%(unit)s以上"),
        "<=": _("不高于%(value)s%(unit)s"),
        "~": _("%(value)s%(unit)s左右"),
    }.get(target.comparator, "%(value)s%(unit)s")
    return words % {"value": written(target.value / target.factor), "unit": target.unit}
