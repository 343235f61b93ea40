"""What was typed on the pages of duties, as plain values."""

from collections.abc import Iterable
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import AllotmentWords
from gongjian.lib.refusals import Refused


def uids(values: Iterable[str]) -> list[UUID]:
    """The rows a form names. Refused: form.broken."""
    try:
        return [UUID(value) for value in values]
    except ValueError as wrong:
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。")) from wrong


def allotment_words(given: QueryDict) -> AllotmentWords:
    """The names of the units as they were typed."""
    return AllotmentWords(
        lead=given.get("lead", "").strip(),
        fills=given.get("fills", "").strip(),
        responsible=given.get("responsible", "").strip(),
        supporting=given.get("supporting", "").strip(),
    )
