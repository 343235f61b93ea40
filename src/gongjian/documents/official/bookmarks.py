"""Runs of text, with a bookmark round each figure that leads back to its records."""

from copy import deepcopy

from gongjian.documents.official.model import Text, bookmark, runs_of
from gongjian.documents.official.xml import Element, text_run, w

LONGEST = 40  # characters of a bookmark's name


class Bookmarks:
    """Numbers the bookmarks of a document; Word wants each name once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}
        self._count = 0

    def runs(self, text: Text, properties: list[Element] | None = None) -> list[Element]:
        """The runs of a text; a figure stands between the ends of its bookmark."""
        written: list[Element] = []
        for run in runs_of(text):
            own = [deepcopy(part) for part in properties or ()]
            look = [
                *([w("b"), w("bCs")] if run.bold else []),
                *([w("strike")] if run.struck else []),
            ]
            piece = text_run(run.text, *own, *look)
            written.extend([piece] if run.figure is None else self._marked(run.figure, piece))
        return written

    def _marked(self, figure: str, piece: Element) -> list[Element]:
        number, self._count = self._count, self._count + 1
        start = w("bookmarkStart", id=number, name=self._name(figure))
        return [start, piece, w("bookmarkEnd", id=number)]

    def _name(self, figure: str) -> str:
        """The second use of a figure is fig_x__2."""
        name = bookmark(figure)
        self._used[name] = times = self._used.get(name, 0) + 1
        ending = f"__{times}" if times > 1 else ""
        return name[: LONGEST - len(ending)] + ending
