"""What a plan file would give, without keeping anything."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from gongjian.documents import Limits, Unreadable, classified_mark, read_document
from gongjian.engine.extract import (
    Findings,
    as_record,
    explain_plan,
    read_plan,
    untaken_as_record,
)
from gongjian.flow.plan.queries.phrases import (
    phrase_left_out,
    phrase_reason,
    phrase_untaken,
)
from gongjian.foundation.records.queries.unreadable import phrase_unreadable
from gongjian.lib.pages import Document
from gongjian.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as opened: its document, and its 密级 mark if it bears one."""

    document: Document
    mark: str | None


@dataclass(frozen=True, slots=True)
class FileReading(OpenedFile):
    """A file as read: what was opened, and what was found in it."""

    findings: Findings


def open_file(name: str, content: bytes) -> OpenedFile:
    """Open a plan file, and search nothing. Refused: plan.unreadable, with what to do."""
    try:
        document = read_document(name, content, limits=Limits(bytes=settings.LARGEST_UPLOAD))
    except Unreadable as trouble:
        raise Refused("plan.unreadable", phrase_unreadable(trouble)) from trouble
    return OpenedFile(document, classified_mark(document))


def read_file(name: str, content: bytes) -> FileReading:
    """Open a plan file and find what it holds. Refused: plan.unreadable.

    A file that bears a 密级 mark is not searched: its findings are empty.
    """
    opened = open_file(name, content)
    findings = Findings() if opened.mark else read_plan(opened.document)
    return FileReading(opened.document, opened.mark, findings)


def check_bears_no_mark(opened: OpenedFile) -> None:
    """Refused: plan.classified. The sentence repeats neither the file's name nor its words."""
    if opened.mark:
        raise Refused(
            "plan.classified",
            _("文件首页标有密级，已拒收，内容和文件名都没有保存。本系统不得处理涉密信息。"),
        )


def findings_as_json(document: Document, *, explain: bool = False) -> dict[str, Any]:
    """The findings of a document in the keys of the corpus, each reason as one sentence.

    With `explain` also every number that is in no target, under `untaken`, with why not.
    """
    findings, untaken = explain_plan(document) if explain else (read_plan(document), ())
    record: dict[str, Any] = dict(as_record(findings, document))
    if document.left_out:
        record["left_out"] = [phrase_left_out(code) for code in document.left_out]
    campaign = [record["campaign"]] if record["campaign"] else []
    kinds = (record[kind] for kind in ("actions", "targets", "tasks", "milestones"))
    for finding in chain(campaign, *kinds):
        reason = finding["reason"]
        finding["reason"] = phrase_reason(reason["code"], reason["params"])
    if explain:
        whys = {one.code: phrase_untaken(one.code) for one in untaken}
        record["untaken"] = [
            {**number, "reason": whys[str(number["code"])]}
            for number in untaken_as_record(untaken, document)
        ]
    return record


def text_findings(text: str, *, explain: bool = False) -> dict[str, Any]:
    """The findings of a text given as it is; spans count its code points."""
    return findings_as_json(Document.from_text(text), explain=explain)
