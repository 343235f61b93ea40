"""The fields of a finding as a form: what it is called, how it is typed, what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Precision, Target
from gongjian.flow.plan.queries import EDITABLE, CandidateRow, Home, typed_as
from gongjian.interfaces.web.plan.rows.drawn import drawn_options

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `width` names a class of the style sheet, 4 is a whole line.

    `missing` has to be filled before the plan is adopted.
    """

    name: str
    label: str
    value: str
    kind: str = "text"
    width: int = 4
    options: Options = field(default_factory=list)
    missing: bool = False
    hint: str = ""

    @property
    def choices(self) -> SafeString:
        """The options of a select."""
        return drawn_options(self.options, self.value)


def fields_of(
    row: CandidateRow, homes: Sequence[Home], *, typed: Mapping[str, str] | None = None
) -> list[Field]:
    """The form of a finding, with what it holds or what somebody has just typed into it."""
    return form_of(row.kind, shown_values(row) | dict(typed or {}), homes, needed=row.homeless)


def form_of(
    kind: str, values: Mapping[str, str], homes: Sequence[Home], *, needed: bool = True
) -> list[Field]:
    """The form of a kind of finding; `needed` where it has to stand under an action."""
    kinds = {"action": _action, "target": _target, "task": _task, "milestone": _milestone}
    fields = kinds[kind](values)
    return fields if kind == "action" else [*fields, _under(values, homes, needed=needed)]


def shown_values(row: CandidateRow) -> dict[str, str]:
    """Each field as the form shows it, so that what comes back can be told from it."""
    return values_of(row.kind, row.fields, home=row.home)


def values_of(kind: str, held: Mapping[str, Any], *, home: str) -> dict[str, str]:
    """The fields of a finding as they are typed."""
    values = {name: typed_as(held.get(name)) for name in EDITABLE[kind]}
    return values if kind == "action" else values | {"under": home}


def _action(values: Mapping[str, str]) -> list[Field]:
    return [Field("name", _("行动名称"), values["name"])]


def _target(values: Mapping[str, str]) -> list[Field]:
    return [
        Field("metric", _("目标名称"), values["metric"], width=6),
        Field("qualifier", _("限定"), values["qualifier"], width=2, hint=_("如 新签约、省级以上")),
        Field("comparator", _("比较"), values["comparator"], "select", 0, _comparators()),
        Field("value", _("数值"), values["value"], "number", 0),
        Field("value_max", _("上限"), values["value_max"], "number", 0, hint=_("不是区间")),
        Field("unit", _("单位"), values["unit"], width=0),
        *_deadline(values),
        Field("base_value", _("基期值"), values["base_value"], "number", 1, hint=_("没写")),
        Field("kind", _("类型"), values["kind"], "select", 2, _target_kinds()),
    ]


def _task(values: Mapping[str, str]) -> list[Field]:
    several = _("几个单位用顿号隔开")
    return [
        Field("text", _("任务"), values["text"]),
        Field("lead", _("牵头单位"), values["lead"], width=2, hint=several),
        Field("responsible", _("责任单位"), values["responsible"], width=2, hint=several),
        Field("support", _("配合单位"), values["support"], width=2, hint=several),
        *_deadline(values),
    ]


def _milestone(values: Mapping[str, str]) -> list[Field]:
    return [
        Field("text", _("节点"), values["text"]),
        Field("date", _("日期"), values["date"], "date", 2),
        Field("precision", _("精确到"), values["precision"], "select", 1, _precisions()),
    ]


def _deadline(values: Mapping[str, str]) -> list[Field]:
    hint = _("没写，按年底")
    return [
        Field("deadline", _("完成时限"), values["deadline"], width=0, hint=hint),
        Field("precision", _("精确到"), values["precision"], "select", 0, _precisions()),
    ]


def _under(values: Mapping[str, str], homes: Sequence[Home], *, needed: bool) -> Field:
    options = [("", _("请选所属行动"))]
    options += [(home.value, _home_label(home)) for home in homes]
    missing = needed and not values["under"]
    return Field("under", _("所属行动"), values["under"], "select", 4, options, missing=missing)


def _home_label(home: Home) -> str:
    if home.adopted:
        return _("%(name)s（已在计划里）") % {"name": home.name}
    return _("%(name)s（第 %(seq)s 条）") % {"name": home.name, "seq": home.value}


def _comparators() -> Options:
    words = {
        ">=": _("不低于"),
        "<=": _("不高于"),
        "=": _("达到"),
        "~": _("左右"),
        "+%": _("增长"),
        "-%": _("下降"),
    }
    return list(words.items())


def _precisions() -> Options:
    return [("", _("按写法")), *((one.value, str(one.label)) for one in Precision)]


def _target_kinds() -> Options:
    return [("", _("按单位判断")), *((kind.value, str(kind.label)) for kind in Target.Kind)]
