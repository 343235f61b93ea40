"""The rows of the list of reports, and what was asked of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.progress.queries import PeriodRow, ReportRow
from gongjian.foundation.acceptance.models import State
from gongjian.interfaces.web.tags import moment, number


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it asks wrongly is as if it had not been asked."""

    period: str
    state: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], periods: Sequence[PeriodRow]) -> "Asked":
        keys = [period.key for period in periods]
        period, state = query.get("period", ""), query.get("state", "")
        return cls(
            period=period if period in keys else keys[0] if keys else "",
            state=state if state in State.values else "",
            words=query.get("q", "").strip()[:40],
        )

    @property
    def without_filter(self) -> str:
        """The address of the whole period; nothing where nothing is filtered."""
        if not self.state and not self.words:
            return ""
        return f"{reverse('progress')}?{urlencode({'period': self.period})}"


@dataclass(frozen=True, slots=True)
class Line:
    """One report in the list."""

    url: str
    code: str
    name: str
    action: str
    unit: str
    value: str | None
    in_words: bool
    measure: str
    state: str
    tone: str
    level: str
    evidence: str
    at: str
    correction: bool


def code_of(kind: str, code: str) -> str:
    """The number in the plan; milestones are counted apart, so theirs says what it counts."""
    return _("%(code)s 节点") % {"code": code} if kind == "milestone" else code


def report_line(row: ReportRow) -> Line:
    """A report as it stands in the list; what is reported in words has no figure."""
    value = None if row.value is None else number(row.value / row.factor, row.decimals)
    return Line(
        url=reverse("report", args=[row.uid]),
        code=code_of(row.kind, row.code),
        name=row.subject,
        action=row.action,
        unit=row.unit,
        value=value,
        in_words=row.kind != "target",
        measure=row.measure if value is not None else "",
        state=row.state_label,
        tone={"accepted": "g", "returned": "r", "draft": ""}.get(row.state, "a"),
        level=f"V{row.level}" if row.state not in ("draft", "returned") else "",
        evidence=_("%(n)s 份") % {"n": row.evidence} if row.evidence else "",
        at=moment(row.filled_at),
        correction=row.correction,
    )


def period_choice(period: PeriodRow, asked: Asked) -> tuple[str, str, bool]:
    """(key, label, chosen) of a period."""
    state = _("已冻结") if period.frozen else _("填报中")
    label = _("%(key)s 期（%(state)s）") % {"key": period.key, "state": state}
    return period.key, label, period.key == asked.period


def state_choices(asked: Asked) -> list[tuple[str, str, bool]]:
    """(key, label, chosen) of all states, and of any."""
    every = [("", _("全部状态")), *((state.value, str(state.label)) for state in State)]
    return [(key, label, key == asked.state) for key, label in every]
