"""What a reader wants to see of a plan, as the database understands it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongjian.flow.duties.models import Duty
from gongjian.flow.judgement.models import LightColour, Verdict
from gongjian.flow.plan.models import (
    Definition,
    Milestone,
    PlanChange,
    TagMember,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import whole_tag

Node = TypeVar("Node", Target, Task, Milestone)
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """What a reader wants to see of a plan; empty is everything that stands.

    `document` is the plan document that brought it; `tags` are the keys of a tag and those below
    it, which `known` looks up.
    """

    words: str = ""
    action: int | None = None
    kind: str = ""
    tag: UUID | None = None
    part: UUID | None = None
    document: UUID | None = None
    light: str = ""
    unit: str = ""
    no_number: bool = False
    unmeasurable: bool = False
    moved: bool = False
    gaps: bool = False
    ended: bool = False
    tags: tuple[int, ...] = ()

    def known(self) -> Self:
        """The same with the keys of its tag; two queries where it has one."""
        return replace(self, tags=tuple(whole_tag(self.tag))) if self.tag else self


def wanted_targets(
    wanted: PlanFilter, period: str, on: date, impossible: Pairs
) -> QuerySet[Target]:
    rows = _common(Target.objects.all(), wanted, "target", "metric")
    if wanted.unmeasurable:
        rows = rows.filter(_unmeasurable(impossible))
    if wanted.light:
        rows = rows.filter(_lit(wanted.light, period))
    if wanted.gaps:
        rows = rows.filter(_gap("target", on) | ~Exists(_open_value()))
    return rows


def wanted_tasks(wanted: PlanFilter, on: date) -> QuerySet[Task]:
    rows = _common(Task.objects.all(), wanted, "task", "title")
    if wanted.unmeasurable or wanted.light:
        return rows.none()
    return rows.filter(_gap("task", on)) if wanted.gaps else rows


def wanted_milestones(wanted: PlanFilter) -> QuerySet[Milestone]:
    """Those of the action itself; the others stand on the line of their target or task."""
    rows = Milestone.objects.all()
    if not (wanted.kind == "milestone" or wanted.ended or wanted.moved):
        rows = rows.filter(task__isnull=True, target__isnull=True)
    rows = _common(rows, wanted, "milestone", "text")
    lost = wanted.unmeasurable or wanted.light or wanted.gaps or wanted.unit
    return rows.none() if lost else rows


def _common(rows: QuerySet[Node], wanted: PlanFilter, kind: str, name: str) -> QuerySet[Node]:
    """The filters that every kind has."""
    if wanted.kind and wanted.kind != kind:
        return rows.none()
    if wanted.words:
        rows = rows.filter(Q(**{f"{name}__icontains": wanted.words}) | _coded(wanted.words, kind))
    if wanted.document is not None:
        rows = rows.filter(document__uid=wanted.document)
    if wanted.moved:
        moves = PlanChange.objects.filter(**{kind: OuterRef("pk")}, state=PlanChange.State.APPROVED)
        rows = rows.filter(Exists(moves))
    if wanted.tag is not None:
        bears = Q(tag__in=wanted.tags, valid_to__isnull=True)
        borne = Q(action=OuterRef("action"))
        if kind != "milestone":
            borne |= Q(**{kind: OuterRef("pk")})
        rows = rows.filter(Exists(TagMember.objects.filter(bears & borne)))
    if wanted.unit and kind != "milestone":
        leads = Duty.objects.filter(
            **{kind: OuterRef("pk")}, role=Duty.Role.LEAD, valid_to__isnull=True,
            unit__short_name=wanted.unit,
        )  # fmt: skip
        rows = rows.filter(Exists(leads))
    return rows


def _coded(words: str, kind: str) -> Q:
    """3-12 is the twelfth of action 3."""
    first, dash, second = words.partition("-")
    digits = all(part.isascii() and part.isdecimal() and len(part) < 9 for part in (first, second))
    if kind == "milestone" or not dash or not digits:
        return Q(pk__in=())
    return Q(action__seq=int(first), seq=int(second))


def _open_value() -> QuerySet[TargetValue]:
    return TargetValue.objects.filter(
        target=OuterRef("pk"), valid_to__isnull=True, value__isnull=False
    )


def _unmeasurable(impossible: Pairs) -> Q:
    """The same reasons as rules.why_not_measurable, for the database."""
    sources = TargetSource.objects.filter(target=OuterRef("pk"), valid_to__isnull=True)
    based = TargetValue.objects.filter(
        target=OuterRef("pk"), valid_to__isnull=True, base_value__isnull=False
    )
    pairs = Q(pk__in=())
    for kind, source in impossible:
        pairs |= Q(kind=kind) & Q(Exists(sources.filter(source=source)))
    undefined = Exists(sources.filter(Q(numerator="") | Q(denominator="")))
    reported = Exists(sources.filter(source=TargetSource.Source.REPORTED))
    return (
        pairs
        | Q(~Exists(_open_value()))
        | (Q(kind=Target.Kind.RATE) & Q(undefined))
        | (Q(kind=Target.Kind.STOCK) & Q(reported) & Q(~Exists(based)))
        | (
            Q(comparator=Target.Comparator.ABOUT, kind__in=(Target.Kind.RATE, Target.Kind.STOCK))
            & Q(~Exists(based))
        )
    )


def _lit(light: str, period: str) -> Q:
    verdicts = Verdict.objects.filter(target=OuterRef("pk"), period__key=period, superseded=False)
    if light == LightColour.GREY:
        return Q(~Exists(verdicts.exclude(light=LightColour.GREY)))
    return Q(Exists(verdicts.filter(light=light)))


def _gap(kind: str, on: date) -> Q:
    """五定有缺: no measures, no definition, no lead that was confirmed."""
    defined = Definition.objects.filter(**{kind: OuterRef("pk")}, valid_from__lte=on)
    led = Duty.objects.filter(
        **{kind: OuterRef("pk")}, role=Duty.Role.LEAD, valid_to__isnull=True,
        confirmed_at__isnull=False,
    )  # fmt: skip
    return Q(measures="") | Q(~Exists(defined)) | Q(~Exists(led))
