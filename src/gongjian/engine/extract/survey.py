"""The survey of a document: its lines, outline, periods and tense, before anything is read."""

import re
from dataclasses import dataclass, replace

from gongjian.engine.extract.deadlines import Frame, frame_of, section_frame
from gongjian.engine.extract.duties import FIRST_LEADS
from gongjian.engine.extract.lines import lines_of
from gongjian.engine.extract.outline import Place, outline
from gongjian.engine.extract.scan import Scan
from gongjian.engine.extract.tense import is_bulletin, only_reports
from gongjian.engine.extract.view import normalise
from gongjian.lib.pages import Document

REPUBLIC = re.compile("民國|[萬億個達實於來]")
HEAD = 6  # lines: a title stands no lower
TITLE = 50  # characters: a longer first line is no title


@dataclass(frozen=True, slots=True)
class Survey:
    """A document ready to be read.

    `view` is the text in one spelling, `folded` whether it differs from the text; `frames` the
    period of each place by where its line starts, `scans` what stands in it. `reports`: the text
    as a whole reports; `bulletin`: nothing in it is a wish; `first_leads`: the first unit of a
    list leads."""

    text: str
    view: str
    folded: bool
    places: tuple[Place, ...]
    frame: Frame
    frames: dict[int, Frame]
    scans: dict[int, Scan]
    reports: bool
    bulletin: bool
    first_leads: bool

    def scan(self, place: Place) -> Scan:
        """What stands in a line, looked for once for all readers."""
        return self.scans[place.line.start]


def survey_of(document: Document) -> Survey:
    """Take in a whole document.

    Shapes: one Survey. Units: offsets are those of the document. Missing: an empty document has
    no places. Errors: none. Source: docs/rules/reading.md, R-1.
    """
    view = normalise(document.text)
    lines = lines_of(document, view)
    frame = replace(frame_of(lines, view), republic=REPUBLIC.search(document.text) is not None)
    places = tuple(outline(lines, view))
    title = " ".join(view[p.line.start : p.line.end] for p in places[:HEAD] if _is_title(p))
    frames = _frames(places, view, frame)
    scans = {p.line.start: Scan(view, p.body, p.line.end, frames[p.line.start]) for p in places}
    return Survey(
        document.text, view, view != document.text, places, frame, frames, scans,
        only_reports(view, title), is_bulletin(title), FIRST_LEADS.search(view) is not None,
    )  # fmt: skip


def _is_title(place: Place) -> bool:
    return not place.rank and place.line.end - place.line.start <= TITLE


def _frames(places: tuple[Place, ...], view: str, frame: Frame) -> dict[int, Frame]:
    """The period of each place: that of its innermost section that names one, else the plan's."""
    known: dict[str, Frame] = {}
    found: dict[int, Frame] = {}
    for place in places:
        own = frame
        for title in (*place.above, view[slice(*place.title)] if place.title else ""):
            if title not in known:
                known[title] = section_frame(title, frame)
            own = own if known[title] is frame else known[title]
        found[place.line.start] = own
    return found
