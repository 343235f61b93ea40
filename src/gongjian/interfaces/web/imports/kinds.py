"""What the pages of an import may bring in, by whom, and which act does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.flow.duties.usecases import answer_project_import, bring_project_ledger
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import LEDGER_LABELS
from gongjian.flow.projects.rules import check_can_keep_project
from gongjian.flow.projects.usecases import (
    LISTS,
    ask_to_undo_project_import,
    start_project_import,
)
from gongjian.foundation.files.usecases import (
    answer_list,
    ask_to_undo_untouched_list,
    bring_list,
    start_list,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.queries import import_by_uid
from gongjian.foundation.records.queries.ledgers import ListKind
from gongjian.interfaces.request import now, today, why_not
from gongjian.lib.refusals import Refused

PROJECTS = "projects"
LABELS: Mapping[str, str | Promise] = {
    "projects": gettext_lazy("项目"),
    "units": gettext_lazy("单位"),
    "people": gettext_lazy("人员"),
    "targets": gettext_lazy("目标、任务"),
    "money": gettext_lazy("月度投资"),
}
OF_A_CAMPAIGN = ("projects", "targets", "money")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of ledger: who may bring it in, what its columns are called, and its acts."""

    name: str
    check: Callable[[User], None]
    fields: Mapping[str, str | Promise]
    answer: Callable[..., ImportRun]
    start: Callable[..., ImportRun]
    undo: Callable[..., ImportRun]

    @property
    def label(self) -> str:
        return str(LABELS[self.name])

    def field(self, name: str) -> str:
        """What a column is called."""
        return str(self.fields.get(name, name))


def _list(kind: ListKind) -> Kind:
    fields = {field.name: field.words[0] for field in kind.ledger.lexicon.fields if field.words}
    return Kind(
        kind.ledger.name,
        kind.check,
        fields,
        partial(answer_list, kind),
        partial(start_list, kind),
        partial(ask_to_undo_untouched_list, kind),
    )


KINDS: Mapping[str, Kind] = {
    PROJECTS: Kind(
        PROJECTS,
        check_can_keep_project,
        LEDGER_LABELS,
        answer_project_import,
        start_project_import,
        ask_to_undo_project_import,
    ),
    **{name: _list(kind) for name, kind in LISTS.items()},
}


def kinds_of(reader: User) -> list[Kind]:
    """The kinds that a reader may bring in."""
    return [kind for kind in KINDS.values() if not why_not(kind.check, reader)]


def check_can_import(by: User) -> None:
    """Whoever may bring in one kind or the other. Refused: as for projects."""
    if not kinds_of(by):
        check_can_keep_project(by)


def unit_seen(reader: User) -> int | None:
    """The unit whose imports a reader sees: a list of people has their numbers in it. None: all,
    for the office and for who keeps all units."""
    all_units = (check_can_keep_project, KINDS["units"].check)
    if any(not why_not(check, reader) for check in all_units):
        return None
    return reader.unit_id or 0


def run_of(uid: object, *, reader: User) -> tuple[ImportRun, Kind]:
    """A run of a kind that the reader may bring in. Missing otherwise."""
    kinds = [kind.name for kind in kinds_of(reader)]
    run = import_by_uid(str(uid), kinds=kinds, unit=unit_seen(reader))
    return run, KINDS[run.kind]


def bring(kind: Kind, name: str, content: bytes, *, by: User) -> ImportRun:
    """Keep a file and read it; nothing of it is written yet. Refused: import.no-campaign, file.*"""
    campaign = campaign_in_force(today()) if kind.name in OF_A_CAMPAIGN else None
    if campaign is None and kind.name in OF_A_CAMPAIGN:
        raise Refused("import.no-campaign", _("还没有攻坚年。先建攻坚年，再导入台账。"))
    if kind.name == PROJECTS:
        assert campaign is not None
        return bring_project_ledger(campaign, name, content, by=by, at=now())
    into = str(campaign.uid) if campaign is not None else ""
    return bring_list(LISTS[kind.name], into, name, content, by=by, at=now())
