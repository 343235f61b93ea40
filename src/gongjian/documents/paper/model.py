"""What stands on a paper of one page, and nothing about how it looks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A part under its title: a text, or a table of plain cells.

    Shapes: every row has as many cells as `widths`; `heads` is empty or has as many.
    Units: `widths` are shares. `right` are the columns set to the right.
    """

    title: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One page: what it is of, its parts, and as of when it was printed by whom."""

    kind: str
    issuer: str
    day: str
    title: str
    facts: str
    sections: tuple[Section, ...]
    footing: str
    steps: tuple[tuple[str, str], ...] = ()  # (stage, done | now | ahead)
