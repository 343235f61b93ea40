"""Answers that are not pages."""

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
