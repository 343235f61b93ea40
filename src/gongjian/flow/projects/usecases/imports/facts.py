"""What a ledger says happened: actual dates, money of the year, how far the site has come."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from gongjian.engine.calendar import last_day
from gongjian.flow.plan.models import Campaign, Precision
from gongjian.flow.projects.models import (
    InvestmentMonth,
    ProgressText,
    Project,
    StageEvent,
)
from gongjian.flow.projects.queries import (
    Happened,
    day_of,
    known_facts,
    month_of,
    stage_label,
)
from gongjian.flow.projects.rules import check_can_take_back
from gongjian.flow.projects.usecases.facts import (
    ToldStage,
    ToldText,
    bring_months,
    bring_stages,
    check_told_month,
    check_told_stage,
    keep_progress_texts,
    take_back_facts,
)
from gongjian.flow.projects.usecases.imports.beside import (
    Pairs,
    UndonePairs,
    all_or_each,
    drop_cell,
)
from gongjian.flow.projects.usecases.imports.weighed import Weighed
from gongjian.flow.projects.usecases.money import MonthWords
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import ImportRow, Kept
from gongjian.foundation.records.queries.ledgers import month_told
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from gongjian.lib.rounding import written

STAGES = {"actual_start": "started", "actual_finish": "completed"}
STAGE_AND_DAY = re.compile(r"(.+?)(?:（\d{4}年\d{1,2}月(?:\d{1,2}日)?）)?")  # not shown
MONEY, TEXT = "year_done_investment", "progress_text"
EXACT = (Precision.DAY, Precision.TEN_DAY, Precision.MONTH)
STATISTICS = ("统计", "入统", "入库", "固投", "固定资产投资")  # not shown
TABLES: dict[str, type[Kept]] = {
    **dict.fromkeys(STAGES, StageEvent),
    MONEY: InvestmentMonth,
    TEXT: ProgressText,
}
LONGEST_PAPER = 80
ZERO = Decimal(0)
Told = TypeVar("Told")


class FactsJudge:
    """Weighs what happened against what is known; a row is never taken for a correction."""

    def __init__(self, campaign: Campaign, *, at: datetime) -> None:
        self._of_key = known_facts(campaign, known_at=at)
        self._of: dict[int, Happened] = {}  # by what is known of a project, new ones among them
        self._at, self._today = at, local_day(at)
        self._year = campaign.year

    def weigh(self, weighed: Weighed) -> None:
        facts = self._facts(weighed)
        project = _as_written(weighed)
        way = dict(facts.way)
        for column, stage in STAGES.items():
            said = weighed.entry.record.get(column)
            if said:
                self._stage(weighed, project, column, (stage, said), (facts, way))
        self._money(weighed, project, facts, way)
        self._text(weighed, facts)

    def _facts(self, weighed: Weighed) -> Happened:
        known = weighed.known
        if known is None:
            return Happened()
        found = self._of.get(id(known))
        if found is None:
            found = self._of[id(known)] = self._of_key.get(known.pk) or Happened()
        return found

    def _stage(
        self,
        weighed: Weighed,
        project: Project,
        column: str,
        told: tuple[str, str],
        known: tuple[Happened, dict[str, date]],
    ) -> None:
        (stage, said), (facts, way) = told, known
        last, precision = day_of(said)
        first = _first_of(last, precision)
        there = way.get(stage)
        if there is not None and first <= there <= last:
            return None
        if there is not None:
            why = _("登记的是 %(day)s，不一样；要改走更正。") % {"day": there.isoformat()}
            return drop_cell(weighed, column, why)
        if precision not in EXACT:
            return drop_cell(weighed, column, _("只写到年、季，要有年月日，至少到月。"))
        if any(of == stage and first <= day <= last for of, day in facts.returned):
            return drop_cell(weighed, column, _("这个日期报过，被退回了；由填报单位补齐再报。"))
        day = min(last, self._today) if first <= self._today else last
        try:
            check_told_stage(ToldStage(project, stage, day, ""), way, at=self._at)
        except Refused as no:
            return drop_cell(weighed, column, no.sentence)
        way[stage] = day
        rough = "" if precision == Precision.DAY else f" {precision}"
        weighed.old[column], weighed.new[column] = "", f"{day.isoformat()}{rough}"
        return None

    def _money(
        self, weighed: Weighed, project: Project, facts: Happened, way: dict[str, date]
    ) -> None:
        entry, said = weighed.entry, weighed.entry.record.get(MONEY)
        if said is None or entry.year not in (None, self._year):
            return None
        head = entry.heads.get(MONEY, "")
        figure = "stat_done" if any(word in head for word in STATISTICS) else "done"
        amount, known = Decimal(said), facts.known.get(figure)
        if amount in (facts.accepted.get(figure), known):
            return None
        month, rest = self._month(weighed), amount - (known or ZERO)
        reported = {"known": written((known or ZERO) / 10_000), "month": month}
        if rest < 0:
            why = _("比已报的 %(known)s 万元少；要改走更正。") % reported
            return drop_cell(weighed, MONEY, why)
        if month in facts.months:
            why = _("%(month)s 已经报过，累计 %(known)s 万元，不一样；要改走更正。") % reported
            return drop_cell(weighed, MONEY, why)
        words = _figure(month, figure, rest)
        try:
            check_told_month(project, words, way, at=self._at)
        except Refused as no:
            return drop_cell(weighed, MONEY, no.sentence)
        weighed.old[MONEY] = "" if known is None else f"{known:.2f}"
        weighed.new[MONEY] = f"{amount:.2f} {month} {figure} {rest:.2f}"
        return None

    def _month(self, weighed: Weighed) -> str:
        """The month the figure counts up to: as the ledger says, else that of today."""
        now = month_of(self._today)
        told = month_told(weighed.entry, MONEY)
        if told.startswith(f"{self._year}-"):
            return min(told, now)
        return min(now, f"{self._year}-12")

    def _text(self, weighed: Weighed, facts: Happened) -> None:
        said = str(weighed.entry.record.get(TEXT) or "").strip()
        if not said or "".join(said.split()) == "".join(facts.words.split()):
            return
        alone = STAGE_AND_DAY.fullmatch(said)
        if alone and alone[1] in map(stage_label, facts.way):
            return  # the name of a stage that is known, as our own tables print it
        told = month_told(weighed.entry, TEXT)
        year = weighed.entry.year
        day = last_day(told) if told else self._today
        if not told and year is not None and year < self._today.year:
            day = date(year, 12, 31)
        weighed.old[TEXT] = facts.words
        weighed.new[TEXT] = f"{min(day, self._today).isoformat()} {said}"

    def keep(self, weighed: Weighed) -> None:
        known = weighed.known
        told = [name for name in TABLES if name in weighed.new]
        if known is None or not told:
            return
        facts = self._facts(weighed)
        for column, stage in STAGES.items():
            if column in told:
                facts.way[stage] = date.fromisoformat(weighed.new[column][:10])
        if MONEY in told:
            amount, month, figure, _rest = weighed.new[MONEY].split(" ")
            facts.known[figure] = Decimal(amount)
            facts.months.add(month)
        if TEXT in told:
            facts.words = weighed.new[TEXT].partition(" ")[2]

    def write(self, rows: Pairs, why: str, *, by: User, at: datetime) -> None:
        for column, stage in STAGES.items():  # one after the other: a finish stands on its start
            stages = [
                (weighed, _stage_told(project, stage, weighed.new[column], why))
                for weighed, project in rows
                if column in weighed.new
            ]
            _bring(column, stages, lambda told: bring_stages(told, by=by, at=at))
        months = [
            (weighed, (project, _month_words(weighed.new[MONEY], why)))
            for weighed, project in rows
            if MONEY in weighed.new
        ]
        _bring(MONEY, months, lambda told: bring_months(told, by=by, at=at))
        texts = []
        for weighed, project in rows:
            if TEXT in weighed.new:
                day, _space, words = weighed.new[TEXT].partition(" ")
                texts.append((weighed, ToldText(project, date.fromisoformat(day), words)))
        _bring(TEXT, texts, lambda told: keep_progress_texts(told, by=by, at=at))

    def asked(self) -> list[dict[str, Any]]:
        return []


class FactsBeside:
    """What happened, as this room keeps it."""

    def judge(self, campaign: Campaign, said: Mapping[str, str], *, at: datetime) -> FactsJudge:  # noqa: ARG002
        return FactsJudge(campaign, at=at)

    def made(self, rows: Iterable[ImportRow]) -> dict[type[Kept], set[int]]:
        found: dict[type[Kept], set[int]] = {}
        for of in _made_by(rows).values():
            for one in of:
                found.setdefault(type(one), set()).add(one.pk)
        return found

    def why_left(self, rows: UndonePairs) -> dict[int, str]:
        left = {}
        for key, of in _made_by(row for row, _project in rows).items():
            try:
                for one in of:
                    check_can_take_back(one)
            except Refused as no:
                left[key] = no.sentence
        return left

    def take_back(self, rows: UndonePairs, why: str, *, by: User, at: datetime) -> None:  # noqa: ARG002
        made = _made_by(row for row, _project in rows)
        take_back_facts([one for of in made.values() for one in of], by=by, at=at)


FACTS = FactsBeside()


def _made_by(rows: Iterable[ImportRow]) -> dict[int, list[Kept]]:
    """By key of the row, what was written for it and is there still. A query a table."""
    wanted: dict[type[Kept], dict[str, int]] = {model: {} for model in TABLES.values()}
    for row in rows:
        for column, model in TABLES.items():
            if uid := row.made.get(column):
                wanted[model][uid] = row.pk
    found: dict[int, list[Kept]] = {}
    for model, of in wanted.items():
        for one in model._default_manager.filter(uid__in=list(of)) if of else ():
            found.setdefault(of[str(one.uid)], []).append(one)
    return found


def _as_written(weighed: Weighed) -> Project:
    """A project as the row leaves it, as far as a rule looks at it."""
    known, values = weighed.known, weighed.values
    if known is None or known.project is None:
        return Project(name=weighed.title, township=values.get("township"))
    project = known.project
    if "township" not in values or project.township_id == values["township"].pk:
        return project
    held = Project(pk=project.pk, name=weighed.title, track=project.track,
                   standing=project.standing, township=values["township"])  # fmt: skip
    held.filler = project.filler
    return held


def _first_of(last: date, precision: str) -> date:
    """The first day of a span that is known by its last."""
    if precision == Precision.DAY:
        return last
    if precision == Precision.TEN_DAY:
        return last.replace(day=min((last.day - 1) // 10, 2) * 10 + 1)
    months = {Precision.MONTH.value: 0, Precision.QUARTER.value: 2, Precision.HALF.value: 5,
              Precision.YEAR.value: 11}[precision]  # fmt: skip
    return date(last.year, last.month - months, 1)


def _bring(
    column: str,
    told: Sequence[tuple[Weighed, Told]],
    bring: Callable[[list[Told]], Sequence[Kept]],
) -> None:
    """Write the cells of a column, and know which row was written for each."""

    def write(some: Sequence[tuple[Weighed, Told]]) -> None:
        made = bring([one for _weighed, one in some])
        for (weighed, _one), row in zip(some, made, strict=True):
            weighed.made[column] = str(row.uid)

    def refuse(pair: tuple[Weighed, Told], no: Refused) -> None:
        drop_cell(pair[0], column, no.sentence)

    all_or_each(told, write, refuse)


def _stage_told(project: Project, stage: str, kept: str, why: str) -> ToldStage:
    """The stage that is entered; a day that the ledger does not give exactly says so."""
    if len(kept) > 10:
        why = _("%(why)s，台账没有写到日") % {"why": why}
    return ToldStage(project, stage, date.fromisoformat(kept[:10]), why)


def _month_words(kept: str, why: str) -> MonthWords:
    _amount, month, figure, rest = kept.split(" ")
    return replace(_figure(month, figure, Decimal(rest)), doc_no=why[:LONGEST_PAPER])


def _figure(month: str, figure: str, amount: Decimal) -> MonthWords:
    """One of the two figures of what was done: 统计口径 or 调度口径."""
    if figure == "stat_done":
        return MonthWords(month, stat_done=amount)
    return MonthWords(month, done=amount)
