"""A plan comes in, and is read by the worker."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.engine.extract import Findings
from gongjian.engine.extract.findings import Finding
from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Campaign, Candidate, PlanDocument
from gongjian.flow.plan.queries import (
    check_bears_no_mark,
    comparisons,
    headline,
    kept_blocks,
    kept_fields,
    open_file,
    read_file,
    rejected_before,
)
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.files.usecases import keep_file
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import leave_job, note
from gongjian.lib.pages import Document
from gongjian.lib.refusals import Refused

READ = "plan.read"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan as it came, looked at before anything of it is kept."""

    name: str
    content: bytes
    title: str


def open_plan(name: str, content: bytes, *, by: User, at: datetime) -> PlanFile:
    """Look at a plan before it is kept; a form does this before its transaction begins.

    A file with a 密级 mark leaves no trace but the fact that one was refused. What the plan holds
    is found by the worker. Refused: office.only, file.*, plan.unreadable, plan.classified.
    """
    rules.check_can_upload(by)
    rules.check_can_bring(name, size=len(content))
    opened = open_file(name, content)
    try:
        check_bears_no_mark(opened)
    except Refused:
        note("plan.refused-classified", by=by, at=at)
        raise
    return PlanFile(name, content, opened.document.title or name.rsplit(".", 1)[0])


def keep_plan(
    campaign: Campaign,
    plan: PlanFile,
    *,
    replaces: PlanDocument | None = None,
    by: User,
    at: datetime,
) -> PlanDocument:
    """Keep a plan as it came and leave its reading to the worker.

    `replaces` is the adopted plan that it is a new version of.
    Refused: plan.known, plan.not-adopted, plan.elsewhere.
    """
    rules.check_can_upload(by)
    if replaces is not None:
        rules.check_can_replace(replaces, campaign=campaign)
    try:
        with transaction.atomic():
            document = PlanDocument.objects.create(
                campaign=campaign,
                title=plan.title[:200],
                replaces=replaces,
                file=keep_file(plan.name, plan.content, by=by, at=at),
                uploaded_by=by,
                uploaded_at=at,
            )
            leave_job(READ, str(document.uid), run_at=at)
            note("plan.uploaded", document, by=by, at=at)
    except IntegrityError as twice:
        raise Refused(
            "plan.known", _("这份文件已经传过，一个字没变。请到方案列表里打开它。")
        ) from twice
    return document


def upload_plan(
    campaign: Campaign,
    name: str,
    content: bytes,
    *,
    replaces: PlanDocument | None = None,
    by: User,
    at: datetime,
) -> PlanDocument:
    """Open a plan and keep it. Refused: what open_plan and keep_plan refuse."""
    opened = open_plan(name, content, by=by, at=at)
    return keep_plan(campaign, opened, replaces=replaces, by=by, at=at)


def move_plan(
    document: PlanDocument, into: Campaign, why: str, *, version: int, by: User, at: datetime
) -> PlanDocument:
    """Put a plan that nobody adopted into another year, with the reason; its review goes on there.

    Refused: office.only, plan.stays, plan.same-year, plan.no-reason, plan.long-reason,
    plan.known-there, plan.changed.
    """
    rules.check_can_move_plan(document, into, why=why, by=by)
    source = document.campaign
    try:
        with transaction.atomic():
            still = PlanDocument.objects.filter(pk=document.pk, version=version).exclude(
                state=PlanDocument.State.ADOPTED
            )
            if not still.update(
                campaign=into,
                moved_from=source,
                moved_why=why.strip(),
                moved_by=by,
                moved_at=at,
                version=version + 1,
            ):
                raise Refused(
                    "plan.changed", _("这份方案刚被别人办过，没有移动。请刷新页面看现在的状态。")
                )
            document.refresh_from_db()
            note("plan.moved", document, by=by, at=at, facts={"from": source.year, "to": into.year})
    except IntegrityError as twice:
        raise Refused(
            "plan.known-there",
            _("%(year)s 年里已经有这份文件，一个字没变。") % {"year": into.year},
        ) from twice
    return document


def read_plan_document(uid: str, *, at: datetime) -> PlanDocument:
    """Read an uploaded plan and lay its findings out for review.

    The worker runs it; a second run finds the document read and changes nothing.
    """
    document = PlanDocument.objects.select_related("file").get(uid=uid)
    if document.state != PlanDocument.State.WAITING:
        return document
    try:
        reading = read_file(document.file.name, bytes_of(document.file))
    except Refused as trouble:
        return _give_up(document, trouble, at=at)
    return _lay_out(document, reading.document, reading.findings, at=at)


@transaction.atomic
def _give_up(document: PlanDocument, trouble: Refused, *, at: datetime) -> PlanDocument:
    document.state = PlanDocument.State.UNREADABLE
    document.trouble = str(trouble)[:300]
    document.save(update_fields=["state", "trouble"])
    note("plan.unreadable", document, by=None, at=at)
    return document


@transaction.atomic
def _lay_out(
    document: PlanDocument, read: Document, findings: Findings, *, at: datetime
) -> PlanDocument:
    waiting = PlanDocument.objects.filter(pk=document.pk, state=PlanDocument.State.WAITING)
    if not waiting.update(
        text=read.text, blocks=kept_blocks(read), state=PlanDocument.State.REVIEW
    ):
        return document  # another worker was faster
    document.refresh_from_db()
    candidates = _candidates(document, findings)
    note("plan.read", document, *candidates, by=None, at=at, facts={"found": len(candidates)})
    return document


def _candidates(document: PlanDocument, findings: Findings) -> list[Candidate]:
    """Findings in the order of the text; what stands under an action names it."""
    kinds = [
        *((Candidate.Kind.ACTION, index, found) for index, found in enumerate(findings.actions)),
        *((Candidate.Kind.TARGET, found.action, found) for found in findings.targets),
        *((Candidate.Kind.TASK, found.action, found) for found in findings.tasks),
        *((Candidate.Kind.MILESTONE, found.action, found) for found in findings.milestones),
    ]
    rank = {kind: number for number, kind in enumerate(Candidate.Kind)}
    kinds.sort(key=lambda item: (item[2].start, rank[item[0]]))
    actions: dict[int, Candidate] = {}
    laid = []
    for seq, (kind, action, found) in enumerate(kinds, start=1):
        candidate = _candidate(document, seq, kind, found)
        laid.append((candidate, action))
        if kind == Candidate.Kind.ACTION and action is not None:
            actions[action] = candidate
    Candidate.objects.bulk_create(actions.values())
    for candidate, action in laid:
        if candidate.kind != Candidate.Kind.ACTION and action is not None:
            candidate.under = actions.get(action)
    Candidate.objects.bulk_create(c for c, _a in laid if c.kind != Candidate.Kind.ACTION)
    kept = list(document.candidates.all())
    if document.replaces_id:
        _lay_beside(document, kept)
    return kept


def _lay_beside(document: PlanDocument, found: list[Candidate]) -> None:
    """Say of each finding of a new version whether the plan has it, and has it so.

    What was rejected in the version before, word for word, need not be rejected again.
    """
    rejected = rejected_before(document)
    for row in found:
        if (row.kind, headline(row.kind, row.fields)) in rejected:
            row.change = Candidate.Change.SAME  # where the plan is without it, it stays so
    twins = comparisons(document, found)
    for row in found:
        twins[row.pk].lay_on(row)
    Candidate.objects.bulk_update(found, ["change", "twin", "resembles", "stood"], batch_size=500)


def _candidate(document: PlanDocument, seq: int, kind: str, found: Finding) -> Candidate:
    fields = kept_fields(found)
    return Candidate(
        document=document,
        seq=seq,
        kind=kind,
        start=found.start,
        end=found.end,
        evidence=found.evidence,
        found=fields,
        fields=fields,
        confidence=f"{found.confidence:.3f}",
        reason=found.reason.code,
        reason_params=dict(found.reason.params),
    )
