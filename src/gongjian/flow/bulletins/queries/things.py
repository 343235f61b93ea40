"""Which bulletins can be found by name."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongjian.flow.bulletins.models import Bulletin
from gongjian.foundation.search.models import Source, Thing


def bulletin_sources() -> tuple[Source, ...]:
    return (Source("bulletin", "documents", frozenset({Bulletin._meta.db_table}), _bulletins),)


def _bulletins() -> Iterator[Thing]:
    rows = Bulletin.objects.order_by().values_list("uid", "title", "number", "period__key")
    for uid, title, number, period in rows:
        second = _("第 %(number)s 期 · %(period)s 期数据") % {"number": number, "period": period}
        yield Thing(uid, title, second, page="bulletin")
