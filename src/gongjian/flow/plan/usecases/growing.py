"""How the tree grows by what people type, paste and copy: checked words, then rows in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Action,
    Definition,
    Milestone,
    Precision,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import LONGEST_WORDS
from gongjian.foundation.records.models import Kept
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of

Kind = Literal["target", "task", "milestone"]
LARGE = 10_000
NAMES = {"target": 80, "task": 300, "milestone": 300}


@dataclass(frozen=True, slots=True)
class NodeWords:
    """A target, task or milestone in plain values; amounts are in the written unit.

    `below` are the milestones of a target or task. `copied_from` is the node of another year.
    """

    kind: Kind
    name: str
    deadline: date
    precision: str = Precision.YEAR
    measures: str = ""
    definition: str = ""
    basis: str = ""
    qualifier: str = ""
    form: str = Target.Kind.FLOW
    source: str = TargetSource.Source.REPORTED
    comparator: str = Target.Comparator.AT_LEAST
    value: Decimal | None = None
    value_max: Decimal | None = None
    base_value: Decimal | None = None
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    below: tuple["NodeWords", ...] = ()
    copied_from: int | None = None

    def checked(self, *, year: int) -> "NodeWords":
        """The words as they will be kept.

        Refused: plan.text, plan.value, plan.date, target.form.
        """
        label = {"target": _("目标名称"), "task": _("任务"), "milestone": _("节点")}[self.kind]
        most = LONGEST_WORDS
        kept = replace(
            self,
            name=rules.check_text(label, self.name, most=NAMES[self.kind]),
            measures=rules.check_text(
                _("工作措施"), self.measures, most=most["measures"], needed=False
            ),
            definition=rules.check_text(
                _("口径"), self.definition, most=most["definition"], needed=False
            ),
            basis=rules.check_text(_("依据"), self.basis, most=120, needed=False),
            below=tuple(node.checked(year=year) for node in self.below),
        )
        if not rules.is_in_years(self.deadline, year):
            raise Refused(
                "plan.date",
                _("“%(name)s”的时限 %(day)s 不在 %(first)s 到 %(last)s 年之间。")
                % {
                    "name": kept.name[:20],
                    "day": self.deadline.isoformat(),
                    "first": year,
                    "last": year + rules.YEARS_AHEAD,
                },
            )
        return _checked_target(kept) if self.kind == "target" else kept


@dataclass
class Growth:
    """Rows that are made together: numbered on from what each action holds, written in bulk."""

    on: date
    targets: list[Target] = field(default_factory=list)
    values: list[TargetValue] = field(default_factory=list)
    sources: list[TargetSource] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    _last: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, pairs: Sequence[tuple[Action, NodeWords]], *, on: date) -> "Growth":
        """Write checked words below their actions, on a day."""
        growth = cls(on)
        growth.number_on({action.pk: action for action, _words in pairs}.values())
        for action, words in pairs:
            growth.add(action, words)
        growth.write()
        return growth

    def number_on(self, actions: Iterable[Action]) -> None:
        """Read the last numbers once. Three queries."""
        keys = [action.pk for action in actions]
        for model, kind in ((Target, "row"), (Task, "row"), (Milestone, "milestone")):
            last = model._default_manager.filter(action__in=keys).values("action")
            for row in last.annotate(last=Max("seq")).order_by():
                key = row["action"], kind
                self._last[key] = max(self._last[key], row["last"])

    def add(self, action: Action, words: NodeWords) -> None:
        """One node with all that it brings; nothing is written yet."""
        if words.kind == "milestone":
            self._milestone(action, words)
            return
        node = self._target(action, words) if words.kind == "target" else self._task(action, words)
        if words.definition:
            of = {words.kind: node}
            self.definitions.append(
                Definition(
                    number=1,
                    text=words.definition,
                    valid_from=min(self._since(action), self.on),  # it holds once it is written
                    basis=words.basis,
                    **of,
                )
            )
        for below in words.below:
            self._milestone(action, below, node)

    def write(self) -> None:
        """All rows, parents first."""
        Target.objects.bulk_create(self.targets)
        Task.objects.bulk_create(self.tasks)
        for rows in (self.values, self.sources, self.definitions, self.milestones):
            for row in rows:
                _tie(row)
        TargetValue.objects.bulk_create(self.values)
        TargetSource.objects.bulk_create(self.sources)
        Definition.objects.bulk_create(self.definitions)
        Milestone.objects.bulk_create(self.milestones)

    @property
    def rows(self) -> list[Kept]:
        """What was written."""
        return [
            *self.targets,
            *self.values,
            *self.sources,
            *self.tasks,
            *self.definitions,
            *self.milestones,
        ]

    def _next(self, action: Action, kind: str) -> int:
        self._last[action.pk, kind] += 1
        return self._last[action.pk, kind]

    def _since(self, action: Action) -> date:
        """Typed in the year it holds from its first day; a number is of the whole year."""
        return date(action.campaign.year, 1, 1)

    def _target(self, action: Action, words: NodeWords) -> Target:
        factor = dimension_of(words.unit)[1]
        target = Target(
            action=action,
            seq=self._next(action, "row"),
            metric=words.name,
            qualifier=words.qualifier,
            kind=words.form,
            comparator=words.comparator,
            unit=words.unit,
            factor=factor,
            decimals=_decimals(words, factor),
            deadline=words.deadline,
            deadline_precision=words.precision,
            measures=words.measures,
            basis=words.basis,
            copied_from_id=words.copied_from,
        )
        since = self._since(action)
        self.targets.append(target)
        self.values.append(
            TargetValue(
                target=target,
                value=_base(words.value, factor),
                value_max=_base(words.value_max, factor),
                base_value=_base(words.base_value, factor),
                basis=words.basis,
                valid_from=since,
            )
        )
        self.sources.append(
            TargetSource(
                target=target,
                kind=words.form,
                source=words.source,
                numerator=words.numerator,
                denominator=words.denominator,
                valid_from=since,
            )
        )
        return target

    def _task(self, action: Action, words: NodeWords) -> Task:
        task = Task(
            action=action,
            seq=self._next(action, "row"),
            title=words.name,
            measures=words.measures,
            deadline=words.deadline,
            deadline_precision=words.precision,
            basis=words.basis,
            copied_from_id=words.copied_from,
        )
        self.tasks.append(task)
        return task

    def _milestone(
        self, action: Action, words: NodeWords, node: Target | Task | None = None
    ) -> None:
        target = node if isinstance(node, Target) else None
        self.milestones.append(
            Milestone(
                action=action,
                target=target,
                task=node if isinstance(node, Task) else None,
                seq=self._next(action, "milestone"),
                text=words.name,
                day=words.deadline,
                precision=words.precision,
                value=_base(words.value, target.factor) if target else None,
                basis=words.basis,
                copied_from_id=words.copied_from,
            )
        )


def _tie(row: TargetValue | TargetSource | Definition | Milestone) -> None:
    """Give a row the keys its parents got only when they were written."""
    for name in ("target", "task"):
        if name in {field.name for field in row._meta.fields}:
            parent = getattr(row, name)
            if parent is not None:
                setattr(row, name, parent)


def _base(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else value * factor


def _decimals(words: NodeWords, factor: Decimal) -> int:
    """How many places a figure is shown with: those written; two for large units."""
    places = [
        max(-int(value.as_tuple().exponent), 0)
        for value in (words.value, words.value_max, words.base_value)
        if value is not None
    ]
    written = min(max(places, default=0), 6)
    if dimension_of(words.unit)[0] == "count" and factor == 1:
        return written
    return max(written, 2 if factor >= LARGE else 1)


def _checked_target(words: NodeWords) -> NodeWords:
    if words.form not in Target.Kind.values or words.comparator not in Target.Comparator.values:
        raise Refused("target.form", _("没有这种类型或比较方式，请从列表里选。"))
    if words.source not in TargetSource.Source.values:
        raise Refused("target.form", _("没有这种数据来源，请从列表里选。"))
    rules.check_form(words.form, words.source)
    unit = rules.check_text(_("单位"), words.unit, most=20, needed=False)
    factor = dimension_of(unit)[1]
    rules.check_value(words.value, words.value_max, kind=words.form, factor=factor)
    if words.base_value is not None:
        rules.check_value(words.base_value, kind=Target.Kind.GROWTH, factor=factor)
    return replace(
        words,
        unit=unit,
        qualifier=rules.check_text(_("限定"), words.qualifier, most=30, needed=False),
        numerator=rules.check_text(_("分子"), words.numerator, most=80, needed=False),
        denominator=rules.check_text(_("分母"), words.denominator, most=80, needed=False),
    )
