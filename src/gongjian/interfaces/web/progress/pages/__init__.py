"""What the pages of the room show, as their templates name it."""

from gongjian.interfaces.web.progress.pages.check import check_context
from gongjian.interfaces.web.progress.pages.fill import Typed, fill_context
from gongjian.interfaces.web.progress.pages.parts import evidence_context, saying, where_next
from gongjian.interfaces.web.progress.pages.path import sent_words

__all__ = [
    "Typed",
    "check_context",
    "evidence_context",
    "fill_context",
    "saying",
    "sent_words",
    "where_next",
]
