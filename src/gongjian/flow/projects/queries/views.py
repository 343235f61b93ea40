"""The views of the register somebody kept: one's own, one's unit's, everyone's."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.projects.models import SavedView
from gongjian.foundation.orgs.models import User
from gongjian.lib.refusals import Missing

Share = SavedView.Share


def views_shown_to(reader: User) -> list[SavedView]:
    """The views a reader finds above the list, their own first. One query."""
    found = _seen_by(reader).select_related("owner", "unit")
    return sorted(found, key=lambda view: (view.owner_id != reader.pk, view.pk))


def view_links(reader: User) -> list[tuple[str, str]]:
    """(name, address) of the views a reader finds above the list, their own first. One query."""
    found = _seen_by(reader).values_list("owner", "pk", "name", "query")
    ordered = sorted(found, key=lambda row: (row[0] != reader.pk, row[1]))
    return [(name, query) for _owner, _pk, name, query in ordered]


def view_by_uid(uid: UUID, *, reader: User) -> SavedView:
    """One view of a reader's own. Missing: view.missing."""
    own = SavedView.objects.filter(uid=uid, owner=reader.pk, removed_at__isnull=True)
    view = own.select_related("unit").first()
    if view is None:
        raise Missing("view.missing", _("没有这个视图，它可能已经删掉，或者是别人存的。"))
    return view


def _seen_by(reader: User) -> QuerySet[SavedView]:
    seen = Q(owner=reader.pk) | Q(share=Share.ALL)
    if reader.unit_id is not None:
        seen |= Q(share=Share.UNIT, unit=reader.unit_id)
    return SavedView.objects.filter(seen, removed_at__isnull=True)
