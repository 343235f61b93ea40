"""Lists of units and people as offices write them: read by the engine of ledgers."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from gongjian.foundation.orgs.queries.sheets.people import HEADS as PEOPLE_HEADS
from gongjian.foundation.orgs.queries.sheets.plan import Cells
from gongjian.foundation.orgs.queries.sheets.units import HEADS as UNIT_HEADS
from gongjian.foundation.records.queries.ledgers import Entry, LedgerKind, Thing, lexicon_of

HERE = Path(__file__)
UNIT_FIELDS = ("seq", *dict.fromkeys(UNIT_HEADS.values()))
PEOPLE_FIELDS = ("seq", *dict.fromkeys(PEOPLE_HEADS.values()))
UNITS = LedgerKind(
    "units",
    lexicon_of(HERE.with_name("unit_columns.toml"), UNIT_FIELDS),
    Thing(_("单位"), _("单位名称")),
)
PEOPLE = LedgerKind(
    "people",
    lexicon_of(HERE.with_name("people_columns.toml"), PEOPLE_FIELDS),
    Thing(_("人员"), _("姓名")),
)


def cells_of(kind: LedgerKind, entry: Entry) -> Cells:
    """The cells of a row as the plans of sheets take them: a field that is empty is ""."""
    return {name: str(entry.record.get(name) or "") for name in kind.fields if name != "seq"}
