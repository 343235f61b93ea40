"""The register as the bytes of a file: as a table, by an official layout, or for other programs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries.exports.book import Objects
from gongjian.flow.projects.queries.exports.layouts import (
    LAYOUTS,
    layout_word,
    layout_xlsx,
    official_table,
)
from gongjian.flow.projects.queries.exports.ledger import ledger_footing, ledger_table
from gongjian.flow.projects.queries.exports.oc4ids import oc4ids_package
from gongjian.flow.projects.queries.exports.tables import (
    Basis,
    Table,
    table_csv,
    table_json,
    table_xlsx,
)
from gongjian.lib.refusals import Missing

AT_ONCE = 5_000  # rows: more are written by the worker, while the page says how far it is
TABLES: Mapping[str, Callable[[Table], bytes]] = {"xlsx": table_xlsx, "csv": table_csv}
SHEET = "sheet"  # the layout of the month sheet: its columns name the month and the measure
OFFICIAL = {"xlsx": layout_xlsx, "docx": layout_word}
UNITS = ("wan", "yi")
FORMS = ("xlsx", "csv", "json", "docx", "oc4ids")


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What is taken away: in which form, by which official layout ("" for none), with which
    columns, of which figures; `keys` are the projects of a filter in their order, None all of them;
    `unit` is wan or yi, for official tables."""

    form: str
    basis: Basis
    layout: str = ""
    columns: tuple[str, ...] = ()
    unit: str = "wan"
    keys: tuple[int, ...] | None = None

    def checked(self) -> "ExportAsked":
        """Itself, where such a file can be made. Missing: list.file."""
        forms: Mapping[str, tuple[str, ...]] = {
            "": (*TABLES, "json", "oc4ids"),
            SHEET: (*TABLES, "json"),
            **dict.fromkeys(LAYOUTS, tuple(OFFICIAL)),
        }
        named = self.layout != SHEET or len(self.columns) == 2  # the month and the measure
        if not named or self.unit not in UNITS or self.form not in forms.get(self.layout, ()):
            raise Missing("list.file", _("没有这样的文件可以导出。"))
        return self


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was made: its name, its bytes, how many rows it holds."""

    name: str
    content: bytes
    rows: int


def export_file(
    campaign: Campaign, objects: Objects, asked: ExportAsked, *, by: str, maker: str = ""
) -> WrittenFile:
    """The objects as they were asked for. `maker` is the unit that makes an official table."""
    filtered = asked.keys is not None
    if asked.layout:
        footing = ledger_footing(asked.basis, by=by, filtered=filtered)
        told = official_table(
            asked.layout,
            campaign,
            objects,
            footing=footing,
            maker=_("编制单位：%(unit)s　截至 %(day)s")
            % {"unit": maker or by, "day": asked.basis.as_of.isoformat()},
            unit="yi" if asked.unit == "yi" else "wan",
        )
        content = OFFICIAL[asked.form](told)
        return WrittenFile(f"{told.title}.{asked.form}", content, told.count)
    table = ledger_table(
        campaign,
        objects,
        basis=asked.basis,
        by=by,
        filtered=filtered,
        columns=asked.columns,
    )
    return WrittenFile(
        f"{table.title}.{'json' if asked.form == 'oc4ids' else asked.form}",
        _content(table, objects, asked, maker or by),
        len(objects),
    )


def _content(
    table: Table, objects: Sequence[Mapping[str, Any]], asked: ExportAsked, maker: str
) -> bytes:
    if asked.form == "oc4ids":
        if not objects:
            raise Missing("list.empty", _("筛选里没有项目；OC4IDS 的文件至少要有一个。"))
        day = asked.basis.as_of.isoformat()
        return oc4ids_package(
            objects, basis=asked.basis, publisher=maker, uri=f"urn:gongjian:projects:{day}"
        )
    if asked.form == "json":
        return table_json(table, named="projects", objects=objects)
    return TABLES[asked.form](table)
