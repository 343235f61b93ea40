"""A ledger of months: what projects planned, invested and received, by code or by name."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_by_uid
from gongjian.flow.plan.usecases import TARGET_LIST
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import InvestmentMonth, MonthPlan, Project
from gongjian.flow.projects.queries import MONEY, Register
from gongjian.flow.projects.usecases.facts import bring_months
from gongjian.flow.projects.usecases.money import (
    MonthWords,
    PlannedMonths,
    plan_months,
    report_month,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows
from gongjian.foundation.orgs.usecases import PEOPLE_LIST, UNIT_LIST
from gongjian.foundation.records.queries.ledgers import Entry, Fate, Going, ListKind
from gongjian.lib.project_codes import tidied
from gongjian.lib.refusals import Refused

REPORTED = ("done", "stat_done", "arrived", "early_cost")
YEAR_AND_MONTH = r"(?:(20\d\d)\s*[年./-]?\s*)?(1[0-2]|0?[1-9])\s*月?(?:份)?"  # not shown
Changes = tuple[tuple[str, str, str], ...]
MONTH = re.compile(YEAR_AND_MONTH, re.ASCII)


@dataclass(slots=True)
class _Month:
    """What a row says of one month of one project."""

    project: Project
    month: str
    planned: Decimal | None
    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    words: str = ""
    doc_no: str = ""


def import_money(
    campaign: Campaign, entries: Sequence[Entry], *, month: str, by: User, at: datetime
) -> list[Fate]:
    """Write months: the plan by the office, what was done and arrived by who reports the project.

    Each row goes by the rules of a single act; 调度口径 and 统计口径 are two figures and none is
    taken for the other. `month` is that of a ledger without such a column. A month that was
    reported is the same, or is given back: it is corrected, not overwritten.
    """
    months = _Months(campaign, month)
    return [months.fate(entry, lambda said: _write(campaign, said, by=by, at=at))
            for entry in entries]  # fmt: skip


def try_money(
    campaign: Campaign, entries: Sequence[Entry], *, month: str, by: User, at: datetime
) -> list[Fate]:
    """What would become of each row: they are written, and taken back before anybody sees it."""
    with transaction.atomic():
        fates = import_money(campaign, entries, month=month, by=by, at=at)
        transaction.set_rollback(True)
    return fates


def _going(entries: Sequence[Entry], going: Going, write: bool) -> list[Fate]:
    act = import_money if write else try_money
    campaign = campaign_by_uid(UUID(going.into))
    return act(campaign, entries, month=going.month, by=going.by, at=going.at)


MONEY_LIST = ListKind(MONEY, rules.check_can_bring_money, _going, (MonthPlan, InvestmentMonth))
LISTS = {one.ledger.name: one for one in (UNIT_LIST, PEOPLE_LIST, TARGET_LIST, MONEY_LIST)}


class _Months:
    """Rows of months beside the register."""

    def __init__(self, campaign: Campaign, month: str) -> None:
        self._register = Register(campaign)
        self._year, self._month = campaign.year, month

    def fate(self, entry: Entry, write: Callable[[_Month], tuple[str, Changes]]) -> Fate:
        """Write a row; what became of it."""
        title = str(entry.record.get("name") or entry.record.get("code") or "")
        if entry.refused:
            return Fate.given_back(entry)
        try:
            said = self._said(entry)
            with transaction.atomic():
                outcome, changes = write(said)
        except Refused as no:
            asked = no.code == "import.which-project"
            return Fate(entry.sheet, entry.row, "asked" if asked else "refused", title, no.sentence)
        return Fate(entry.sheet, entry.row, outcome, title, changes=changes)

    def _said(self, entry: Entry) -> _Month:
        record = entry.record
        values: dict[str, Any] = {"name": record["name"] or ""}
        if record.get("code"):
            values["code"] = tidied(record["code"])
        found = self._register.find(values)
        if found.question:
            raise Refused("import.which-project", found.question)
        if found.known is None:
            raise Refused("import.no-project", _("登记册里没有这个项目。先登记，或写上项目代码。"))
        return _Month(
            project=Project.objects.select_related("township__parent", "filler", "campaign").get(
                pk=found.known.pk
            ),
            month=self._of(record.get("month") or self._month or entry.upto),
            planned=_amount(record.get("planned")),
            amounts={name: _amount(record.get(name)) for name in REPORTED},
            words=str(record.get("progress_text") or ""),
            doc_no=str(record.get("doc_no") or ""),
        )

    def _of(self, said: str) -> str:
        """2020-06 of 6月, 2020年6月, 2020.6; the month that was given where a row says none."""
        found = MONTH.fullmatch(said.strip())
        if found is None:
            raise Refused(
                "money.month", _("月份写成“年-月”，例如 2020-06；表里没有月份栏的，用 --month。")
            )
        return f"{found[1] or self._year}-{int(found[2]):02}"


def _write(campaign: Campaign, said: _Month, *, by: User, at: datetime) -> tuple[str, Changes]:
    """Plan and report one month: new, changed or same, and what it brings.

    Refused as the single acts; money.planned-otherwise.
    """
    outcomes, changes = set(), list[tuple[str, str, str]]()
    if said.planned is not None:
        outcome, stood = _plan(campaign, said, by=by, at=at)
        outcomes.add(outcome)
        if outcome != "same":
            changes.append(
                (_("%(month)s 计划投资") % {"month": said.month}, stood, _yuan(said.planned))
            )
    told = {name: amount for name, amount in said.amounts.items() if amount is not None}
    if told:
        outcome = _report(said, by=by, at=at)
        outcomes.add(outcome)
        if outcome != "same":
            labels = {name: f"{said.month} {label}" for name, label in _labels().items()}
            changes += [(labels[name], "", _yuan(amount)) for name, amount in told.items()]
    if not outcomes:
        raise Refused("money.nothing", _("一个数也没有填。确实没有发生就填 0，空着不算 0。"))
    outcome = next(name for name in ("changed", "new", "same") if name in outcomes)
    return outcome, tuple(changes)


def _plan(campaign: Campaign, said: _Month, *, by: User, at: datetime) -> tuple[str, str]:
    """What became of the planned figure, and what stood there. A unit's sheet bears the plan
    beside its own figures: as long as it is the one that stands, nobody plans anything."""
    planned = said.planned or Decimal(0)
    there = MonthPlan.objects.filter(project=said.project, month=said.month).order_by("-number")
    last = there.first()
    stood = _yuan(last.planned) if last else ""
    if last is not None and last.planned == planned:
        return "same", stood
    if not allows(KEEP_OFFICE, by):
        sentence = _(
            "“计划投资”栏写的是 %(now)s，登记的是 %(stood)s。计划由攻坚办定：这一栏改回登记的数，"
            "或不导入这一栏，完成数照样导入。"
        )
        raise Refused(
            "money.planned-otherwise",
            sentence % {"now": _yuan(planned), "stood": stood or _("还没有计划")},
        )
    plan_months([PlannedMonths(said.project, {said.month: planned})], campaign, by=by, at=at)
    return ("changed" if last else "new"), stood


def _report(said: _Month, *, by: User, at: datetime) -> str:
    """The office brings in what a unit's sheet says, to be checked by the head of that unit."""
    last = (
        InvestmentMonth.objects.filter(project=said.project, month=said.month)
        .order_by("-pk")
        .first()
    )
    if last is not None:
        stated = {name: value for name, value in said.amounts.items() if value is not None}
        if all(getattr(last, name) == value for name, value in stated.items()):
            return "same"
        raise Refused("money.known", _("这个月已经报过，数不一样。要改，请走更正或等退回。"))
    words = MonthWords(said.month, **said.amounts, words=said.words, doc_no=said.doc_no)
    if allows(KEEP_OFFICE, by):
        bring_months([(said.project, words)], by=by, at=at)
    else:
        report_month(said.project, words, by=by, at=at)
    return "new"


def _labels() -> dict[str, str]:
    return {
        "done": _("完成投资（调度）"),
        "stat_done": _("完成投资（统计）"),
        "arrived": _("到位资金"),
        "early_cost": _("前期费用"),
    }


def _yuan(amount: Decimal) -> str:
    return _("%(amount)s 万元") % {"amount": f"{amount / 10_000:,f}".rstrip("0").rstrip(".")}


def _amount(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept).quantize(Decimal("0.01"))
