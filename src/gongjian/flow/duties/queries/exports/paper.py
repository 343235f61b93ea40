"""The list as an official Word paper: 征求意见稿 to the units, or the issue under its 文号."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from gongjian.documents.official import (
    Align,
    AttachmentHeading,
    Cell,
    Column,
    Landscape,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    TableBlock,
    broken,
    write_official,
)
from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries.exports.source import Exported, chinese_day
from gongjian.flow.duties.queries.sheets import SheetLine, UnitWords, columns

WIDTHS = (6.2, 17, 10, 9.2, 10.5, 13, 19, 15, 18.6, 11)
WORDS = re.compile(r"\d{4}年|责任清单|（[^）]*）|(?:(?!责任清单|（).)+")  # not shown
NAMES = (
    "title",
    "goal",
    "leader",
    "lead",
    "responsible",
    "supporting",
    "measures",
    "definition",
)
SILENT = "＊"
L: Align = "left"
C: Align = "center"
ALIGNS = (C, L, C, C, C, L, L, L, L, C)


def list_word(exported: Exported, *, answer_by: str = "") -> bytes:
    """The paper: what it is, then the list on A4 turned sideways with its head on every page.

    `answer_by` is printed in a draft that waits for answers. A line that a version changed shows
    the old words struck through beside the new.
    """
    title = f"{exported.title}（{exported.of}）" if exported.of else exported.title
    note = "　".join(filter(None, (_silent(exported), exported.footing, _digest(exported))))
    table = TableBlock(
        columns=tuple(
            Column(head, width, align)
            for head, width, align in zip(_heads(), WIDTHS, ALIGNS, strict=True)
        ),
        rows=tuple(_rows(exported)),
        note=note,
        points=9,
    )
    issued = exported.issued_on
    told = tuple(Paragraph(text) for text in _remarks(exported))
    text = tuple(Paragraph(text) for text in _explained(exported, answer_by))
    # The words of an issue leave the first page room for its closing; the rest is beside the list.
    above = () if exported.draft else told
    attached = Landscape((AttachmentHeading(_("附件"), title), *above, table))
    document = OfficialDocument(
        title=_subject(exported),
        issuer_mark=_("%(issuer)s文件") % {"issuer": exported.issuer} if issued else "",
        doc_no=exported.doc_no or None,
        draft_mark="" if issued else _("征求意见稿"),
        addressee=exported.of or _("各有关单位"),
        blocks=(*text, *(told if exported.draft else ()), attached),
        attachments=(title,),
        signature=Signature(exported.issuer, chinese_day(issued)) if issued else None,
    )
    return write_official(document)


def _subject(exported: Exported) -> str:
    """The title of the paper, broken between its words."""
    first, *others = WORDS.findall(exported.title)
    named = [f"《{first}", *others]
    named[-1] += "》"
    if exported.draft:
        return broken([_("关于征求"), *named, _("意见的函")])
    return broken([_("关于印发"), *named, _("的通知")])


def _explained(exported: Exported, answer_by: str) -> Iterator[str]:
    kinds = [line.kind for line in exported.lines]
    counts = {"targets": kinds.count("target"), "tasks": kinds.count("task")}
    if exported.draft:
        yield (
            _(
                "按照实施方案，攻坚办拟定了责任清单，共%(targets)s项目标、%(tasks)s项任务，"
                "现征求意见。请对照附件逐项答复：同意的认领；认为应由其他单位负责的，"
                "写明单位和理由，每项只提一次。"
            )
            % counts
        )
        if answer_by:
            yield _("请于%(when)s前答复。到期没有答复的，不视为同意，由攻坚办逐项研究确定。") % {
                "when": answer_by
            }
    else:
        yield _(
            "《%(title)s》已经审定，现印发给你们，共%(targets)s项目标、%(tasks)s项任务。"
            "请认真抓好落实。"
        ) % (counts | {"title": exported.title})


def _remarks(exported: Exported) -> Iterator[str]:
    """How its units stand to each other, and what differs from the version before."""
    if exported.unit_order == DutyList.UnitOrder.GIVEN:
        yield _("牵头单位只有一个，对结果负总责；责任单位按顺序各办其事；配合单位应请协助。")
    else:
        yield _("牵头单位只有一个，对结果负总责；责任单位各办其事；配合单位应请协助。")
    if exported.before:
        yield _compared(exported)


def _compared(exported: Exported) -> str:
    """How many lines differ from the version before; a number alone is counted apart."""
    found = [exported.changed(line) for line in exported.lines]
    counts = {
        _("改动"): sum(bool(set(columns) - {"code"}) for columns in found),
        _("新增"): sum(exported.is_new(line) for line in exported.lines),
        _("调出"): len(exported.removed),
    }
    renumbered = sum("code" in columns for columns in found)
    if not (any(counts.values()) or renumbered):
        return _("与上一版相比没有改动。")
    if renumbered:
        counts[_("编号变动")] = renumbered
    said = [_("%(what)s%(count)s项") % {"what": what, "count": n} for what, n in counts.items()]
    return _("与上一版相比，%(said)s。") % {"said": _("，").join(said)}


def _silent(exported: Exported) -> str:
    silent = any(line.silent for line in exported.lines)
    return _("标%(mark)s的单位到期未答复。") % {"mark": SILENT} if silent else ""


def _digest(exported: Exported) -> str:
    return _("校验值：%(digest)s") % {"digest": exported.sha256[:16]} if exported.sha256 else ""


def _heads() -> tuple[str, ...]:
    return (
        _("序号"),
        _("任务"),
        _("年度目标"),
        _("牵头领导"),
        _("牵头单位"),
        _("责任单位"),
        _("配合单位"),
        _("工作措施"),
        _("口径"),
        _("完成时限"),
    )


def _rows(exported: Exported) -> Iterator[tuple[str | Cell, ...]]:
    action = None
    for line in exported.lines:
        if line.action_seq != action:
            action = line.action_seq
            head = Run(f"{line.action_seq}　{line.action}", bold=True)
            yield (Cell((head,), column_span=len(WIDTHS), align="left"),)
        yield _row(exported, line)
    if exported.removed:
        head = Run(_("这一版调出"), bold=True)
        yield (Cell((head,), column_span=len(WIDTHS), align="left"),)
    for line in exported.removed:
        yield tuple(
            Cell((Run(text, struck=True),)) for text in (line.code, *_texts(line, exported.year))
        )


def _row(exported: Exported, line: SheetLine) -> tuple[str | Cell, ...]:
    before = exported.before.get(line.uid)
    new = _texts(_marked(line), exported.year)
    if before is None:
        number = f"{line.code}\n{_('新增')}" if exported.is_new(line) else line.code
        return (number, *(text or "—" for text in new))
    old, changed = _texts(before, exported.year), exported.changed(line)
    shown = zip((*NAMES, "deadline"), old, new, strict=True)
    cells = [
        _replaced(was, text)
        if name in changed or (name == "lead" and "fills" in changed)
        else text or "—"
        for name, was, text in shown
    ]
    code = _replaced(before.code, line.code) if "code" in changed else line.code
    return (code, *cells)


def _replaced(was: str, text: str) -> Cell:
    """The old words struck through above the new."""
    return Cell((*((Run(f"{was}\n", struck=True),) if was else ()), Run(text or "—", bold=True)))


def _marked(line: SheetLine) -> SheetLine:
    """The line with a mark at the names of its units that let the hour pass."""
    silent = line.silent.split(_("、")) if line.silent else []

    def marked(unit: UnitWords) -> UnitWords:
        return replace(unit, short=unit.short + SILENT) if unit.short in silent else unit

    return replace(
        line,
        lead=marked(line.lead) if line.lead else None,
        responsible=tuple(map(marked, line.responsible)),
        supporting=tuple(map(marked, line.supporting)),
    )


def _texts(line: SheetLine, year: int) -> list[str]:
    words = columns(line)
    if line.fills and line.fills != words["lead"].removesuffix(SILENT):
        words["lead"] += "\n" + _("（%(unit)s填报）") % {"unit": line.fills}
    return [*(words[name] for name in NAMES), _day(line.deadline, year)]


def _day(day: date | None, year: int) -> str:
    """The day alone within the campaign's year."""
    if day is None:
        return ""
    words = _("%(month)s月%(day)s日") if day.year == year else _("%(year)s年%(month)s月%(day)s日")
    return words % {"year": day.year, "month": day.month, "day": day.day}
