"""The numbers Word computes and does not store: 一、（一）1. ① before a paragraph."""

import re
from dataclasses import dataclass, field, replace

from gongjian.documents.word_file.package import Element, child, name, value

DIGITS = "〇一二三四五六七八九"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
LEGAL = str.maketrans("〇一二三四五六七八九十", "零壹贰叁肆伍陆柒捌玖拾")
ENCLOSED = {
    "decimalEnclosedCircle": "①",
    "decimalEnclosedCircleChinese": "①",
    "decimalEnclosedParen": "⑴",
    "decimalEnclosedFullstop": "⒈",
}
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
    restart: int | None = None  # the level, from 1, whose number begins this one anew; 0: none
    style: str = ""  # the paragraph style that stands for this level


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
        definitions = _definitions(nodes)
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
        for deeper in range(level + 1, LEVELS):
            restart = used.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                counters[deeper] = None
        if own.format in {"bullet", "none"}:
            return ""
        label = PLACEHOLDER.sub(
            lambda found: self._number(used, counters, own, int(found[1])), own.text, LEVELS
        )
        return f"{label} " if label[-1:].isalnum() else label

    def level_of(self, list_id: str, style_id: str) -> int:
        """The level that a style stands for in a list; the first where none names it."""
        used = self._lists.get(list_id)
        levels = used.levels.items() if used is not None and style_id else ()
        return next((place for place, level in levels if level.style == style_id), 0)

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
                levels = levels | {place: replace(own, start=_integer(value(start), 1))}
                group = f"{group}/{list_id}"
        self._lists[list_id] = _List(levels, group)


def _definitions(nodes: list[Element]) -> dict[str | None, Element]:
    """The definitions by number; one that only names a list style is that of the style."""
    own = {value(node, "abstractNumId"): node for node in nodes if name(node) == "abstractNum"}
    styled = {_held(node, "styleLink"): node for node in own.values()}
    return {
        number: styled.get(_held(node, "numStyleLink"), node)
        if _held(node, "numStyleLink")
        else node
        for number, node in own.items()
    }


def _held(node: Element, path: str) -> str:
    link = child(node, path)
    return (value(link) if link is not None else None) or ""


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
            _integer(texts.get("lvlRestart"), LEVELS) if "lvlRestart" in texts else None,
            texts.get("pStyle") or "",
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
    if form in ENCLOSED and 1 <= number <= 20:
        return chr(ord(ENCLOSED[form]) + number - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord("\uff10") + int(digit)) for digit in str(abs(number)))
    if form in {"chineseLegalSimplified", "ideographLegalTraditional"}:
        return counted(number).translate(LEGAL)
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
