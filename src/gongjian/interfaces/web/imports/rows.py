"""What the pages of an import show."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.projects.queries import LEDGER_LABELS, ledger_label
from gongjian.foundation.records.models import ImportMemory, ImportRun
from gongjian.foundation.records.queries.ledgers import question_of
from gongjian.interfaces.web.imports.kinds import LABELS, PROJECTS, Kind
from gongjian.interfaces.web.tags import moment

ROLES = {
    "above": _("标题"), "header": _("表头"), "category": _("类别"), "total": _("合计"),
    "note": _("注"), "blank": _("空行"), "numbered": _("空行"), "aside": _("不是行"),
    "continued": _("续行"), "data": _("数据"),
}  # fmt: skip
LOOKS = {"header": "im-h", "category": "im-c", "total": "im-s", "data": ""}
SURE = frozenset({"word", "values", "given"})
GLANCE = frozenset({"parts", "alike", "sums", "second", "unfit", "year"})
NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
HAPPENED = frozenset({"actual_start", "actual_finish", "year_done_investment"})
MOST_ROWS = 8  # that a choice names
WIDEST = 26  # columns of the picture of a sheet; the list below has them all


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the picture of a sheet, or the gap between two (`cells` empty)."""

    number: str
    label: str
    look: str
    cells: tuple[tuple[str, int, bool], ...] = ()  # text, columns, a number?
    gap: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column: what heads it, which field it is taken for, and why."""

    key: str
    letter: str
    title: str
    field: str
    label: str
    unit: str
    reason: str
    tone: str
    sure: str
    asked: bool
    elsewhere: bool
    both: str  # the two fields of a column from–to


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question, and what it would make of the first row it is about."""

    value: str
    label: str
    effect: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person knows."""

    number: int
    sheet: str
    column: str
    letter: str
    kind: str
    title: str
    why: str
    choices: tuple[Choice, ...]
    of: str = ""
    letters: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One table of the file."""

    name: str
    sheet: str
    head: str
    rows: int
    taken: bool
    sentence: str
    letters: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    columns: tuple[ColumnRow, ...]
    groups: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


def facts_of(run: ImportRun) -> str:
    """7月项目台账.xlsx · 1.2 MB · 6月29日 10:00 田某某 上传."""
    return _("%(kind)s · %(file)s · %(size)s · %(at)s %(by)s 上传") % {
        "kind": LABELS[run.kind], "file": run.file_name,
        "size": filesizeformat(run.size), "at": moment(run.made_at),
        "by": run.by_name,
    }  # fmt: skip


def sheets_of(run: ImportRun, memory: Mapping[str, ImportMemory], kind: Kind) -> list[SheetPart]:
    """The tables of a file with their columns."""
    counts = run.report.get("counts", {})
    return [_part(sheet, run, memory, kind, counts) for sheet in run.report.get("sheets", [])]


def _part(
    sheet: Mapping[str, Any],
    run: ImportRun,
    memory: Mapping[str, ImportMemory],
    kind: Kind,
    counts: Mapping[str, Mapping[str, int]],
) -> SheetPart:
    asked = {one["letter"] for one in sheet["asked"] if one["letter"]}
    columns = _columns(sheet, run, memory, kind, asked)
    by_letter = {column.letter: column for column in columns}
    letters = [column["letter"] for column in sheet["columns"]][:WIDEST]
    heads = _("、").join(str(row) for row in sheet["header_rows"])
    base = sheet["name"].partition("#")[0]
    return SheetPart(
        name=sheet["name"] or _("（未命名）"),
        sheet=base,
        head=heads,
        rows=sheet["rows"],
        taken=not run.sheets or base in run.sheets,
        sentence=sheet["accounts"]["sentence"],
        letters=tuple(letters),
        fields=tuple(
            (by_letter[one].label, "im-gq" if one in asked else
             "" if by_letter[one].field else "im-gx")
            for one in letters
        ),
        lines=tuple(_lines(sheet, len(letters))),
        columns=tuple(columns),
        groups=tuple(_group(group) for group in sheet["categories"]),
        warnings=tuple(sheet["warnings"]),
        counts=counts.get(sheet["name"], {}),
    )  # fmt: skip


def _columns(
    sheet: Mapping[str, Any],
    run: ImportRun,
    memory: Mapping[str, ImportMemory],
    kind: Kind,
    asked: set[str],
) -> list[ColumnRow]:
    titles = [column["header_path"] for column in sheet["columns"]]
    rows = []
    for column in sheet["columns"]:
        title, letter, name = column["header_path"], column["letter"], column["field"] or ""
        once = bool(title) and titles.count(title) == 1
        tone, sure = _sure(column["guess"], letter in asked)
        label = kind.field(name) if name else _("不导入")
        if name and column["also"]:
            label = _("、").join([label, kind.field(column["also"])])
        rows.append(
            ColumnRow(
                key=title if once else letter,
                letter=letter,
                title=title.replace("/", " / ") or _("（无表头）"),
                field=name,
                label=label,
                unit=column["unit"] or "",
                reason=_reason(column, run, memory),
                tone=tone,
                sure=sure,
                asked=letter in asked,
                elsewhere=name in HAPPENED and run.kind == PROJECTS,
                both=label if name and column["also"] else "",
            )
        )
    return rows


def _sure(guess: str, asked: bool) -> tuple[str, str]:
    if asked:
        return "g-tag-a", _("待你答")
    if guess in GLANCE:
        return "g-tag-y", _("看一眼")
    return "", _("有把握") if guess in SURE else _("不取")


def _reason(column: Mapping[str, Any], run: ImportRun, memory: Mapping[str, ImportMemory]) -> str:
    """Why a column is what it is taken for; what was said on the page is no --map."""
    guess, word = column["guess"], column["word"]
    if guess in ("given", "dropped"):
        learnt = memory.get(column["header_path"])
        if word not in run.maps and learnt is not None:
            return _("上次导入“%(file)s”时%(by)s这样认") % {
                "file": learnt.run.file_name, "by": learnt.run.by_name,
            }  # fmt: skip
        return _("你指定的") if guess == "given" else _("你指定不导入")
    if guess == "second":
        return _("同一项已取 %(word)s 栏；要用这一栏，在这里选") % {"word": word}
    return str(column["guess_reason"])


def _lines(sheet: Mapping[str, Any], width: int) -> list[Line]:
    lines: list[Line] = []
    last = 0
    for row, role, cells in sheet.get("shown", []):
        if row > last + 1 and last:
            one = row == last + 2
            words = _("第 %(first)s 行") if one else _("第 %(first)s—%(last)s 行")
            gap = words % {"first": last + 1, "last": row - 1}
            lines.append(Line("…", "", "", gap=gap))
        filled = _spans([*cells[:width], *[""] * (width - len(cells))], role)
        lines.append(
            Line(str(row), str(ROLES.get(role, role)), LOOKS.get(role, "im-no"), tuple(filled))
        )
        last = row
    return lines


def _spans(cells: list[str], role: str) -> list[tuple[str, int, bool]]:
    """The cells of a row; a title, a group or a note takes the empty ones behind it."""
    found: list[tuple[str, int, bool]] = []
    for text in cells:
        if found and not text and role in ("above", "note", "category") and found[-1][0]:
            before, span, number = found[-1]
            found[-1] = (before, span + 1, number)
        else:
            found.append((text, 1, bool(NUMBER.fullmatch(text))))
    return found


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    declared, found = group["declared_count"], group["found_count"]
    said, summed = group["declared_sum"], group["found_sum"]
    return {
        "path": group["path"],
        "declared": declared,
        "found": found,
        "odd": declared is not None and declared != found,
        "gap": _gap(said, summed),
        "compared": said is not None and summed is not None,
    }


def _gap(said: str | None, summed: str | None) -> str:
    """How much less, or more, the rows make than their group says, in 万元; "" where as much."""
    if said is None or summed is None:
        return ""
    gap = (float(summed) - float(said)) / 10_000
    if abs(gap) < 0.005:
        return ""
    much = f"{abs(gap):,.2f}".rstrip("0").rstrip(".")
    return (_("少 %(much)s") if gap < 0 else _("多 %(much)s")) % {"much": much}


def questions_of(run: ImportRun, memory: Mapping[str, ImportMemory]) -> list[Question]:
    """Everything that is asked, for one screen."""
    found: list[Question] = []
    for sheet in run.report.get("sheets", []):
        columns = {column["letter"]: column for column in sheet["columns"]}
        for asked in sheet["asked"]:
            column = columns.get(asked["letter"] or "")
            found.append(_question(len(found), sheet, asked, column, memory))
    return found


def _question(
    number: int,
    sheet: Mapping[str, Any],
    asked: Mapping[str, Any],
    column: Mapping[str, Any] | None,
    memory: Mapping[str, ImportMemory],
) -> Question:
    title = column["header_path"] if column else ""
    titles = [one["header_path"] for one in sheet["columns"]]
    key = title if title and titles.count(title) == 1 else asked["letter"] or ""
    learnt = memory.get(title)
    sentence, why = _words(asked, sheet)
    if learnt is not None and learnt.answer:
        why += _("上次答的是“%(answer)s”。") % {"answer": _label(learnt.answer, asked["kind"])}
    return Question(
        number=number,
        sheet=sheet["name"],
        column=key,
        letter=asked["letter"] or "",
        kind=asked["kind"],
        title=sentence,
        why=why,
        choices=tuple(_choices(asked, sheet)),
        of=(column or {}).get("field") or "",
        letters=",".join(asked["choices"]) if asked["kind"] == "doubled" else "",
    )


def _words(asked: Mapping[str, Any], sheet: Mapping[str, Any]) -> tuple[str, str]:
    """The question as a page asks it, and what it is about."""
    kind, count = asked["kind"], asked["count"]
    about = _("%(count)s 行要看这个答案；不答也能试运行，这一栏先留空。") % {"count": count}
    column = _("“%(column)s”") % {"column": asked["column"] or ""}
    if kind == "no_header":
        return _("没有找到表头"), _("看看是不是选错了文件；表头要有“项目名称”。")
    if kind == "key":
        return _("项目名称是哪一栏？"), _("不答，这张表的行都留下不导入。")
    if kind == "doubled":
        return _("%(column)s有几栏可取，取哪一栏？") % {"column": column}, about
    if kind == "broken":
        return str(asked["question"]), _("%(count)s 行的这一格先留空，其余照取。") % {
            "count": count
        }
    if kind == "which":
        return _("%(column)s是哪一项？表头没有说清") % {"column": column}, about
    if kind == "sums":
        return _("%(column)s是投资，还是要做的工作？") % {"column": column}, about
    if kind == "repeated":
        return (
            _("“%(sheet)s”和另一张表的项目大多相同，两张都导入吗？") % {"sheet": sheet["name"]},
            _("同一个项目只登记一次；只要一张，就把另一张的勾去掉。"),
        )
    return str(asked["question"]), about


def _choices(asked: Mapping[str, Any], sheet: Mapping[str, Any]) -> list[Choice]:
    if asked["kind"] in ("repeated", "no_header"):
        return []
    cells = _example(asked, sheet)
    return [
        Choice(
            value, _label(value, asked["kind"], sheet, asked), _effect(value, asked["kind"], cells)
        )
        for value in asked["choices"]
    ]


def answers_of(run: ImportRun) -> list[tuple[str, str, str]]:
    """What was answered before: its key, the column, and the answer as a person chose it."""
    found = []
    for key, said in run.says:
        column, about = question_of(key)
        slip = about == "slip"
        label = _("差一万倍的行按%(unit)s") % {"unit": said} if slip else _label(said, "")
        found.append((key, column, label))
    return found


def _label(
    value: str,
    kind: str,
    sheet: Mapping[str, Any] | None = None,
    asked: Mapping[str, Any] | None = None,
) -> str:
    names = {"dmy": _("日/月/年"), "mdy": _("月/日/年"), "ymd": _("年/月/日"), "ydm": _("年/日/月")}
    if kind in ("doubled", "key") and sheet is not None:
        titles = {one["letter"]: one["header_path"] for one in sheet["columns"]}
        return _("%(letter)s 栏 %(title)s") % {"letter": value, "title": titles.get(value, "")}
    if kind in ("which", "sums"):
        bases = {"done": _("调度口径"), "stat_done": _("统计口径"), "none": _("不导入")}
        return bases.get(value) or ledger_label(value)
    if kind == "slip" and sheet is not None and asked is not None:
        units = {one["letter"]: one["unit"] for one in sheet["columns"]}
        stays = value == units.get(asked["letter"])
        as_written = _("第 %(rows)s 行照写的记，按%(unit)s")
        words = as_written if stays else _("第 %(rows)s 行改按%(unit)s记")
        return words % {"rows": _rows(asked), "unit": value}
    if kind == "written" and asked is not None:
        return _("第 %(rows)s 行按%(unit)s记") % {"rows": _rows(asked), "unit": value}
    return names.get(value, value)


def _rows(asked: Mapping[str, Any]) -> str:
    """The rows that a question is about, the first of them where they are many."""
    rows = _("、").join(map(str, asked["rows"][:MOST_ROWS]))
    if asked["count"] <= MOST_ROWS:
        return rows
    return _("%(shown)s 等 %(count)s") % {"shown": rows, "count": asked["count"]}


def _example(asked: Mapping[str, Any], sheet: Mapping[str, Any]) -> tuple[int, str]:
    """A row that the question is about, and what stands in it."""
    letters = [column["letter"] for column in sheet["columns"]]
    if asked["letter"] not in letters:
        return 0, ""
    at = _place(asked["letter"])
    for row, _role, cells in sheet.get("shown", []):
        if row in asked["rows"] and at < len(cells) and cells[at]:
            return row, cells[at]
    return 0, ""


def _place(letter: str) -> int:
    """The place of a column from its letter, or from its number in a turned table."""
    if letter.isdecimal():
        return int(letter) - 1
    at = 0
    for sign in letter:
        at = at * 26 + ord(sign) - 64
    return at - 1


def _effect(value: str, kind: str, example: tuple[int, str]) -> str:
    row, cell = example
    if not row:
        return ""
    parts = cell.replace("-", "/").replace(".", "/").split("/")
    if value in ("dmy", "mdy") and len(parts) == 3 and all(part.isdecimal() for part in parts):
        first, second, year = parts
        day, month = (first, second) if value == "dmy" else (second, first)
        return _("第 %(row)s 行 %(cell)s → %(year)s年%(month)s月%(day)s日") % {
            "row": row, "cell": cell, "year": year, "month": int(month), "day": int(day),
        }  # fmt: skip
    if kind in ("unit", "currency", "slip") and NUMBER.fullmatch(cell):
        return _("第 %(row)s 行 %(cell)s → %(cell)s %(unit)s") % {
            "row": row, "cell": cell, "unit": value,
        }  # fmt: skip
    return ""


@dataclass(frozen=True, slots=True)
class NameAsked:
    """A name in a ledger that several units or leaders bear."""

    number: int
    key: str
    said: str
    label: str
    rows: int
    choices: tuple[tuple[str, str], ...]


def names_asked(run: ImportRun) -> list[NameAsked]:
    """The names a person is asked about, each once for the whole file."""
    return [
        NameAsked(
            number, one["key"], one["said"], ledger_label(one["column"]), one["rows"],
            tuple((uid, label) for uid, label in one["choices"]),
        )
        for number, one in enumerate(run.report.get("effects", {}).get("names", []))
    ]  # fmt: skip


def names_answered(run: ImportRun) -> list[tuple[str, str]]:
    """(key, name) of those that were answered before: the answer may be taken back."""
    return [
        (key, said)
        for key, (column, _mark, said) in ((k, k.partition("!")) for k in run.rows_said)
        if column in LEDGER_LABELS and said
    ]


def runs_context(runs: Iterable[ImportRun]) -> list[dict[str, Any]]:
    """The lines of the history."""
    return [
        {
            "file": run.file_name,
            "kind": str(LABELS[run.kind]),
            "url": reverse("import_run", args=[run.uid]),
            "state": run.state,
            "state_label": str(run.get_state_display()),
            "totals": run.totals,
            "left": run.totals.get("refused", 0) + run.totals.get("asked", 0),
            "by": run.by_name,
            "at": run.started_at or run.made_at,
        }
        for run in runs
    ]
