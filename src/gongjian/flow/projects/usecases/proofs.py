"""What stands behind a stage: document numbers and files, looked at before they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.documents import Unreadable, classified_mark, read_document
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import Project, StageEvent, StageEvidence
from gongjian.flow.projects.queries import gates_in_force
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.files.rules import check_can_keep
from gongjian.foundation.files.usecases import keep_file
from gongjian.foundation.orgs.models import User
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A file as it came, searched for a 密级 mark before anything of it is kept."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: which the gate table asks for, and where it can be looked up."""

    proof: str
    title: str
    doc_no: str = ""
    file: ProofFile | None = None


def open_proof(project: Project, name: str, content: bytes, *, by: User, at: datetime) -> ProofFile:
    """Look at a file before it is kept; a form does this before its transaction begins.

    Refused: evidence.classified, file.*, stage.not-yours.
    """
    today = local_day(at)
    rules.check_can_report(project, by=by, day=today, today=today)
    check_can_keep(name, size=len(content))
    try:
        mark = classified_mark(read_document(name, content))
    except Unreadable:
        mark = None
    if mark:
        raise Refused(
            "evidence.classified",
            _("文件首页标有密级，已拒收，内容和文件名都没有保存。只填可公开的文号即可。"),
        )
    return ProofFile(name, content)


def keep_proofs(
    shown: Sequence[tuple[StageEvent, Sequence[Proof]]], *, by: User, at: datetime
) -> dict[int, list[StageEvidence]]:
    """Put proofs behind their events; {event: its new evidence}. Refused: evidence.unknown."""
    known = gates_in_force().proofs
    rows = []
    for event, proofs in shown:
        for proof in proofs:
            if proof.proof not in known:
                raise Refused("evidence.unknown", _("不知道这份材料证明什么，请在清单里选。"))
            rows.append(
                StageEvidence(
                    event=event,
                    proof=proof.proof,
                    title=proof.title.strip()[:120],
                    doc_no=proof.doc_no.strip()[:80],
                    file=kept_proof(proof.file, by=by, at=at),
                    added_at=at,
                )
            )
    StageEvidence.objects.bulk_create(rows)
    kept: dict[int, list[StageEvidence]] = {event.pk: [] for event, _proofs in shown}
    for row in rows:
        kept[row.event_id].append(row)
    return kept


def kept_proof(file: ProofFile | None, *, by: User, at: datetime) -> StoredFile | None:
    """A file that was looked at, put away."""
    return keep_file(file.name, file.content, by=by, at=at) if file else None
