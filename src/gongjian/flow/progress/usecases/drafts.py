"""Filling a report: the figure, the words, and what stands behind them."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongjian.documents import Unreadable, classified_mark, read_document
from gongjian.flow.plan.models import Milestone, Task
from gongjian.flow.progress import rules
from gongjian.flow.progress.models import Period, Report, ReportEvidence
from gongjian.flow.progress.queries import counted_for, hold_period, missing_for, sides_of_report
from gongjian.foundation.acceptance.rules import check_can_fill
from gongjian.foundation.files.rules import check_can_keep
from gongjian.foundation.files.usecases import keep_file
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Conflict, Refused


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: the cumulative figure in base units (None: nothing), and the words."""

    value: Decimal | None = None
    words: str = ""
    risk: str = ""
    measures: str = ""
    done_on: date | None = None

    @classmethod
    def of(cls, report: Report) -> Self:
        """What stands in a report."""
        return cls(
            value=report.value,
            words=report.words,
            risk=report.risk,
            measures=report.measures,
            done_on=report.done_on,
        )


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file as it came, searched for a 密级 mark before anything of it is kept."""

    name: str
    content: bytes


@transaction.atomic
def begin_report(subject: Task | Milestone, period: Period, *, by: User, at: datetime) -> Report:
    """Begin a report in words on a task or milestone, by a reporter of the unit that leads it.

    Refused: report.no-lead, .not-yours, .not-a-reporter, .five, .frozen, .known.
    """
    if by.unit is None:
        raise Refused("report.no-unit", _("你的账号没有所属单位，不能填报。"))
    kind = "task" if isinstance(subject, Task) else "milestone"
    report = Report(period=period, unit=by.unit, **{kind: subject})
    hold_period(report)
    rules.check_is_open(report, at=at)
    sides = sides_of_report(report)
    rules.check_has_a_lead(sides)
    check_can_fill(report, by=by, sides=sides)
    rules.check_five_are_set(missing_for(subject, on=period.duty_day))
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused("report.known", _("这一期已经有人开始填了，请在待办里打开。")) from twice
    note("report.begun", report, by=by, at=at)
    return report


@transaction.atomic
def save_draft(report: Report, draft: Draft, *, version: int, by: User, at: datetime) -> Report:
    """Keep what was typed; a figure that is counted from the projects takes its place.

    Refused: report.not-yours, .not-open, .frozen, .counted; Conflict: report.changed.

    A page filled from an older version is answered with both texts; nothing is overwritten. What
    stands there already word for word is no conflict: a draft saved twice is saved.
    """
    hold_period(report)
    rules.check_can_save(report, by=by, sides=sides_of_report(report), at=at)
    counted = counted_for(report, known_at=at)
    if counted is not None:
        rules.check_is_as_counted(draft.value, counted=counted.value)
        draft = replace(draft, value=counted.value)
    if version < report.version and Draft.of(report) == _bare(draft):
        return report
    still = Report.objects.filter(pk=report.pk, version=version, state=report.state)
    changed = still.update(**asdict(_bare(draft)), version=version + 1)
    if not changed:
        raise _conflict(report, draft)
    report.refresh_from_db()
    note("report.saved", report, by=by, at=at)
    return report


def open_evidence(
    report: Report, name: str, content: bytes, *, by: User, at: datetime
) -> EvidenceFile:
    """Look at a file before it is kept; a form does this before its transaction begins.

    To open a file may take seconds, and a transaction holds up everyone who writes meanwhile.
    One whose first page bears a 密级 mark is refused: evidence.classified, file.*, report.*.
    """
    rules.check_can_save(report, by=by, sides=sides_of_report(report), at=at)
    check_can_keep(name, size=len(content))
    rules.check_bears_no_mark(mark=_mark_of(name, content))
    return EvidenceFile(name, content)


@transaction.atomic
def add_evidence(
    report: Report,
    *,
    doc_no: str = "",
    title: str = "",
    file: EvidenceFile | None = None,
    by: User,
    at: datetime,
) -> ReportEvidence:
    """Put a document number or a file behind a report. Refused: evidence.*, file.*, report.*.

    A report that went a step on since it was read is report.changed; otherwise it counts a version
    further.
    """
    rules.check_can_save(report, by=by, sides=sides_of_report(report), at=at)
    rules.check_evidence(doc_no=doc_no, title=title, has_file=file is not None)
    hold_period(report)
    rules.check_is_open(report, at=at)
    _move_on(report)
    stored = keep_file(file.name, file.content, by=by, at=at) if file else None
    evidence = ReportEvidence.objects.create(
        report=report,
        doc_no=doc_no.strip()[:80],
        title=title.strip()[:120],
        file=stored,
        added_at=at,
    )
    note("evidence.added", evidence, report, by=by, at=at)
    return evidence


@transaction.atomic
def remove_evidence(evidence: ReportEvidence, *, by: User, at: datetime) -> None:
    """Take evidence off a report that is still open; the file stays in the store.

    Refused: report.*, and report.changed where the report went a step on since it was read.
    """
    report = evidence.report
    hold_period(report)
    rules.check_can_save(report, by=by, sides=sides_of_report(report), at=at)
    _move_on(report)
    note("evidence.removed", report, removed=[evidence], by=by, at=at)
    evidence.delete()


def _move_on(report: Report) -> None:
    """Count the report a version further, only if it is still at the step where it was read.

    Words saved meanwhile are no reason to refuse: the form beside saves itself as one types.
    """
    still = Report.objects.filter(pk=report.pk, state=report.state)
    if not still.update(version=F("version") + 1):
        raise Refused("report.changed", _("这份进度刚被改过或已经报送，佐证没有动。请刷新后再看。"))
    report.refresh_from_db()


def _mark_of(name: str, content: bytes) -> str | None:
    """The 密级 mark of a file; None too for what gives no text: a picture, a scan, a locked PDF."""
    try:
        return classified_mark(read_document(name, content))
    except Unreadable:
        return None


def _bare(draft: Draft) -> Draft:
    """What is kept of a draft: its words without the space around them."""
    return replace(
        draft,
        words=draft.words.strip(),
        risk=draft.risk.strip(),
        measures=draft.measures.strip(),
    )


def _conflict(report: Report, draft: Draft) -> Conflict:
    theirs = Report.objects.select_related("target").get(pk=report.pk)

    def shown(value: Decimal | None) -> str:
        if value is None:
            return _("未填")
        factor = theirs.target.factor if theirs.target else Decimal(1)
        return f"{(value / factor).normalize():f}"

    labels = {"words": _("进展"), "risk": _("存在问题"), "measures": _("下步打算")}
    return Conflict(
        "report.changed",
        _("这份进度在你打开之后被改过。你填的还在下面，没有覆盖别人的，也没有丢。"),
        mine={_("累计完成数"): shown(draft.value)}
        | {label: getattr(draft, name) for name, label in labels.items()},
        theirs={_("累计完成数"): shown(theirs.value)}
        | {label: getattr(theirs, name) for name, label in labels.items()},
    )
