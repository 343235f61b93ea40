"""What would become of each row of a ledger; trying and writing ask the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.queries import (
    DATE_COLUMNS,
    Known,
    Register,
    Taken,
    Townships,
    differences,
    kept_as,
    taken_of,
    townships,
)
from gongjian.flow.projects.usecases.imports.beside import Beside, CellJudge
from gongjian.flow.projects.usecases.imports.facts import FACTS
from gongjian.flow.projects.usecases.imports.weighed import Weighed
from gongjian.flow.projects.usecases.register import ProjectWords, YearWords
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.queries import DOUBTFUL, OUTCOMES, TAKEN
from gongjian.foundation.records.queries.ledgers import Entry, LedgerReading
from gongjian.foundation.records.usecases import NEW
from gongjian.lib.days import local_day
from gongjian.lib.project_codes import tidied
from gongjian.lib.refusals import Refused

WORDS = frozenset(field.name for field in fields(ProjectWords))
OF_ITS_YEAR = ("plan_class", "plan_investment")
SUMS = ("total_investment", "plan_investment")
MOST_ABSENT = 20
SKIP = "skip"  # may be said of a row, beside NEW; else the uid of its project


class Judge:
    """Weighs rows against the register as it was when it was opened and as the file leaves it."""

    def __init__(
        self,
        campaign: Campaign,
        *,
        on: date,
        said: Mapping[str, str] | None = None,
        touched: Mapping[UUID, int] | None = None,
        beside: Sequence[CellJudge] = (),
    ) -> None:
        self.register = Register(campaign)
        self.beside = beside
        self._year = campaign.year
        self.other_years: set[int] = set()
        self._townships = Townships(townships(on=on))
        self._said = said or {}
        for uid, row in (touched or {}).items():
            if uid in self.register.by_uid:
                self.register.by_uid[uid].row = row

    def weigh(self, entry: Entry) -> Weighed:
        """What becomes of a row. A row that is the same, or is not taken, changes nothing."""
        if entry.refused:
            return Weighed(entry, "refused", reason=entry.refused)
        taken = taken_of(entry.record, self._townships)
        self._drop_other_years(entry, taken)
        title = taken.values.get("name", "")
        weighed = Weighed(entry, "new", title, values=taken.values, notes=taken.notes)
        if taken.refused:
            weighed.refuse(taken.refused)
        elif not title:
            weighed.outcome = "asked"
            weighed.reason = _("项目名称是哪一栏还没有答，这一行没有取。")
        else:
            self._match(weighed, taken)
        return weighed

    def _drop_other_years(self, entry: Entry, taken: Taken) -> None:
        """What a ledger of another year plans is no plan of this one."""
        if entry.year in (None, self._year):
            return
        for column in OF_ITS_YEAR:
            if taken.values.pop(column, None) is not None:
                self.other_years.add(entry.year or 0)
        if entry.record.get("year_done_investment") is not None:
            self.other_years.add(entry.year or 0)

    def _match(self, weighed: Weighed, taken: Taken) -> None:
        entry, values = weighed.entry, taken.values
        said = self._said.get(f"{entry.sheet}!{entry.row}") or self._said.get(str(entry.row), "")
        if said == SKIP:
            return weighed.refuse(_("答了“不导入”，这一行没有取。"))
        known = self._said_project(said)
        if known is None and said != NEW:
            found = self.register.find(values)
            weighed.by, weighed.among = found.by, found.among
            if found.question:
                return weighed.ask(found.question)
            known = found.known
        weighed.known = known
        if known is None:
            weighed.new = {name: kept_as(value) for name, value in values.items()}
        else:
            self._compare(weighed, known)
        if weighed.outcome in ("new", "changed"):
            self._check(weighed)
        if weighed.outcome in ("new", "changed", "same"):
            self._weigh_beside(weighed)
        return None

    def _weigh_beside(self, weighed: Weighed) -> None:
        """What the row says of happenings, duties and leaders, which other tables keep."""
        before = len(weighed.new)
        for judge in self.beside:
            judge.weigh(weighed)
        known = weighed.known
        if len(weighed.new) > before and known is not None and known.row:
            weighed.ask(_differs(known.row))
        elif weighed.outcome == "same" and weighed.new:
            weighed.outcome = "changed"

    def _said_project(self, said: str) -> Known | None:
        """The project that was named, by its uid or by its code."""
        try:
            return self.register.by_uid.get(UUID(said))
        except ValueError:
            return self.register.coded(tidied(said))

    def _compare(self, weighed: Weighed, known: Known) -> None:
        found = differences(known, weighed.values)
        if found and known.row:
            weighed.ask(_differs(known.row))
            return
        weighed.outcome = "changed" if found else "same"
        weighed.old = {column: old for column, (old, _new) in found.items()}
        weighed.new = {column: new for column, (_old, new) in found.items()}

    def _check(self, weighed: Weighed) -> None:
        """The rules that a single act is under."""
        try:
            _whole(weighed).checked(year_of(weighed))
        except Refused as no:
            weighed.refuse(no.sentence)

    def keep(self, weighed: Weighed) -> None:
        """Know what a row brings or changes, for the rows below it."""
        row = weighed.entry.row
        if weighed.outcome == "new":
            weighed.known = self.register.bring(weighed.values, row)
        elif weighed.outcome in ("changed", "same") and weighed.known is not None:
            changed = {name: weighed.values[name] for name in weighed.register_columns}
            self.register.change(weighed.known, changed, row)
        if weighed.outcome in ("new", "changed"):
            for judge in self.beside:
                judge.keep(weighed)

    def forget_unwritten(self) -> None:
        """After a batch is written: what was to be brought and was refused is not there."""
        self.register.forget_unwritten()


def words_said(weighed: Weighed) -> dict[str, Any]:
    """What a row says anew of its project: what it leaves open, stays."""
    return _in_words({name: weighed.values[name] for name in weighed.register_columns})


def _differs(row: int) -> str:
    return _("和第 %(row)s 行是同一个项目，写的不一样。留一行，或改成两个名称。") % {"row": row}


def _whole(weighed: Weighed) -> ProjectWords:
    before = weighed.known.values if weighed.known is not None else {}
    return ProjectWords(**_in_words({**before, **weighed.values}))


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in values.items():
        if name in DATE_COLUMNS:
            said[name], said[f"{name}_precision"] = value or (None, "")
        elif name in WORDS:
            said[name] = value
    return said


def year_of(weighed: Weighed) -> YearWords:
    """What the year's plan says once a row is written."""
    before = weighed.known.values if weighed.known is not None else {}
    said = {**before, **weighed.values}
    return YearWords(
        plan_class=said.get("plan_class") or "",
        plan_investment=said.get("plan_investment"),
        done_before=said.get("done_before"),
    )


def weigh_ledger(
    reading: LedgerReading,
    campaign: Campaign,
    *,
    by: User | None,
    at: datetime,
    said: Mapping[str, str] | None = None,
    beside: Sequence[Beside] = (FACTS,),
) -> tuple[Iterator[Weighed], "Counts"]:
    """Go through a ledger and say what would become of each row; nothing is written.

    `by` None is who holds the machine. Refused: office.only; import.unreadable, where the file
    breaks late.
    """
    if by is not None:
        rules.check_can_keep_project(by)
    judges = [one.judge(campaign, said or {}, at=at) for one in beside]
    judge = Judge(campaign, on=local_day(at), said=said, beside=judges)
    counts = Counts(judge)
    return _weighed(reading.entries(), judge, counts), counts


class Counts:
    """How many rows went where, by sheet."""

    def __init__(self, judge: Judge) -> None:
        register = judge.register
        self.by_sheet: dict[str, Counter[str]] = {}
        self.columns: Counter[str] = Counter()
        self.added = dict.fromkeys(SUMS, Decimal(0))
        self.judge = judge
        self.register = register
        self.registered = len(register.by_uid)

    def count(self, weighed: Weighed) -> None:
        counter = self.by_sheet.setdefault(weighed.entry.sheet, Counter())
        counter[weighed.outcome] += 1
        counter[DOUBTFUL] += bool(weighed.outcome in TAKEN and weighed.waiting)
        if weighed.outcome == "changed":
            self.columns.update(list(weighed.new))
        if weighed.outcome in ("new", "changed"):
            self._add(weighed)

    def _add(self, weighed: Weighed) -> None:
        """How much more, or less, the sums come to with a row."""
        before = weighed.known.values if weighed.known is not None else {}
        for name in SUMS:
            if name in weighed.new:
                self.added[name] += (weighed.values.get(name) or 0) - (before.get(name) or 0)

    def effects(self) -> dict[str, Any]:
        """What writing would come to: values changed by column, 元 added, projects absent."""
        absent = [one for one in self.register.by_uid.values() if one.pk and not one.row]
        return {
            "columns": dict(self.columns),
            "added": {name: str(amount) for name, amount in self.added.items() if amount},
            "registered": self.registered,
            "absent": len(absent),
            "names": [name for judge in self.judge.beside for name in judge.asked()],
            "other_years": sorted(self.judge.other_years),
            "absent_names": [[str(one.uid), one.values["name"]] for one in absent[:MOST_ABSENT]],
        }

    def of_sheets(self, not_rows: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """By sheet: the rows in, and where they went; every row is in it."""
        found = {}
        for sheet, others in not_rows.items():
            counter = self.by_sheet.get(sheet, Counter())
            counts = {name: counter[name] for name in OUTCOMES}
            rows = sum(counts.values()) + others
            found[sheet] = {**counts, "not_rows": others, "rows_in": rows,
                            DOUBTFUL: counter[DOUBTFUL]}  # fmt: skip
        return found

    def totals(self, not_rows: Mapping[str, int]) -> dict[str, int]:
        """Of all sheets together."""
        whole: Counter[str] = Counter()
        for counts in self.of_sheets(not_rows).values():
            whole.update(counts)
        names = (*OUTCOMES, "not_rows", "rows_in", DOUBTFUL)
        return {name: whole[name] for name in names}


def _weighed(entries: Iterable[Entry], judge: Judge, counts: Counts) -> Iterator[Weighed]:
    for entry in entries:
        weighed = judge.weigh(entry)
        counts.count(weighed)
        yield weighed
        judge.keep(weighed)
