"""How alike two projects are by what is written of them: the same words, the same result."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

# Words that many projects share and that tell none of them apart.
COMMON = re.compile(
    "项目|工程|建设|有限|责任|股份|公司|集团|山东|省|市|县|年产|新建|扩建|改建|技术改造|技改|及|和|的"
)
PHASE = re.compile(r"[(（]?([一二三四五六七八九十\d]+)期(?:工程|项目)?[)）]?")
LARGEST_BLOCK = 60  # grams shared by more projects than this tell nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written of one project; "" where nothing is."""

    name: str
    code: str = ""
    uscc: str = ""
    owner: str = ""
    investor: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two rows that may be one: how alike from 0 to 1, and by what."""

    one: int
    other: int
    score: float
    by: tuple[str, ...]


def pairs_alike(rows: Sequence[Written], *, least: float = 0.75) -> list[Alike]:
    """The pairs that may be the same project, the most alike first.

    Shapes   rows: n. Returns pairs of positions, the lower one first.
    Units    score: a fraction; the name weighs most, the same code is certain.
    Missing  What is empty in one of the two neither joins nor parts them.
    Errors   none.
    Source   docs/rules/stages.md, D-1.
    """
    cleaned = [_Cleaned.of(row) for row in rows]
    found = [_alike(one, other, cleaned) for one, other in _candidates(cleaned)]
    kept = [pair for pair in found if pair.score >= least]
    return sorted(kept, key=lambda pair: (-pair.score, pair.one, pair.other))


def likeness(one: str, other: str) -> float:
    """How alike two names are: twice the shared letter pairs over all of them (Dice 1945).

    Another phase of the same works is another project.

    >>> likeness("示例轮胎智能化改造项目", "示例轮胎智能化改造"), likeness("一期", "二期")
    (1.0, 0.0)
    """
    return _likeness(_bare(one), _phase(one), _bare(other), _phase(other))


@dataclass(frozen=True, slots=True)
class _Cleaned:
    written: Written
    name: str
    phase: str
    grams: frozenset[str]

    @classmethod
    def of(cls, row: Written) -> "_Cleaned":
        name = _bare(row.name)
        return cls(row, name, _phase(row.name), frozenset(_grams(name)))


def _candidates(rows: Sequence[_Cleaned]) -> Iterator[tuple[int, int]]:
    """Pairs that share a code, an entity or a rare piece of the name: never all with all."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        written = row.written
        keys = [written.code, written.uscc, *(f"g{gram}" for gram in row.grams)]
        for key in filter(None, keys):
            blocks[key].append(place)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        if 1 < len(block) <= LARGEST_BLOCK:
            pairs.update(combinations(block, 2))
    yield from sorted(pairs)


def _alike(one: int, other: int, rows: Sequence[_Cleaned]) -> Alike:
    a, b = rows[one], rows[other]
    name = _likeness(a.name, a.phase, b.name, b.phase)
    same = {
        field: bool(getattr(a.written, field))
        and _bare(getattr(a.written, field)) == _bare(getattr(b.written, field))
        for field in ("code", "uscc", "owner", "investor", "place")
    }
    entity = same["uscc"] or same["owner"] or same["investor"]
    by = tuple(field for field, equal in same.items() if equal)
    if name >= 0.6:
        by = ("name", *by)
    if same["code"]:
        return Alike(one, other, 1.0 if a.phase == b.phase else 0.6, by)
    score = 0.7 * name + 0.2 * entity + 0.1 * same["place"]
    if a.phase != b.phase:
        score = min(score, 0.6)
    coded_apart = a.written.code and b.written.code  # and not the same: two were approved
    if coded_apart and _plain(a.written.name) != _plain(b.written.name):
        score = min(score, 0.7)
    return Alike(one, other, round(score, 6), by)


def _likeness(one: str, one_phase: str, other: str, other_phase: str) -> float:
    if one_phase != other_phase:
        return 0.0
    a, b = Counter(_grams(one)), Counter(_grams(other))
    whole = a.total() + b.total()
    if not whole:
        return float(one == other and one != "")
    return 2 * (a & b).total() / whole


def _bare(text: str) -> str:
    return COMMON.sub("", _plain(PHASE.sub("", unicodedata.normalize("NFKC", text))))


def _plain(text: str) -> str:
    """Its letters as they are compared, without 项目 at the end."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]", "", plain).removesuffix("项目")


def _phase(text: str) -> str:
    found = PHASE.search(unicodedata.normalize("NFKC", text))
    return found[1] if found else ""


def _grams(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)] or ([text] if text else [])
