"""Sentences with figures in them: a template, and what stands at each of its places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongjian.flow.bulletins.queries.facts import Proof
from gongjian.flow.bulletins.queries.lineage import Figures, Said

PLACE = re.compile(r"\{(\w+)\}")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; a figure names its fact."""

    text: str
    figure: str = ""


Value = str | Said
Pieces = tuple[Piece, ...]


def fill(template: str, figures: Figures, values: Mapping[str, Value]) -> Pieces:
    """The template with its {places} filled; each Said becomes a figure with its fact."""
    pieces: list[Piece] = []
    end = 0
    for place in PLACE.finditer(template):
        pieces.append(Piece(template[end : place.start()]))
        value = values[place[1]]
        pieces.append(Piece(value) if isinstance(value, str) else said(value, figures))
        end = place.end()
    pieces.append(Piece(template[end:]))
    return tuple(piece for piece in pieces if piece.text)


def said(value: Said, figures: Figures) -> Piece:
    """One figure, kept with its fact, its unit beside it."""
    return Piece(f"{value.figure}{value.unit}", figures.add(value))


def quoted(words: str, figures: Figures, *, target: str, how: str, proof: Proof | None) -> Pieces:
    """The words of an accepted report; the numbers in them are figures of that report."""
    pieces: list[Piece] = []
    end = 0
    for number in NUMBER.finditer(words):
        pieces.append(Piece(words[end : number.start()]))
        fact = figures.add(Said(number[0], target=target, how=how, proof=proof))
        pieces.append(Piece(number[0], fact))
        end = number.end()
    pieces.append(Piece(words[end:]))
    return tuple(piece for piece in pieces if piece.text)
