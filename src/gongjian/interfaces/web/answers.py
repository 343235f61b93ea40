"""Answers that are not pages."""

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(content: bytes, name: str, *, kind: str = "") -> HttpResponse:
    """Bytes to be saved under a name, never shown: an uploaded page could carry scripts."""
    answer = HttpResponse(content, content_type=kind or "application/octet-stream")
    disposition = content_disposition_header(True, name)
    if disposition:
        answer["Content-Disposition"] = disposition
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def saved_as(title: str, kept_name: str) -> str:
    """A name to save a file under: the title of its own page, with the suffix of what was kept.

    The same bytes are kept once, under the name they first came with; that name may be somebody
    else's and is not shown.
    """
    suffix = PurePath(kept_name).suffix
    stem = title.strip().replace("/", "／").replace("\\", "＼")
    return stem if suffix and stem.lower().endswith(suffix.lower()) else f"{stem}{suffix}"
