"""Views of the register: kept, given to others, removed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.projects import rules
from gongjian.flow.projects.models import SavedView
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Conflict


@dataclass(frozen=True, slots=True)
class ViewWords:
    """What is kept of a view: its name, the address, for whom."""

    name: str
    query: str
    share: str = SavedView.Share.OWN.value
    unit: Unit | None = None


@transaction.atomic
def keep_view(words: ViewWords, *, by: User, at: datetime) -> SavedView:
    """Keep what a list shows under a name.

    Refused: view.no-name, .too-long, .known, .share, .office-shares, .no-unit.
    """
    _check(words, by=by, beside=None)
    view = SavedView.objects.create(owner=by, **_kept(words))
    note("view.kept", view, by=by, at=at)
    return view


@transaction.atomic
def change_view(
    view: SavedView, words: ViewWords, *, version: int, by: User, at: datetime
) -> SavedView:
    """Call a view otherwise, or give it to others. Refused as keep_view; Conflict: view.changed."""
    _check(words, by=by, beside=view)
    still = SavedView.objects.filter(
        pk=view.pk, owner=by.pk, version=version, removed_at__isnull=True
    )
    if not still.update(**_kept(words), version=version + 1):
        raise _changed()
    view.refresh_from_db()
    note("view.changed", view, by=by, at=at)
    return view


@transaction.atomic
def remove_view(view: SavedView, *, version: int, by: User, at: datetime) -> None:
    """Take a view away, also from those it was given to. Conflict: view.changed."""
    rules.check_can_keep_view(by)
    still = SavedView.objects.filter(
        pk=view.pk, owner=by.pk, version=version, removed_at__isnull=True
    )
    if not still.update(removed_at=at, version=version + 1):
        raise _changed()
    view.refresh_from_db()
    note("view.removed", view, by=by, at=at)


def _check(words: ViewWords, *, by: User, beside: SavedView | None) -> None:
    rules.check_can_keep_view(by)
    rules.check_can_share_view(words.share, words.unit, by=by)
    others = SavedView.objects.filter(owner=by.pk, removed_at__isnull=True)
    taken = others.exclude(pk=beside.pk if beside else 0).values_list("name", flat=True)
    rules.check_view(words.name.strip(), words.query, taken=set(taken))


def _kept(words: ViewWords) -> dict[str, object]:
    of_unit = words.share == SavedView.Share.UNIT
    return {
        "name": words.name.strip(),
        "query": words.query,
        "share": words.share,
        "unit": words.unit if of_unit else None,
    }


def _changed() -> Conflict:
    return Conflict(
        "view.changed", _("这个视图刚被改过或删掉了。请刷新后再看。"), mine={}, theirs={}
    )
