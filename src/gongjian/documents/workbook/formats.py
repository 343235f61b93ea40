"""Number formats: how a person sees what a cell keeps as a number: 5%, 2020年6月, 12.5万元."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

CHINESE_MONTH, CHINESE_DAY, CHINESE_CLOCK = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
# Formats that a file names by number only, as a Chinese Excel shows them.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd",
    15: "yyyy-mm-dd", 16: "m-d", 17: "yyyy-mm", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: CHINESE_MONTH, 28: CHINESE_DAY, 29: CHINESE_DAY,
    30: "yyyy-mm-dd", 31: 'yyyy"年"m"月"d"日"', 32: CHINESE_CLOCK, 33: CHINESE_CLOCK,
    36: CHINESE_MONTH, 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    46: "h:mm:ss", 47: "mm:ss", 50: CHINESE_MONTH, 51: CHINESE_DAY, 52: CHINESE_MONTH,
    53: CHINESE_DAY, 54: CHINESE_DAY, 55: CHINESE_CLOCK, 56: CHINESE_CLOCK, 57: CHINESE_MONTH,
    58: CHINESE_DAY,
}  # fmt: skip
PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<long>[hms]+)\]'
    r"|\[[^\]]*\]|(?P<other>General|E[+-]|@|/[?\d])|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|a+)|(?P<number>[0#?][0#?.,]*|\.[0#?]+)|(?P<share>%)|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
SECTIONS = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
TENTHS = re.compile(r'0(?:[!\\]\.|"\.")(0+)(,+)')  # 0!.0, writes the point itself
UNIT = re.compile(r"(?:[百千]?[万亿]元?|千?元)")
EXACT = 15  # digits that a float keeps
LARGEST, MOST_DECIMALS = 1e15, 9
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 — days, no clock
LAST_SERIAL = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a format: `date` and `number` are patterns, `text` stands as it is."""

    kind: str
    text: str


def shown(number: float, code: str, *, epoch: datetime = EPOCH) -> str:
    """A number under a format code.

    Shapes: one cell. Units: days since the epoch for dates, fractions for shares. Missing: a
    format that shows nothing gives an empty text. Errors: none; what this module does not know
    (fractions, powers of ten) is shown plainly. Source: ECMA-376-1, 18.8.31.

    >>> shown(0.055, "0.0%"), shown(44012, 'yyyy"年"m"月"'), shown(1234.5, '#,##0.00"万元"')
    ('5.5%', '2020年6月', '1,234.50万元')
    """
    pieces, size = _section(number, code)
    if pieces is None:
        return plain(number)
    if any(piece.kind == "date" for piece in pieces):
        return _dated(number, pieces, epoch)
    return _numbered(size, pieces)


def kept(number: float, code: str, *, epoch: datetime = EPOCH) -> float | str:
    """A number as a ledger keeps it: to its last digit, with what its format alone says.

    Shapes: one cell. Units: as for `shown`. Missing: a number whose format says nothing more stays
    a number. Errors: none. Source: ECMA-376-1, 18.8.31; docs/rules/ledgers.md, K-4.

    A date keeps the precision that it shows; a share its sign; a unit that the format writes (or
    divides by, as 0!.0, does) stands behind the number.

    >>> kept(0.0555, "0%"), kept(43983, 'yyyy"年"m"月"'), kept(43983, 'm"月"d"日"')
    ('5.55%', '2020-06', '2020-06-01')
    >>> kept(12.345, '0.0"亿元"'), kept(123456, '0!.0,"万"'), kept(1234.567, "#,##0.00")
    ('12.345亿元', '12.3456万', 1234.567)
    """
    look = _look(code)
    if look.kind == "date" and 0 <= number <= LAST_SERIAL:
        moment = epoch + timedelta(seconds=round(number * 86_400))
        return moment.strftime(look.pattern).removesuffix(" 00:00")
    if look.kind == "unit":
        return f"{Decimal(plain(number)).scaleb(look.shift):f}{look.pattern}"
    if look.kind == "year" and 1900 < number < 2100:
        return f"{number:.2f}" if plain(number * 100).isdecimal() else number
    return number


@dataclass(frozen=True, slots=True)
class Look:
    """What a format adds to its number: the form of a date, or a unit and a power of ten."""

    kind: str = ""
    pattern: str = ""
    shift: int = 0


@lru_cache(maxsize=1024)
def _look(code: str) -> Look:
    pieces = _sections(code)[0]
    if scaled := TENTHS.search(code):
        shift = -len(scaled[1]) - 3 * len(scaled[2])
        unit = UNIT.search(code)
        return Look("unit", unit[0] if unit else "", shift)
    if pieces is None:
        return Look()
    roles = {role for role, piece in _roles(pieces) if piece.kind == "date"}
    if roles & {"y", "m", "d"}:
        day = "%Y-%m-%d" if "d" in roles else "%Y-%m" if "m" in roles else "%Y"
        clock = " %H:%M" if "d" in roles and roles & {"h", "minute", "s"} else ""
        return Look("date", day + clock)
    return _measured_look(pieces)


def _measured_look(pieces: tuple[Piece, ...]) -> Look:
    patterns = [piece.text for piece in pieces if piece.kind == "number"]
    shares = sum(piece.kind == "share" for piece in pieces)
    thousands = sum(len(pattern) - len(pattern.rstrip(",")) for pattern in patterns)
    words = "".join(piece.text for piece in pieces if piece.kind == "text")
    unit = UNIT.search(words)
    if shares == 1 and len(patterns) == 1:
        return Look("unit", "%", 2)
    if unit or thousands:
        return Look("unit", unit[0] if unit else "", -3 * thousands)
    return Look("year") if patterns == ["0.00"] else Look()


def plain(number: float) -> str:
    """A number without format: 3, not 3.0; 0.3, not 0.30000000000000004.

    >>> plain(3.0), plain(0.1 + 0.2), plain(1e17)
    ('3', '0.3', '100000000000000000')
    """
    exact = Decimal(f"{number:.{EXACT}g}")
    return f"{exact.normalize() if exact else Decimal(0):f}" if exact.is_finite() else str(number)


def _section(number: float, code: str) -> tuple[tuple[Piece, ...] | None, float]:
    """The part of the format for a positive, a negative or no amount, and the amount it shows."""
    sections = _sections(code)
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[Piece, ...] | None, ...]:
    written = [found[1] for found in SECTIONS.finditer(code)]
    if not code.endswith(";"):  # the pattern matches once more, at the very end
        written.pop()
    return tuple(_pieces(section) for section in written[:4]) or (None,)


def _pieces(section: str) -> tuple[Piece, ...] | None:
    pieces: list[Piece] = []
    for found in PIECE.finditer(section):
        if found["other"]:
            return None
        pieces.extend(_piece(found))
    return tuple(pieces)


def _piece(found: re.Match[str]) -> Iterator[Piece]:
    for kind in ("date", "long", "number"):
        if found[kind]:
            yield Piece("date" if kind == "long" else kind, found[kind].lower())
    if found["share"]:
        yield Piece("share", "%")
    text = found["quoted"] or found["escaped"] or found["money"] or found["sign"]
    if text:
        yield Piece("text", text)


def _numbered(number: float, pieces: tuple[Piece, ...]) -> str:
    patterns = [piece for piece in pieces if piece.kind == "number"]
    if len(patterns) > 1:  # a phone number, a fraction: more than this module knows
        return plain(number)
    shares = min(sum(piece.kind == "share" for piece in pieces), 2)
    words = [
        _digits(number * 100**shares, piece.text) if piece.kind == "number" else piece.text
        for piece in pieces
    ]
    return "".join(words).strip()


def _digits(number: float, pattern: str) -> str:
    """The number with the decimals, the thousands and the leading zeros of its pattern."""
    if not abs(number) < LARGEST:  # NaN and infinity too, which a broken file can hold
        return plain(number)
    scaled = len(pattern) - len(pattern.rstrip(","))
    whole, _, decimals = pattern.rstrip(",").partition(".")
    decimals = decimals[:MOST_DECIMALS]
    exact = Decimal(plain(number)).scaleb(-3 * scaled)
    rounded = exact.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    for sign in reversed(decimals):
        if sign != "#" or not text.endswith("0"):
            break
        text = text[:-1]
    head, point, tail = text.partition(".")
    head = head.zfill(whole.count("0"))
    return ("-" if rounded < 0 else "") + head + (point if tail else "") + tail


def _dated(serial: float, pieces: tuple[Piece, ...], epoch: datetime) -> str:
    if not 0 <= serial <= LAST_SERIAL:
        return plain(serial)
    moment = epoch + timedelta(seconds=round(serial * 86_400))
    roles = list(_roles(pieces))
    if any(piece.text in "年月日时" for piece in pieces if piece.kind == "text"):
        return "".join(_part(moment, role, piece.text) for role, piece in roles).strip()
    return _iso(moment, {role for role, _ in roles})


def _roles(pieces: tuple[Piece, ...]) -> Iterator[tuple[str, Piece]]:
    """What each piece shows; an m beside hours or seconds is minutes."""
    letters = [piece.text[0] if piece.kind == "date" else "" for piece in pieces]
    for index, piece in enumerate(pieces):
        role = letters[index]
        if role == "m":
            before = next((letter for letter in reversed(letters[:index]) if letter), "")
            after = next((letter for letter in letters[index + 1 :] if letter), "")
            role = "minute" if before == "h" or after == "s" else "m"
        yield ("y" if role == "e" else role), piece


def _part(moment: datetime, role: str, pattern: str) -> str:
    if not role:
        return pattern
    width = 2 if len(pattern) == 2 and role != "y" else 0
    parts = {
        "y": moment.year, "m": moment.month, "d": moment.day, "h": moment.hour,
        "minute": moment.minute, "s": moment.second,
    }  # fmt: skip
    return "" if role == "a" or len(pattern) > 4 else f"{parts[role]:0{width}d}"


def _iso(moment: datetime, roles: set[str]) -> str:
    """A date in figures: in one spelling, whatever signs the file puts between them."""
    if "y" in roles:
        day = moment.strftime("%Y-%m-%d") if "d" in roles else moment.strftime("%Y-%m")
        day = day if "m" in roles else str(moment.year)
    else:
        day = f"{moment.month}月{moment.day}日" if roles & {"m", "d"} else ""
    clock = moment.strftime("%H:%M:%S" if "s" in roles else "%H:%M")
    timed = bool(roles & {"h", "s"}) and not (day and clock.strip("0:") == "")
    return f"{day} {clock}".strip() if timed else day
