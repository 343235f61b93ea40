"""A kept bulletin as its page prints it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.bulletins.models import Bulletin

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A stretch of text; a figure has an address that shows its lineage."""

    text: str
    figure: str
    url: str
    current: bool
    stale: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class PageTable:
    """The table of targets."""

    head: list[str]
    rows: list[list[PagePiece]]
    caption: str


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of the paper."""

    kind: str
    anchor: str
    pieces: list[PagePiece]
    table: PageTable | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figure somebody looks at, with what stands behind it."""

    label: str
    text: str
    unit: str
    rows: list[tuple[str, str, str]]
    light: str = ""
    note: str = ""
    records: tuple[object, ...] = ()
    records_total: int = 0


def page_blocks(bulletin: Bulletin, chosen: str) -> list[PageBlock]:
    """The blocks of a kept bulletin, the chosen figure marked."""
    page = reverse("bulletin", args=[bulletin.uid])

    def piece(kept: Mapping[str, str]) -> PagePiece:
        figure = kept["figure"]
        url = f"{page}?figure={figure}" if figure else ""
        return PagePiece(kept["text"], figure, url, bool(figure) and figure == chosen)

    blocks = [PageBlock("title", "", [PagePiece(bulletin.title, "", "", False)])]
    for number, kept in enumerate(bulletin.body, start=1):
        pieces = [piece(part) for part in kept["pieces"]]
        table = None
        if kept["kind"] == "table":
            head, *rows = kept["rows"]
            table = PageTable(
                head=[part["text"] for part in head],
                rows=[[piece(part) for part in row] for row in rows],
                caption="".join(part.text for part in pieces),
            )
        blocks.append(PageBlock(kept["kind"], f"b{number}", pieces, table))
    return blocks


def outline(blocks: list[PageBlock]) -> list[tuple[str, str]]:
    """The sections and the table, to jump to."""
    return [
        (block.anchor, block.table.caption if block.table else _text(block))
        for block in blocks
        if block.kind in ("heading", "table")
    ]


def chosen_figure(bulletin: Bulletin, figure: str) -> Chosen | None:
    """What stands behind a figure of the bulletin; None where it has no such figure."""
    fact = next((f for f in bulletin.figures if f["id"] == figure), None)
    if fact is None:
        return None
    rows = [
        (_("算法"), fact["how"], ""),
        (_("报告期"), fact["period"], ""),
        (_("依据"), _basis(bulletin), ""),
    ]
    if fact["target_uid"]:
        rows.append((_("目标"), fact["target"], reverse("target", args=[fact["target_uid"]])))
    if fact["report"]:
        report = reverse("report_check", args=[fact["report"]])
        rows += [
            (_("核实级别"), fact["level"], ""),
            (_("填报"), _("看这份进度"), report),
            (_("采信人"), fact["reviewer"], ""),
        ]
    rows += [(_("佐证"), line.split(" sha256:")[0], "") for line in fact["evidence"]]
    label = fact["target"] or _("全部目标")
    return Chosen(label=label, text=fact["figure"], unit=fact["unit"], rows=rows)


def facts_line(bulletin: Bulletin) -> str:
    """Draft or snapshot, how many figures, how many characters."""
    characters = sum(len(part["text"]) for block in bulletin.body for part in block["pieces"])
    kind = _basis(bulletin) if bulletin.snapshot else _("代拟稿 · 实时")
    return _("%(kind)s · 引用 %(figures)s 个数字 · %(characters)s 字") % {
        "kind": kind,
        "figures": len(bulletin.figures),
        "characters": characters,
    }


def checks(bulletin: Bulletin) -> list[tuple[str, str]]:
    """What to look at before it is sent for signature."""
    traced = sum(bool(fact["report"]) for fact in bulletin.figures)
    counts = {"count": len(bulletin.figures), "traced": traced}
    lines = [("ok", _("%(count)s 个数字各有算法，其中 %(traced)s 个连着采信的填报") % counts)]
    if bulletin.snapshot is None:
        lines.append(("warn", _("数字还是实时的，冻结后请重新生成")))
    return lines


def _basis(bulletin: Bulletin) -> str:
    if bulletin.snapshot is None:
        return _("实时")
    return _("快照 %(number)s") % {"number": bulletin.snapshot.number}


def _text(block: PageBlock) -> str:
    return "".join(piece.text for piece in block.pieces)
