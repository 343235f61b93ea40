"""What was said on the pages of an import, as plain values."""

from collections.abc import Collection, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.queries.ledgers import QUESTIONS, question_of
from gongjian.foundation.records.usecases import Said
from gongjian.interfaces.web.acts import broken
from gongjian.lib.refusals import Refused
from gongjian.lib.texts import printable

MOST = 2_000  # questions and columns of one form
MOST_ROWS = 40  # of one page of the trial
MOST_NAMES = 60  # of units and leaders
LONGEST_NAME = 180
ANSWERS = frozenset({"dmy", "mdy", "ymd", "ydm", "1月", "10月"})  # not shown
UNITS = frozenset({"元", "千元", "万元", "百万元", "千万元", "亿元"})  # not shown


def file_name(name: str) -> str:
    """The name of an uploaded file as it is kept and shown: its end, without unseen signs."""
    return printable(name.replace("\n", " ").replace("\t", " "))[-LONGEST_NAME:]


def said_of(run: ImportRun, given: QueryDict, fields: Collection[str]) -> Said:
    """What a person said of columns and questions, added to what was said before.

    Refused: form.broken, import.year, import.no-sheet.
    """
    maps: dict[str, str] = dict(run.maps)
    says: dict[str, str] = dict(run.says)
    columns = list(zip(given.getlist("column"), given.getlist("field"), given.getlist("was"),
                       strict=False))[:MOST]  # fmt: skip
    for column, field, was in columns:
        if field != was:
            maps[column] = _field(field, fields)
    for at in range(min(len(given.getlist("ask")), MOST)):
        _answer(given, at, fields, (maps, says))
    forgotten = given.get("forget", "")
    says = {key: said for key, said in says.items() if forgotten not in (key, question_of(key)[0])}
    sheets = given.getlist("sheet")
    names = run.report.get("names", [])
    if given.get("sheets") and not sheets:
        raise Refused("import.no-sheet", _("一张工作表也没有选。请至少选一张。"))
    taken = tuple(name for name in sheets if name in names)
    whole = set(taken) == set(_tables_of(run)) and not run.sheets
    return Said(() if whole else taken or tuple(run.sheets), maps, tuple(says.items()),
                run.rows_said)  # fmt: skip


def _tables_of(run: ImportRun) -> list[str]:
    """The sheets that were read, each once."""
    found = [sheet["name"].partition("#")[0] for sheet in run.report.get("sheets", [])]
    return list(dict.fromkeys(found))


def _answer(
    given: QueryDict, at: int, fields: Collection[str], kept: tuple[dict[str, str], dict[str, str]]
) -> None:
    maps, says = kept
    column, kind = given.getlist("ask")[at], given.get(f"kind-{at}", "")
    said = given.get(f"said-{at}", "").strip()
    if not said:
        return
    if kind == "year":
        if not (said.isascii() and said.isdecimal() and 1900 <= int(said[:5]) <= 2099):
            raise Refused("import.year", _("年份写成四位数字，例如 2020。"))
        says[_about(column, kind)] = said
    elif kind == "doubled":
        choices = given.get(f"choices-{at}", "").split(",")
        if said not in choices:
            raise broken()
        maps |= {letter: _field(given.get(f"of-{at}", ""), fields) if letter == said else ""
                 for letter in choices}  # fmt: skip
    elif kind in ("which", "sums"):
        maps[column] = "" if said == "none" else _field(said, fields)
    elif kind == "key":
        maps[said] = "name"
    elif said in ANSWERS or said in UNITS:
        says[_about(column, kind)] = said
    else:
        raise broken()


def _about(column: str, kind: str) -> str:
    """The column and the question of an answer: a column may be asked about twice."""
    if kind not in QUESTIONS:
        raise broken()
    return f"{column}!{kind}"


def _field(name: str, fields: Collection[str]) -> str:
    if name and name not in fields:
        raise broken()
    return name


def rows_said(run: ImportRun, given: Mapping[str, str]) -> Said:
    """What was said of rows that could be about several projects, of names that several bear."""
    rows = dict(run.rows_said)
    for at in range(MOST_ROWS):
        key, said = given.get(f"key-{at}", ""), given.get(f"row-{at}", "")
        if key and said:
            rows[key[:LONGEST_NAME]] = said[:40]
    for at in range(MOST_NAMES):
        key, said = given.get(f"who-{at}", ""), given.get(f"means-{at}", "")
        if key and said:
            rows[key[:LONGEST_NAME]] = said[:40]
    rows.pop(given.get("forget", ""), None)
    return Said(tuple(run.sheets), run.maps, tuple((a, b) for a, b in run.says), rows)
