"""A row of a ledger in the columns of the register: what is taken, and what is not and why."""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Precision
from gongjian.flow.plan.queries import written_day
from gongjian.flow.projects.models import Category, Nature, PlanClass, Project
from gongjian.flow.projects.queries.hints import field_label
from gongjian.foundation.orgs.models import Unit
from gongjian.lib.national_codes import is_industry
from gongjian.lib.rounding import written
from gongjian.lib.texts import seen_alone

TEXTS = ("name", "code", "owner", "uscc", "scope", "remark")
SUMS = ("total_investment",)
DATES = ("planned_start", "planned_finish")
YEARS = {"year_plan_investment": "plan_investment", "plan_class": "plan_class"}
# The columns of the register that a ledger of projects fills, in the order they are shown in.
COLUMNS = (
    "name", "code", "owner", "uscc", "township", "site", "scope", "category", "nature", "industry",
    "total_investment", "planned_start", "planned_finish", "plan_class", "plan_investment",
    "remark", "seq",
)  # fmt: skip
# What a ledger says that is kept beside a project: what happened, and who answers.
BESIDE = (
    "year_done_investment", "actual_start", "actual_finish", "progress_text", "lead_unit",
    "responsible_units", "sponsor",
)  # fmt: skip
NATURES = {
    "新建": Nature.NEW, "扩建": Nature.EXTENSION, "改建": Nature.CONVERSION,  # not shown
    "技改": Nature.TECHNICAL, "技术改造": Nature.TECHNICAL,  # not shown
    "迁建": Nature.RELOCATION,  # not shown
}  # fmt: skip
CLASSES = {
    "新开工": PlanClass.NEW, "计划新开工": PlanClass.NEW, "拟新开工": PlanClass.NEW,  # not shown
    "续建": PlanClass.CONTINUED, "在建": PlanClass.CONTINUED,  # not shown
    "竣工": PlanClass.COMPLETING, "竣工投产": PlanClass.COMPLETING,  # not shown
    "前期": PlanClass.PREPARING, "储备": PlanClass.PREPARING,  # not shown
    "预备": PlanClass.PREPARING, "拟建": PlanClass.PREPARING,  # not shown
}  # fmt: skip
CATEGORIES = (
    ("基础设施", Category.INFRASTRUCTURE),  # not shown
    ("民生", Category.LIVELIHOOD),  # not shown
    ("社会", Category.LIVELIHOOD),  # not shown
    ("生态", Category.ECOLOGY),  # not shown
    ("环保", Category.ECOLOGY),  # not shown
    ("产业", Category.INDUSTRY),  # not shown
    ("工业", Category.INDUSTRY),  # not shown
    ("制造", Category.INDUSTRY),  # not shown
)
MARKS = str.maketrans("", "", "“”\"'《》 ")
APART = re.compile(r"[/、,，;；]")
LONGEST = {
    name: int(limit)
    for name in (*TEXTS, "site")
    if (limit := getattr(Project._meta.get_field(name), "max_length", None))
}
HALVES = {"H1": 6, "H2": 12}
TENTHS = {"T1": 10, "T2": 20}


@dataclass(slots=True)
class Taken:
    """What a row says in columns of the register; `notes` are sentences about what is not taken,
    `refused` why the row cannot be taken at all."""

    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refused: str = ""


class Townships:
    """The townships in force, found in a place as ledgers write it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = list(units)
        self.by_code = {unit.code: unit for unit in self._units}
        names = [
            (spelling, unit)
            for unit in self._units
            for name in (unit.name, unit.short_name, *unit.aliases)
            for spelling in {name, name.removesuffix("镇").removesuffix("街道")}  # not shown
            if len(spelling) >= 2
        ]
        self._names = sorted(names, key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> Unit | None:
        """The one township that a place names; None where it names none, or several."""
        whole = [
            unit for unit in self._units if text in (unit.name, unit.short_name, *unit.aliases)
        ]
        if whole:
            return whole[0]
        found: dict[int, Unit] = {}
        rest = text
        for name, unit in self._names:
            if name in rest:
                found[unit.pk] = unit
                rest = rest.replace(name, "")
        return next(iter(found.values())) if len(found) == 1 else None


def taken_of(record: Mapping[str, Any], townships: Townships) -> Taken:
    """The columns that a row fills; an empty cell fills none, so that it wipes nothing."""
    taken = Taken()
    values = taken.values
    for name in TEXTS:
        if said := record.get(name):
            values[name] = str(said)
    for name in SUMS:
        if record.get(name) is not None:
            values[name] = Decimal(record[name])
    if record.get("year_plan_investment") is not None:
        values["plan_investment"] = Decimal(record["year_plan_investment"])
    for name in DATES:
        if said := record.get(name):
            values[name] = day_of(said)
    if (seq := record.get("seq")) and seq.isdecimal() and seq.isascii() and len(seq) < 9:
        values["seq"] = int(seq)
    _place(record.get("township"), townships, taken)
    _nature(record.get("nature"), taken)
    _industry(record.get("industry"), taken)
    _category(record.get("category"), values)
    for name, limit in LONGEST.items():
        if len(values.get(name, "")) > limit:
            taken.refused = _("%(label)s最多 %(limit)s 个字，现在有 %(length)s 个。请改短。") % {
                "label": label_of(name), "limit": limit, "length": len(values[name]),
            }  # fmt: skip
            break
    return taken


def _place(said: str | None, townships: Townships, taken: Taken) -> None:
    if not said:
        return
    unit = townships.find(said)
    if unit is None:
        taken.notes.append(
            _("属地“%(said)s”不是登记过的镇街园区，记在建设地点里。") % {"said": said[:40]}
        )
    else:
        taken.values["township"] = unit
    if unit is None or said not in (unit.name, unit.short_name, *unit.aliases):
        taken.values["site"] = said


def _nature(said: str | None, taken: Taken) -> None:
    """新建 is how it is built, 续建 what the year's plan expects; a ledger writes both in one."""
    unknown = []
    for word in filter(None, (part.strip() for part in APART.split(said or ""))):
        if word in NATURES:
            taken.values["nature"] = NATURES[word].value
        elif word in CLASSES:
            taken.values["plan_class"] = CLASSES[word].value
        else:
            unknown.append(word)
    if unknown:
        said = _("、").join(unknown)[:40]
        taken.notes.append(_("建设性质“%(said)s”登记册里没有，没有取。") % {"said": said})


def _industry(said: str | None, taken: Taken) -> None:
    if not said:
        return
    code = unicodedata.normalize("NFKC", said).strip().upper()
    if is_industry(code):
        taken.values["industry"] = code
    else:
        taken.notes.append(
            _("行业“%(said)s”不是国民经济行业代码，没有取。写成例如 C1499。") % {"said": said[:40]}
        )


def _category(said: str | None, values: dict[str, Any]) -> None:
    """The office's own sorting, where the group above names one and no other."""
    for part in reversed((said or "").split("/")):
        found = {kind.value for word, kind in CATEGORIES if word in part}
        if len(found) == 1:
            values["category"] = found.pop()
            return


def day_of(said: str) -> tuple[date, str]:
    """The last day of a planned date, and how exactly it was given.

    >>> day_of("2020-06"), day_of("2020-Q2")[0].isoformat(), day_of("2020-06-T3")[1]
    ((datetime.date(2020, 6, 30), 'month'), '2020-06-30', 'ten_day')
    """
    year, *rest = said.split("-")
    if not rest:
        return date(int(year), 12, 31), Precision.YEAR.value
    if rest[0] in HALVES:
        return _ends(int(year), HALVES[rest[0]]), Precision.HALF.value
    if rest[0].startswith("Q"):
        return _ends(int(year), 3 * int(rest[0][1])), Precision.QUARTER.value
    month = int(rest[0])
    if len(rest) == 1:
        return _ends(int(year), month), Precision.MONTH.value
    if rest[1].startswith("T"):
        tenth = TENTHS.get(rest[1])
        day = date(int(year), month, tenth) if tenth else _ends(int(year), month)
        return day, Precision.TEN_DAY.value
    return date(int(year), month, int(rest[1])), Precision.DAY.value


def _ends(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def spelt(name: str) -> str:
    """A name as it is compared: no blanks, quotation marks and unseen signs, one kind of brackets.

    >>> spelt("示例 “智能”工厂(一期)") == spelt("示例智能工厂（一期）")
    True
    """
    plain = seen_alone(unicodedata.normalize("NFKC", name)).translate(MARKS)
    return "".join(plain.split()).casefold()


# Values in the trail: texts that are read back when an import is undone.


def kept_as(value: Any) -> Any:
    """A value of a column as the trail keeps it."""
    match value:
        case tuple():
            return f"{value[0].isoformat()} {value[1]}"
        case Decimal():
            return f"{value:.2f}"
        case Unit():
            return value.code
        case _:
            return value


def read_back(column: str, kept: Any, townships: Mapping[str, Unit]) -> Any:
    """A value of the trail as the register has it."""
    if kept in (None, ""):
        return None if column not in (*TEXTS, "site", "nature", "industry", "category",
                                      "plan_class") else ""  # fmt: skip
    if column in DATES:
        day, precision = kept.split(" ")
        return date.fromisoformat(day), precision
    if column in (*SUMS, "plan_investment"):
        return Decimal(kept)
    return townships.get(kept) if column == "township" else kept


def label_of(column: str) -> str:
    """What a column is called on a page."""
    labels = {
        "plan_class": _("年度计划类别"), "plan_investment": _("年度计划投资"),
        "year_done_investment": _("年度完成投资"), "actual_start": _("实际开工"),
        "actual_finish": _("实际竣工"), "lead_unit": _("牵头单位"),
        "responsible_units": _("责任单位"), "sponsor": _("包靠领导"),
        "progress_text": _("形象进度"),
    }  # fmt: skip
    return labels.get(column) or field_label(column)


def shown_as(column: str, kept: Any, names: Mapping[str, str]) -> str:
    """A value of the trail as a person reads it; `names` are those of townships by code."""
    if kept in (None, ""):
        return ""
    if column in BESIDE:
        return _told(column, str(kept))
    choices: dict[str, Any] = {"nature": Nature, "category": Category, "plan_class": PlanClass}
    if column in choices:
        return str(dict(choices[column].choices).get(kept, kept))
    if column in DATES:
        day, precision = str(kept).split(" ")
        return written_day(date.fromisoformat(day), precision)
    if column in (*SUMS, "plan_investment"):
        return _("%(amount)s 万元") % {"amount": written(Decimal(kept) / 10_000)}
    return names.get(str(kept), str(kept)) if column == "township" else str(kept)


def _told(column: str, kept: str) -> str:
    """A value that is kept beside its project: days are told with what becomes of them."""
    if column in ("actual_start", "actual_finish") and kept:
        day = written_day(date.fromisoformat(kept[:10]), "day")
        rough = len(kept) > 10
        words = _("%(day)s（台账没有写到日），待采信") if rough else _("%(day)s，待采信")
        return words % {"day": day}
    if column == "progress_text" and kept[:4].isdecimal() and kept[10:11] == " ":
        day = written_day(date.fromisoformat(kept[:10]), "day")
        return _("%(words)s（%(day)s）") % {"words": kept[11:], "day": day}
    if column != "year_done_investment":
        return kept
    amount, *rest = kept.split(" ")
    sum_ = _("%(amount)s 万元") % {"amount": written(Decimal(amount) / 10_000)}
    if not rest:
        return sum_
    month, figure, part = rest
    return _("%(sum)s：%(month)s 记 %(part)s 万元（%(figure)s），待采信") % {
        "sum": sum_, "month": month, "part": written(Decimal(part) / 10_000),
        "figure": _("统计口径") if figure == "stat_done" else _("调度口径"),
    }  # fmt: skip
