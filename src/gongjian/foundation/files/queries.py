"""Where the bytes of a file are, and whether they are still those that were kept."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gongjian.foundation.files.models import StoredFile
from gongjian.lib.refusals import Missing


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
