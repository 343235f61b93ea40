"""Which units and accounts can be found by name."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.search.models import Source, Thing


def org_sources() -> tuple[Source, ...]:
    """Units for all, accounts for who may open them."""
    units = Unit._meta.db_table
    return (
        Source("unit", "units", frozenset({units}), _units),
        Source("account", "people", frozenset({units, User._meta.db_table}), _accounts),
    )


def _units() -> Iterator[Thing]:
    for unit in Unit.objects.select_related("parent"):
        second = [unit.name] if unit.name != unit.short_name else []
        second += [str(unit.get_kind_display())]
        if unit.valid_to is not None:
            second.append(_("%(day)s 起撤并") % {"day": f"{unit.valid_to:%Y-%m-%d}"})
        yield Thing(
            unit.uid,
            unit.short_name,
            " · ".join(second),
            names=(unit.name, *unit.aliases),
            page="unit",
            order=unit.order,
        )


def _accounts() -> Iterator[Thing]:
    for user in User.objects.select_related("unit"):
        words = [user.unit.short_name if user.unit else "", user.title]
        yield Thing(
            user.uid,
            user.display_name,
            " · ".join(filter(None, [*words, user.username])),
            names=(user.username,),
            page="account",
        )
