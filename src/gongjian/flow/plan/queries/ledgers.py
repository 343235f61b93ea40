"""Lists of targets as offices write them: read by the engine of ledgers."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from gongjian.foundation.records.queries.ledgers import LedgerKind, Thing, lexicon_of

TARGET_FIELDS = (
    "seq", "action", "kind", "name", "goal", "unit", "deadline", "base", "measures", "definition",
    "basis",
)  # fmt: skip
TARGETS = LedgerKind(
    "targets",
    lexicon_of(Path(__file__).with_name("target_columns.toml"), TARGET_FIELDS),
    Thing(_("目标任务"), _("目标或任务名称")),
)
