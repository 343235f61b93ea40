"""What each kind of ledger does on the command line: tried, or written."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from django.utils.translation import gettext as _

from gongjian.flow.duties.usecases import bring_project_ledger, import_projects, weigh_ledger
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import answers_from, read_ledger
from gongjian.flow.projects.usecases import LISTS, start_project_import
from gongjian.foundation.files.usecases import MONTH, bring_list, import_list, start_list
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.queries import GIVEN_BACK, OUTCOMES, import_rows
from gongjian.foundation.records.queries.ledgers import (
    Fate,
    Going,
    LedgerReading,
    ListKind,
    open_ledger,
    rows_answered,
)
from gongjian.foundation.records.queries.ledgers import answers_from as answers_for
from gongjian.foundation.records.usecases import Said, stop_import
from gongjian.interfaces.request import now, today
from gongjian.lib.refusals import Refused

OF_A_CAMPAIGN = ("targets", "money")
Take = Callable[[Iterator[dict[str, Any]]], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What was typed beside the file."""

    name: str
    by: str = ""
    maps: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    sheet: str | None = None
    month: str = ""


class Stopped(Exception):
    """Somebody stopped the writing; what is written stays."""

    def __init__(self, run: str, rows: int) -> None:
        super().__init__(run)
        self.run, self.rows = run, rows


class Noun(Protocol):
    """One kind of ledger."""

    def tried(
        self, options: Options, file: BinaryIO, take: Take, *, against: bool
    ) -> dict[str, Any]:
        """The report of a trial; `take` goes through the rows, `against` what is kept."""

    def kept(self, options: Options, content: bytes) -> dict[str, Any]:
        """Write the file; the report says where each row went."""


class Projects:
    """A ledger of projects."""

    def tried(
        self, options: Options, file: BinaryIO, take: Take, *, against: bool
    ) -> dict[str, Any]:
        columns, said = rows_answered(options.says)
        answers = answers_from(options.maps, columns)
        reading = read_ledger(options.name, file, answers, sheet=options.sheet)
        campaign = campaign_in_force(today()) if against else None
        if campaign is None:
            take(reading.rows())
            return reading.report()
        by = account(options.by, on=today()) if options.by else None
        weighed, counts = weigh_ledger(reading, campaign, by=by, at=now(), said=said)
        given_back: list[dict[str, Any]] = []

        def rows() -> Iterator[dict[str, Any]]:
            for one in weighed:
                if one.outcome in GIVEN_BACK and not one.entry.refused:
                    given_back.append(_given_back(one.entry.sheet, one.entry.row, one.reason))
                if one.entry.record:
                    yield one.entry.record

        take(rows())
        report = reading.report()
        of_sheets = counts.of_sheets(reading.not_rows())
        for sheet in report["sheets"]:
            sheet |= _counts(of_sheets.get(sheet["name"], {}))
        totals = counts.totals(reading.not_rows())
        return report | {"totals": totals, "given_back": given_back}

    def kept(self, options: Options, content: bytes) -> dict[str, Any]:
        by = account(options.by, on=today())
        columns, rows = rows_answered(options.says)
        answers = answers_from(options.maps, columns)
        sheets = (options.sheet,) if options.sheet else ()
        said = Said(sheets, answers.maps, answers.says, rows)
        run = bring_project_ledger(
            _campaign(), options.name, content, by=by, at=now(), said=said, soon=True
        )
        if run.state == run.State.BROKEN:
            raise Refused("import.unreadable", run.reason)
        if run.totals["new"] or run.totals["changed"]:
            run = start_project_import(run, version=run.version, by=by, at=now())
            try:
                run = import_projects(str(run.uid), at=now())
            except KeyboardInterrupt:
                run = stop_import(run, by=by, at=now())
                raise Stopped(str(run.uid), run.position) from None
        return _report(run)


def _report(run: ImportRun) -> dict[str, Any]:
    """What became of the file, with every row that was given back."""
    report: dict[str, Any] = {**run.report, "totals": run.totals, "run": str(run.uid)}
    given: dict[str, list[dict[str, Any]]] = {outcome: [] for outcome in GIVEN_BACK}
    if run.state == run.State.DONE:
        for row in import_rows(run):
            if row.outcome in given:
                given[row.outcome].append(_given_back(row.sheet, row.row, row.reason))
    else:
        for kept in run.preview:
            if kept["outcome"] in given:
                line = _given_back(kept["sheet"], kept["row"], kept["reason"])
                given[kept["outcome"]].append(line)
    for sheet in report["sheets"]:
        sheet |= _counts(report["counts"].get(sheet["name"], {}))
        sheet["refused"] = [
            {"row": line["row"], "reason": line["reason"]}
            for line in given["refused"]
            if line["sheet"] == sheet["name"]
        ]
        del sheet["shown"], sheet["groups"]
    del report["counts"], report["effects"]
    report.pop("wrote", None)
    return report | {"given_back": given["asked"]}


def _counts(of_sheet: dict[str, int]) -> dict[str, Any]:
    """The counts of a sheet beside its lists of what was refused and asked."""
    plain = {name: of_sheet.get(name, 0) for name in ("new", "changed", "same", "rows_in")}
    return {**plain, "counts": of_sheet} if of_sheet else {}


def _given_back(sheet: str, row: int, reason: str) -> dict[str, Any]:
    return {"sheet": sheet, "row": row, "reason": reason}


def _campaign() -> Campaign:
    campaign = campaign_in_force(today())
    if campaign is None:
        raise Refused("import.no-campaign", _("还没有攻坚年。先建攻坚年，再导入台账。"))
    return campaign


class Lists:
    """A list that is written whole: units, people, targets, months."""

    def __init__(self, kind: ListKind) -> None:
        self._kind = kind

    def tried(
        self, options: Options, file: BinaryIO, take: Take, *, against: bool
    ) -> dict[str, Any]:
        kind = self._kind.ledger
        answers = answers_for(kind, options.maps, options.says)
        reading = open_ledger(kind, options.name, file, answers, sheet=options.sheet)
        if not against or not options.by:
            take(reading.rows())
            return reading.report()
        entries = list(reading.entries())
        take(entry.record for entry in entries if entry.record)
        by = account(options.by, on=today())
        self._kind.check(by)
        going = Going(self._into(), by, now(), options.month)
        return _of_fates(reading, self._kind.fates(entries, going, False))

    def kept(self, options: Options, content: bytes) -> dict[str, Any]:
        by = account(options.by, on=today())
        answers = answers_for(self._kind.ledger, options.maps, options.says)
        sheets = (options.sheet,) if options.sheet else ()
        rows = {MONTH: options.month} if options.month else {}
        said = Said(sheets, answers.maps, answers.says, rows)
        kind, name = self._kind, options.name
        run = bring_list(kind, self._into(), name, content, by=by, at=now(), said=said)
        if run.state == run.State.BROKEN:
            raise Refused("import.unreadable", run.reason)
        if run.totals["new"] or run.totals["changed"]:
            run = start_list(kind, run, version=run.version, by=by, at=now())
            run = import_list(kind, str(run.uid), at=now())
        return _report(run)

    def _into(self) -> str:
        return str(_campaign().uid) if self._kind.ledger.name in OF_A_CAMPAIGN else ""


def _of_fates(reading: LedgerReading, fates: list[Fate]) -> dict[str, Any]:
    """The report with where each row went, by sheet and in all."""
    report, not_rows = reading.report(), reading.not_rows()
    totals: Counter[str] = Counter()
    for sheet in report["sheets"]:
        mine = [fate for fate in fates if fate.sheet == sheet["name"]]
        counts = Counter(fate.outcome for fate in mine)
        others = not_rows.get(sheet["name"], 0)
        of_sheet = {name: counts[name] for name in OUTCOMES}
        of_sheet |= {"not_rows": others, "rows_in": len(mine) + others}
        totals.update(of_sheet)
        sheet |= _counts(of_sheet)
        sheet["refused"] = [
            {"row": fate.row, "reason": fate.reason} for fate in mine if fate.outcome == "refused"
        ]
    asked = [fate for fate in fates if fate.outcome == "asked"]
    names = (*OUTCOMES, "not_rows", "rows_in")
    return report | {
        "totals": {name: totals[name] for name in names},
        "given_back": [_given_back(fate.sheet, fate.row, fate.reason) for fate in asked],
    }


NOUNS: dict[str, Noun] = {
    "projects": Projects(),
    **{name: Lists(kind) for name, kind in LISTS.items()},
}
