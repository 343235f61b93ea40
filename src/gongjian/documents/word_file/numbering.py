"""The numbers Word computes and does not store: 一、（一）1. ① before a paragraph."""

import re
from dataclasses import dataclass, field

from gongjian.documents.word_file.package import Element, child, name, value

DIGITS = "〇一二三四五六七八九"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
PLACEHOLDER = re.compile(r"%([1-9])")
LEVELS = 9
LONGEST_TEXT = 255  # characters of a label that Word lets anyone type
MOST_LETTERS = 26 * 30  # Word writes Z thirty times and then begins anew


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and writes."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False  # all numbers of this level in Arabic digits


@dataclass(slots=True)
class _List:
    """A list in use. `group` shares its counters with every list of the same definition."""

    levels: dict[int, Level]
    group: str
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """Counts through a document in reading order."""

    def __init__(self, part: Element | None) -> None:
        nodes = list(part) if part is not None else []
        definitions = {
            value(node, "abstractNumId"): node for node in nodes if name(node) == "abstractNum"
        }
        self._levels: dict[str, dict[int, Level]] = {}  # of each definition, read once
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        for node in nodes:
            if name(node) == "num":
                self._add(node, definitions)

    def next_label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph in this list, '' for bullets and unknown lists."""
        used = self._lists.get(list_id)
        if used is None or not 0 <= level < LEVELS:
            return ""
        counters = self._counters.setdefault(used.group, [None] * LEVELS)
        own = used.levels.get(level, Level())
        held = counters[level]
        counters[level] = own.start if held is None else held + 1
        counters[level + 1 :] = [None] * (LEVELS - level - 1)
        if own.format in {"bullet", "none"}:
            return ""
        label = PLACEHOLDER.sub(
            lambda found: self._number(used, counters, own, int(found[1])), own.text, LEVELS
        )
        return f"{label} " if label[-1:].isalnum() else label

    def _number(self, used: _List, counters: list[int | None], own: Level, place: int) -> str:
        level = used.levels.get(place - 1, Level())
        held = counters[place - 1]
        number = level.start if held is None else held
        return str(number) if own.legal else written(number, level.format)

    def _add(self, node: Element, definitions: dict[str | None, Element]) -> None:
        list_id = value(node, "numId") or ""
        link = child(node, "abstractNumId")
        group = (value(link) if link is not None else None) or ""
        if group not in self._levels:
            definition = definitions.get(group)
            self._levels[group] = _levels(definition) if definition is not None else {}
        levels = self._levels[group]
        for override in (inner for inner in node if name(inner) == "lvlOverride"):
            place = _integer(value(override, "ilvl"), 0)
            levels = levels | _levels(override)
            start = child(override, "startOverride")
            if start is not None:
                own = levels.get(place, Level())
                begun = Level(own.format, own.text, _integer(value(start), 1), own.legal)
                levels = levels | {place: begun}
                group = f"{group}/{list_id}"
        self._lists[list_id] = _List(levels, group)


def _levels(node: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in (inner for inner in node if name(inner) == "lvl"):
        texts = {name(inner): value(inner) for inner in level}
        legal = "isLgl" in texts and texts["isLgl"] not in {"0", "false", "off"}
        place = _integer(value(level, "ilvl"), 0)
        if not 0 <= place < LEVELS:
            continue
        found[place] = Level(
            texts.get("numFmt") or "decimal",
            (texts.get("lvlText") or "")[:LONGEST_TEXT],
            _integer(texts.get("start"), 1),
            legal,
        )
    return found


def _integer(text: str | None, missing: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else missing


def written(number: int, form: str) -> str:
    """A number in one of Word's forms; a form that is not known is written in digits."""
    if form.startswith(
        ("chineseCounting", "japaneseCounting", "taiwaneseCounting", "ideographDigital")
    ):
        return counted(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "ideographTraditional" and 1 <= number <= 10:
        return STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= 12:
        return BRANCHES[number - 1]
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= MOST_LETTERS:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def counted(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; from a hundred on in plain digits, 105 → 一〇五."""
    if not 0 < number < 100:
        return "".join(DIGITS[int(digit)] for digit in str(abs(number)))
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    written_so_far = ""
    for worth, sign in ROMAN:
        times, number = divmod(number, worth)
        written_so_far += sign * times
    return written_so_far
