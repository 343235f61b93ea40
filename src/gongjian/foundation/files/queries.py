"""Where the bytes of a file are, whether they are those that were kept, what a ledger says."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gongjian.engine.ledger import Answers, question_of
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.queries import memory_of
from gongjian.foundation.records.queries.ledgers import (
    LedgerKind,
    LedgerReading,
    open_ledger,
    with_memory,
)
from gongjian.lib.refusals import Missing

LONGEST = 300  # characters of a header that is remembered


def path_of(sha256: str) -> Path:
    """The place of a content under $GONGJIAN_HOME/files."""
    return Path(settings.FILES) / sha256[:2] / sha256


def bytes_of(stored: StoredFile) -> bytes:
    """The content, unchanged since it was kept. Missing where it is gone or is not the same."""
    try:
        content = path_of(stored.sha256).read_bytes()
    except FileNotFoundError as gone:
        raise Missing("file.gone", _("文件的内容不在了，请联系系统管理员。")) from gone
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Missing("file.altered", _("文件的内容和存入时不一致，请联系审计管理员。"))
    return content


def file_by_hash(sha256: str) -> StoredFile:
    """The file of a content. Missing: file.gone."""
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if stored is None:
        raise Missing("file.gone", _("文件的内容不在了，请联系系统管理员。"))
    return stored


def broken_files() -> Iterator[tuple[int, str]]:
    """(key, trouble) of files whose bytes are gone or altered."""
    for stored in StoredFile.objects.order_by("pk").iterator():
        try:
            bytes_of(stored)
        except Missing as trouble:
            yield stored.pk, trouble.code


def orphans() -> list[Path]:
    """Contents on disk that no row names, left by an act that did not commit."""
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    return sorted(
        path
        for path in Path(settings.FILES).glob("??/*")
        if path.is_file() and path.name not in known
    )


def run_reading(run: ImportRun, kind: LedgerKind) -> LedgerReading:
    """The file of a run, opened as a person said, below that as earlier files taught.

    Refused: import.unreadable, file.gone, file.altered.
    """
    remembered = {header: row.field for header, row in memory_of(run.kind, run.unit_id).items()}
    answers = Answers(dict(run.maps), tuple((column, said) for column, said in run.says))
    content = bytes_of(file_by_hash(run.sha256))
    return open_ledger(
        kind,
        run.file_name,
        io.BytesIO(content),
        with_memory(answers, remembered),
        sheets=run.sheets,
    )


def learnt_of(run: ImportRun) -> Mapping[str, tuple[str, str]]:
    """header → (field, answer) of the columns that a person spoke of.

    Which of two columns of one header was meant is known of this file alone.
    """
    learnt: dict[str, tuple[str, str]] = {}
    says = [(*question_of(name), said) for name, said in run.says]
    for sheet in run.report.get("sheets", []):
        headers = Counter(column["header_path"] for column in sheet["columns"])
        for column in sheet["columns"]:
            header = column["header_path"]
            if not header or len(header) > LONGEST or headers[header] > 1:
                continue
            names = (header, column["letter"])
            field = next((run.maps[name] for name in names if name in run.maps), None)
            answer = next(
                (said for name, about, said in says if name in names and about != "slip"), ""
            )
            if field is not None or answer:
                learnt[header] = (column["field"] or "" if field is None else field, answer)
    return learnt
