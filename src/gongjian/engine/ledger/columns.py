"""Which column of a ledger is which field, in which unit, of which year, and why."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from gongjian.engine.ledger.amounts import read_amount, scale_of
from gongjian.engine.ledger.dates import read_date
from gongjian.engine.ledger.empty import is_empty, is_error
from gongjian.engine.ledger.fields import SURE, Field, Lexicon, form
from gongjian.engine.ledger.heading import WIDEST, Heading, tidy
from gongjian.engine.ledger.vocabulary import compact, year_of
from gongjian.lib.grids import Cell, Row
from gongjian.lib.pages import letters

BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
PIECES = re.compile(r"[,，、;；/ ]|单位[:：]?")
SPOKEN = re.compile(
    r"[百千]?[万亿]元|(?:£|\$|US\$|€)\s?(?:m|mn|million|bn|billion|k)?\b", re.IGNORECASE
)
CURRENCY_WORD = re.compile(r"(?:^|[_ ])(usd|gbp|eur|aud|cad)(?:$|[_ ])", re.IGNORECASE)
SHEET_UNIT = re.compile(
    r"(?:单位|计价|以|(?:金额|货币)(?=[:：]))\s*(?:均)?(?:为|[:：])?\s*(?:人民币)?(?:[^\s:：元]{1,6}[、,，/])?[(（]?([百千]?[万亿]?元(?:[、/,，和及][百千]?[万亿]?元)*)(?![一-鿿])"
    r"|[(（]([百千]?[万亿]元)[)）]|^([百千]?[万亿]元)$"
    r"|(?:单位|金额|货币)(?:为|[:：])\s*(?:人民币)?([百千]?[万亿])(?![\w一-鿿])"  # 单位：亿
)
TITLE_YEAR = re.compile(
    r"(?<![〔\[\d])((?:19|20)\d\d)(?=年)|(?<![〔\[\d])((?:19|20)\d\d)(?![\d〕\]])"
)
UNIT_TITLE = re.compile(r"(?:计量|金额|货币|资金|投资|计价)?单位")
MOSTLY = 0.8  # of the filled values are sums, where the title says nothing of money
LEAST = 0.2  # of the filled values must fit a kind that only the title suggests
SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where, its titles, its field (None where it is none), why, and its unit.

    `code` is a reason: word, parts, alike, values, given, sums (its title says no more than
    今年计划, its values are sums), or why it is no field: unknown, bare (nothing heads it), unkept,
    which (a person tells what it is: some of its values are sums, or `known` leaves it open),
    second (another column is surer), year (of another year), unfit (its values are no such thing),
    unit (it gives the rows their unit), dropped (a person said so).
    `unit` is as written; `scale` what it multiplies by; `currency` "" is 元."""

    at: int
    letter: str
    path: tuple[str, ...]
    field: Field | None
    code: str
    word: str = ""
    unit: str = ""
    scale: int = 0
    currency: str = ""
    year: int | None = None
    known: str = ""

    @property
    def title(self) -> str:
        """Its titles from the highest row to the lowest."""
        return "/".join(self.path)

    def bears(self, name: str) -> bool:
        """Does a person mean this column: by its letter, its last title or its whole path?"""
        said = compact(name).strip("/")
        path = [compact(part) for part in self.path]
        return said.upper() == self.letter or said in ("".join(path), "/".join(path), *path[-1:])


@dataclass(frozen=True)
class Doubled:
    """Columns that bear one title, but for its unit, and could be one field; `scales` is what the
    unit of each multiplies by, 0 where its title has none."""

    field: Field
    columns: tuple[int, ...]
    scales: tuple[int, ...]

    @property
    def differ_in_unit(self) -> bool:
        """Do the titles say different units, so that sums are compared in 元?"""
        return len(set(self.scales)) > 1


@dataclass
class Told:
    """The columns of a table, those that bear one title, and whether more were left out."""

    columns: list[Column]
    doubled: list[Doubled] = field(default_factory=list)
    too_wide: bool = False


def tell_columns(
    heading: Heading,
    rows: Sequence[Row],
    lexicon: Lexicon,
    maps: Mapping[str, str],
    *,
    year: int | None,
    named: bool = True,
) -> Told:
    """Say of each column which field it is.

    Shapes: the header and a sample of the rows below it. Units: columns count from 0. Missing: a
    column without field has none. Errors: none. Source: docs/rules/ledgers.md, K-3.
    """
    width = max([len(heading.titles), *(len(cells) for _, cells in rows)], default=0)
    told = Told([], too_wide=width > WIDEST)
    width = min(width, WIDEST)
    cells: list[list[Cell]] = []
    for at in range(width):
        path = heading.titles[at] if at < len(heading.titles) else ()
        held = [row[at] for _, row in rows if at < len(row) and row[at] is not None]
        letter = letters(at) if named else str(at + 1)
        told.columns.append(_guess(at, letter, path, held, lexicon))
        cells.append(held)
    names = Counter(column.field.name for column in told.columns if column.field)
    told.columns = [
        _fit(column, held, lexicon, names) for column, held in zip(told.columns, cells, strict=True)
    ]
    _apply(told, maps, lexicon)
    _settle(told, rows, year, heading.covered)
    return told


def _guess(
    at: int, letter: str, path: tuple[str, ...], held: list[Cell], lexicon: Lexicon
) -> Column:
    unit, scale, currency = unit_in(path)
    years = [found for title in path if (found := _year_of(title))]
    plain = Column(at, letter, path, None, "unknown" if path else "bare", "", unit, scale, currency,
                   years[-1] if years else None)  # fmt: skip
    match = lexicon.match(path)
    if match is None:
        texts = [tidy(cell) for cell in held[:SAMPLE]]
        match = lexicon.by_values(
            [text for text in texts if text and not is_empty(text)], headed=bool(path)
        )
    if match is None:
        return plain if path or held else replace(plain, code="nothing")
    if not match.field.kept:
        if match.code == "word" and match.field.sums in lexicon.by_name:
            share = _share_of_sums(held)
            other = lexicon.by_name[match.field.sums]
            if share >= MOSTLY:
                return replace(plain, field=other, code="sums", word=path[-1])
            if share >= LEAST:
                return replace(plain, code="which", word=path[-1], known=match.field.name)
        if match.field.asks and _share_of_sums(held) >= LEAST:
            return replace(plain, code="which", word=path[-1], known=match.field.name)
        return replace(plain, code="unkept", word=match.word, known=match.field.name)
    return replace(plain, field=match.field, code=match.code, word=match.word)


def _share_of_sums(held: list[Cell]) -> float:
    texts = [c for c in held[:SAMPLE] if isinstance(c, float) or (c and not is_empty(c))]
    return sum(read_amount(cell).code == "ok" for cell in texts) / len(texts) if texts else 0.0


def _fit(column: Column, held: list[Cell], lexicon: Lexicon, names: Mapping[str, int]) -> Column:
    """A field that its values contradict is none: words below a title of money. Dates that are
    mostly from–to are two fields, unless another column is one of them."""
    found = column.field
    if found is None or found.kind not in ("money", "date", "span"):
        return column
    texts = [c for c in held[:SAMPLE] if isinstance(c, float) or (c and not is_empty(c))]
    texts = [c for c in texts if not (isinstance(c, str) and is_error(c))]
    if not texts:
        return column
    if found.kind == "money":
        good = sum(read_amount(cell).code == "ok" for cell in texts)
    else:
        codes = [read_date(tidy(cell)).code for cell in texts]
        good = len(codes) - codes.count("text") - codes.count("bad")
        if found.kind == "date" and not found.past and 2 * codes.count("span") > len(codes):
            spans = (
                f
                for f in lexicon.fields
                if f.also and found.name in (f.name, f.also) and names[f.name] + names[f.also] == 1
            )
            column = replace(column, field=next(spans, found))
    if column.code == "word" or good >= LEAST * len(texts):
        return column
    return replace(column, field=None, code="unfit", word=f"{good}/{len(texts)}", known=found.name)


def _apply(told: Told, maps: Mapping[str, str], lexicon: Lexicon) -> None:
    """What a person said wins over every guess."""
    for name, wanted in maps.items():
        borne = [column.at for column in told.columns if column.bears(name)]
        given = lexicon.by_name.get(wanted)
        for at in borne[:1]:
            column = told.columns[at]
            told.columns[at] = replace(
                column, field=given, code="given" if given else "dropped", word=name
            )


def _settle(told: Told, rows: Sequence[Row], year: int | None, covered: frozenset[int]) -> None:
    """One column a field: the surest; of equals the one of the sheet's year, then the fuller."""
    by_field: dict[str, list[Column]] = {}
    for column in told.columns:
        if column.field is not None:
            by_field.setdefault(column.field.name, []).append(column)
    for claims in by_field.values():
        claims = _of_the_year(told, claims, year)
        if len(claims) < 2:
            continue
        claims = _unmerged(told, claims, rows, covered)
        best = max(claims, key=lambda column: _rank(column, rows))
        equal = [c for c in claims if _same_title(c, best) and _sure(c) == _sure(best)]
        if len(equal) > 1 and best.field is not None:
            told.doubled.append(_doubled(best.field, equal))
        for column in claims:
            if column.at != best.at:
                _drop(told, column, "second", best.letter)


def _unmerged(
    told: Told, claims: list[Column], rows: Sequence[Row], covered: frozenset[int]
) -> list[Column]:
    """One title over several columns: the one with the most different values is meant, since the
    others hold a group, or nothing."""
    under = [c for c in claims if c.at in covered or c.at + 1 in covered]
    under = [c for c in under if c.path == under[0].path and c.code != "given"]
    if len(under) < 2:
        return claims
    meant = max(under, key=lambda column: (_different(rows, column.at), -column.at))
    for column in under:
        if column is not meant:
            _drop(told, column, "second", meant.letter)
    return [column for column in claims if column is meant or column not in under]


def _different(rows: Sequence[Row], at: int) -> int:
    return len({tidy(cells[at]) for _, cells in rows if at < len(cells)} - {""})


def _of_the_year(told: Told, claims: list[Column], year: int | None) -> list[Column]:
    """Plans of several years stand side by side: those of other years are not this year's."""
    if not any(c.year and c.field and c.field.yearly and c.code != "given" for c in claims):
        return claims
    years = {column.year for column in claims if column.year}
    wanted = year if year is not None else next(iter(years)) if len(years) == 1 else None
    if wanted is None:
        first = min(claims, key=lambda column: column.at)
        assert first.field is not None
        told.doubled.append(_doubled(first.field, claims))
        return claims
    kept = []
    for column in claims:
        if column.year and column.year != wanted and column.code != "given":
            _drop(told, column, "year", str(column.year))
        else:
            kept.append(column)
    return kept


def _drop(told: Told, column: Column, code: str, word: str) -> None:
    known = column.field.name if column.field else ""
    if column.code == "values":
        code, word, known = "unknown" if column.path else "bare", "", ""
    told.columns[column.at] = replace(column, field=None, code=code, word=word, known=known)


def _sure(column: Column) -> float:
    if column.code == "given":
        return 3.0
    exact = column.field is not None and column.field.words[:1] == (form(column.title),)
    return SURE.get(column.code, 0) + exact / 10


def _filled(rows: Sequence[Row], at: int) -> int:
    return (
        sum(at < len(cells) and cells[at] is not None for _, cells in rows)
        * 10
        // max(len(rows), 1)
    )


def _rank(column: Column, rows: Sequence[Row]) -> tuple[float, ...]:
    """The surest; of equals the one in our money, the fuller, the finer, the first."""
    return (
        _sure(column),
        not column.currency,
        _filled(rows, column.at),
        -(column.scale or inf),
        -column.at,
    )


def _doubled(field: Field, columns: Sequence[Column]) -> Doubled:
    return Doubled(field, tuple(c.at for c in columns), tuple(c.scale for c in columns))


def _same_title(one: Column, other: Column) -> bool:
    """总投资（万元） and 总投资（亿元） are one title; sums of two currencies are not compared."""
    return one.path == other.path or (
        one.currency == other.currency
        and list(map(without_unit, one.path)) == list(map(without_unit, other.path))
    )


def _year_of(title: str) -> int | None:
    """The year of a title; 2015/16 is the year in which it ends."""
    across = re.search(r"(?<!\d)(20\d\d)/(\d\d)(?!\d)", title)
    return int(across[1][:2] + across[2]) if across else year_of(title)


def unit_column(told: Told, rows: Sequence[Row]) -> int:
    """The column that gives each row the unit of its sums, and so is no field; -1 where none is."""
    for column in told.columns:
        if not column.path or not UNIT_TITLE.fullmatch(compact(column.path[-1])):
            continue
        held = [tidy(cells[column.at]) for _, cells in rows if column.at < len(cells)]
        filled = [text for text in held if text and not is_empty(text)]
        if filled and 2 * sum(scale_of(text) is not None for text in filled) >= len(filled):
            told.columns[column.at] = replace(column, field=None, code="unit")
            return column.at
    return -1


def unit_in(path: tuple[str, ...]) -> tuple[str, int, str]:
    """The unit of money that the titles of a column give: as written, what it multiplies by, and
    a foreign currency.

    >>> unit_in(("总投资（亿元）",)), unit_in(("年度计划", "投资/万元"))[:2]
    (('亿元', 100000000, ''), ('万元', 10000))
    >>> unit_in(("Cost (£million)",))
    ('£million', 1000000, 'GBP')
    """
    for title in reversed(path):
        found = list(dict.fromkeys(_units_of(title)))
        if len(found) == 1 and (scale := scale_of(found[0])):
            return found[0], *scale
        if len(found) > 1:
            return "", 0, ""
    return "", 0, ""


def _units_of(title: str) -> Iterator[str]:
    whole = [held for held in BRACKETS.findall(title) if scale_of(held) is not None]
    if whole:  # RMB million
        yield from whole
        return
    inside = [piece.strip() for held in BRACKETS.findall(title) for piece in PIECES.split(held)]
    named = [piece for piece in inside if piece and scale_of(piece) is not None]
    if named:
        yield from named
        return
    yield from (found[0] for found in SPOKEN.finditer(compact(title)) if scale_of(found[0]))
    if word := CURRENCY_WORD.search(title):
        yield word[1]


def without_unit(title: str) -> str:
    """A title without the unit of money that it gives.

    >>> without_unit("总投资（万元）"), without_unit("总投资/亿元"), without_unit("总投资（含税）")
    ('总投资', '总投资', '总投资（含税）')
    """
    said = BRACKETS.sub(_unless_unit, "".join(title.split()))
    return SPOKEN.sub("", said).rstrip("/:：-")


def _unless_unit(brackets: re.Match[str]) -> str:
    pieces = [piece for piece in PIECES.split(brackets[1]) if piece]
    unit = bool(pieces) and all(scale_of(piece) is not None for piece in pieces)
    return "" if unit else brackets[0]


def sheet_units(texts: Sequence[str]) -> tuple[str, ...]:
    """The units of money that lines around a table give for all of it.

    >>> sheet_units(["附件1", "单位：万元"]), sheet_units(["编制单位：发改局"])
    (('万元',), ())
    >>> sheet_units(["单位：万元、亿元"])
    ('万元', '亿元')
    >>> sheet_units(["金额：亿元、个"]), sheet_units(["单位：亿"]), sheet_units(["金额：3亿元"])
    (('亿元',), ('亿元',), ())
    """
    found: dict[str, None] = {}
    for text in texts:
        for match in SHEET_UNIT.finditer(compact(text)):
            said = match[1] or match[2] or match[3] or f"{match[4]}元"
            for unit in re.split("[、/,，和及]", said):
                found[unit] = None
    return tuple(found)


UPTO = re.compile(
    r"(?:截[至止]到?|1月?[-—–~～至])(?:(20\d\d)年)?(1[0-2]|0?[1-9])月"  # not shown
    r"|(20\d\d)年(1[0-2]|0?[1-9])月(?:份|底|末)?(?!\d)"  # not shown
)


def told_upto(texts: Sequence[str], year: int | None) -> str:
    """Up to which month a table, or a column of it, counts; "" where none is told.

    >>> told_upto(["2020年1-5月重点项目进展"], 2020), told_upto(["截至6月底完成投资"], 2020)
    ('2020-05', '2020-06')
    >>> told_upto(["2020年重点项目表"], 2020), told_upto(["截至3月底"], None)
    ('', '')
    """
    for text in texts:
        for found in UPTO.finditer(compact(text)):
            of = found[1] or found[3] or year
            if of:
                return f"{of}-{int(found[2] or found[4]):02}"
    return ""


def sheet_year(texts: Sequence[str]) -> int | None:
    """The year that the lines above a table speak of; the number of a document is none.

    >>> sheet_year(["附件1", "2024年重点项目表（诸发〔2023〕5号）"]), sheet_year(["重点项目表"])
    (2024, None)
    """
    for text in texts:
        found = TITLE_YEAR.search(compact(text))
        if found:
            return int(found[1] or found[2])
    return None
