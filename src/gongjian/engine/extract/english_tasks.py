"""Tasks of English plans: work whose line ends in Lead: …; support: …"""

import re
from collections.abc import Iterator

from gongjian.engine.extract import english
from gongjian.engine.extract.duties import Duty
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.survey import Survey
from gongjian.engine.extract.tasks import TaskDraft
from gongjian.engine.extract.view import latin

WHO = re.compile(
    r"[(\[]?\b(?:Lead|Owner|Responsible)(?: (?:department|agency|unit|body|office))?: *"
    r"(?P<lead>[^;.()\[\]]+)"
    r"(?:[;.] *(?:Support(?:ing)?|Supported by|With)(?: (?:units?|departments?))?: *"
    r"(?P<support>[^;.()\[\]]+))?",
    re.IGNORECASE,
)
NAMES = re.compile(r" *, *(?:and +)?| +and +| */ *")


def english_tasks(survey: Survey) -> Iterator[tuple[Place, TaskDraft]]:
    """The tasks of the lines in a Latin script, in order.

    Shapes: the places of the outline. Units: names as written. Missing: a line without Lead: is no
    task. Errors: none. Source: docs/rules/reading.md, R-10.
    """
    for place in survey.places:
        start, end = place.body, place.line.end
        who = None
        if latin(survey.text[place.line.start : end]):
            who = WHO.search(survey.text, start, end)
        if who is None:
            continue
        span = _bare(survey.text, start, who.start())
        if span[1] - span[0] < 4 and place.title:
            span = place.title
        frame = survey.frames[place.line.start]
        duty = Duty(_names(who["lead"]), _names(who["support"] or ""), role="Lead")
        deadline = english.deadline_of(survey.text[slice(*span)], frame)
        yield place, TaskDraft(span, (span[0], who.end()), duty, deadline, "task.bracket")


def _names(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in NAMES.split(written) if name.strip()))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " .;:\t":
        start += 1
    while start < end and text[end - 1] in " .;:\t":
        end -= 1
    return start, end
