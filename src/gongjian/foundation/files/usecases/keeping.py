"""Keeping files: by the hash of their content, on disk before the row commits."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path, PurePath

from django.db import transaction

from gongjian.foundation.files import rules
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.files.queries import orphans, path_of
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note


@transaction.atomic
def keep_file(
    name: str,
    content: bytes,
    *,
    by: User | None,
    at: datetime,
    kinds: frozenset[str] = rules.EVIDENCE,
) -> StoredFile:
    """Keep a content once; the same bytes again are the same file. Refused: file.*."""
    bare = PurePath(name.replace("\\", "/")).name[-200:]
    rules.check_can_keep(bare, size=len(content), kinds=kinds)
    digest = hashlib.sha256(content).hexdigest()
    _write(path_of(digest), content)
    stored, new = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "size": len(content),
            "name": bare,
            "kept_at": at,
            "kept_by_id": by.pk if by else None,
        },
    )
    if new:
        note("file.kept", stored, by=by, at=at)
    return stored


def sweep_orphans(*, at: datetime) -> int:
    """Remove contents no row names, older than an hour before `at`; how many."""
    swept = 0
    for path in orphans():
        if path.stat().st_mtime < at.timestamp() - 3600:
            path.unlink()
            swept += 1
    return swept


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a temporary file, flushed to the disk, then renamed.

    A file that is there already is young again, so that no sweep takes it before its row commits.
    """
    if path.is_file() and path.read_bytes() == content:
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    Path(temporary).rename(path)
    for folder in (path.parent, path.parent.parent):  # a name is kept by its folder
        _flush(folder)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
