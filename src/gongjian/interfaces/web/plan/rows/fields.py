"""The fields of a finding as a form: what it is called, how it is typed, what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Target
from gongjian.flow.plan.queries import CandidateRow, Home

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


def fields_of(
    row: CandidateRow, homes: Sequence[Home], *, typed: Mapping[str, str] | None = None
) -> list[Field]:
    """The form of a finding, with what it holds or what somebody has just typed into it."""
    values = shown_values(row) | dict(typed or {})
    kinds = {"action": _action, "target": _target, "task": _task, "milestone": _milestone}
    fields = kinds[row.kind](values)
    return fields if row.kind == "action" else [*fields, _under(values, homes)]


def shown_values(row: CandidateRow) -> dict[str, str]:
    """Each field as the form shows it, so that what comes back can be told from it."""
    names = {
        "action": ("name",),
        "target": ("metric", "comparator", "value", "unit", "deadline", "kind"),
        "task": ("text", "deadline"),
        "milestone": ("text", "date"),
    }
    values = {name: str(row.fields.get(name) or "") for name in names[row.kind]}
    return values if row.kind == "action" else values | {"under": row.home}


def _action(values: Mapping[str, str]) -> list[Field]:
    return [Field("name", _("行动名称"), values["name"])]


def _target(values: Mapping[str, str]) -> list[Field]:
    return [
        Field("metric", _("目标名称"), values["metric"]),
        Field("comparator", _("比较"), values["comparator"], "select", 0, _comparators()),
        Field("value", _("数值"), values["value"], "number", 0),
        Field("unit", _("单位"), values["unit"], width=0),
        _deadline(values),
        Field("kind", _("类型"), values["kind"], "select", 3, _target_kinds()),
    ]


def _task(values: Mapping[str, str]) -> list[Field]:
    return [Field("text", _("任务"), values["text"]), _deadline(values)]


def _milestone(values: Mapping[str, str]) -> list[Field]:
    return [
        Field("text", _("节点"), values["text"]),
        Field("date", _("日期"), values["date"], "date", 2),
    ]


def _deadline(values: Mapping[str, str]) -> Field:
    hint = _("没写，按方案年度年底")
    return Field("deadline", _("完成时限"), values["deadline"], width=0, hint=hint)


def _under(values: Mapping[str, str], homes: Sequence[Home]) -> Field:
    options = [("", _("请选所属行动"))]
    options += [(home.value, _home_label(home)) for home in homes]
    missing = not values["under"]
    return Field("under", _("所属行动"), values["under"], "select", 5, options, missing=missing)


def _home_label(home: Home) -> str:
    if home.adopted:
        return _("%(name)s（已在计划里）") % {"name": home.name}
    return f"{home.value}. {home.name}"


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


def _target_kinds() -> Options:
    return [("", _("按单位判断")), *((kind.value, str(kind.label)) for kind in Target.Kind)]
