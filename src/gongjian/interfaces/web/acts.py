"""What the forms of all rooms carry."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from gongjian.lib.refusals import Refused


def act_key(text: str) -> UUID:
    """The key a form carries so that it counts once; without one the act stands for itself."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def version_typed(text: str) -> int:
    """The version a form was filled from; 0, which no row has, where that is no number."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def uids_named(values: Iterable[str]) -> list[UUID]:
    """The rows a form names. Refused: form.broken."""
    try:
        return [UUID(value) for value in values]
    except ValueError as wrong:
        raise broken() from wrong


def broken() -> Refused:
    """What is said of a form that lost a field on its way."""
    return Refused("form.broken", _("表单不完整，请刷新页面再试。"))
