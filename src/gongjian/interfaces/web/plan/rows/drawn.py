"""Parts of the review that a screenful repeats some hundred times, written once in Python.

A template would look every name up again for each of them, at ten times the cost. Every word that
comes from a plan or a person is escaped here, as a template does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongjian.interfaces.web.tags import options as written_options

TAKEN = ("accepted", "edited")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the document: plain, or part of a finding.

    `also` are findings of whose own nothing is to be seen, since shorter ones cover them.
    """

    text: str
    seq: int = 0
    kind: str = ""
    state: str = ""
    url: str = ""
    current: bool = False
    first: bool = False
    last: bool = False
    also: tuple["Piece", ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding in one line; `old` is what the adopted plan says where that changes.

    `moved`: the plan says otherwise since it was judged; `asked`: it may be a sentence reworded.
    """

    seq: int
    kind: str
    kind_label: str
    title: str
    old: str
    where: str
    hint: str
    state: str
    state_label: str
    change: str
    change_label: str
    moved: bool
    asked: bool
    doubtful: bool
    url: str


def drawn_pieces(pieces: Iterable[Piece]) -> SafeString:
    """The words of a paragraph or a cell; findings as links that end with their number."""
    return _safe(_piece(piece) for piece in pieces)


def drawn_paragraph(words: SafeString, *, number: int, start: int, heading: bool) -> SafeString:
    """A paragraph of the document under its number; `start`: where its text begins in the whole."""
    tone = ' class="doc-h"' if heading else ""
    return _safe((f'<p{tone} data-n="{number}" data-at="{start}" id="p{number}">', words, "</p>"))


def drawn_rows(rows: Iterable[Listed]) -> SafeString:
    """Lines of the list of findings, one below the other."""
    return _safe(f"{_row(row)}\n" for row in rows)


def drawn_options(options: Sequence[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a select."""
    return written_options((value, label, value == chosen) for value, label in options)


def _row(row: Listed) -> SafeString:
    """One line of the list of findings."""
    settled = row.state != "pending" or row.change == "same"
    done = " done" if settled and not row.moved else ""
    old = f"<s>{escape(row.old)}</s> " if row.old else ""
    warns = ' class="g-warn"' if row.doubtful else ""
    hint = f" · <span{warns}>{escape(row.hint)}</span>" if row.hint else ""
    return _safe(
        (
            f'<a class="cand{done}" id="c{row.seq}" data-row href="{escape(row.url)}">',
            f'<span class="n">{row.seq}</span>',
            f'<span class="g-tag g-tag-o">{escape(row.kind_label)}</span>',
            f'<span class="g-grow cand-t"><span class="g-clip">{old}{escape(row.title)}</span>',
            f'<span class="g-s g-3 g-clip"><span class="cand-w">{escape(row.where)}</span>',
            f"{hint}</span></span>",
            _change(row),
            _state(row),
            "</a>",
        )
    )


def _piece(piece: Piece) -> str:
    if not piece.seq:
        return escape(piece.text)
    number = f"<sup>{piece.seq}</sup>" if piece.last else ""
    return _hit(piece, escape(piece.text) + number) + "".join(
        _hit(under, f"<sup>{under.seq}</sup>") for under in piece.also
    )


def _hit(piece: Piece, inside: str) -> str:
    judged = {"pending": "", "rejected": " no"}.get(piece.state, " ok")
    on, here = (" on", ' aria-current="true"') if piece.current else ("", "")
    anchor = f' id="s{piece.seq}"' if piece.first else ""
    return (
        f'<a class="hit hit-{piece.kind}{judged}{on}"{anchor} href="{escape(piece.url)}"{here}>'
        f"{inside}</a>"
    )


def _change(row: Listed) -> str:
    if not row.change:
        return ""
    tone = {"changed": " g-tag-y", "new": " g-tag-a"}.get(row.change, "")
    return f'<span class="g-tag{tone}">{escape(row.change_label)}</span>'


def _state(row: Listed) -> str:
    if row.moved:
        return f'<span class="g-tag g-tag-y">{escape(_("计划变了，再看"))}</span>'
    if row.asked:
        return f'<span class="g-tag g-tag-y">{escape(_("像原有的"))}</span>'
    if row.state != "pending":
        tone = " g-tag-g" if row.state in TAKEN else ""
        return f'<span class="g-tag{tone}">{escape(row.state_label)}</span>'
    if row.doubtful and row.change != "same":
        return f'<span class="g-tag g-tag-y">{escape(_("需细看"))}</span>'
    return ""


def _safe(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # of escaped parts alone
