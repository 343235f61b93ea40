"""Tags: kept by the office, never above themselves."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.lib.refusals import Refused


def check_can_keep_tags(by: User) -> None:
    """The office keeps the tags."""
    check_is_office(by)


def check_no_cycle(key: int, above: int | None, parents: Mapping[int, int | None]) -> None:
    """Whether `key` may stand below `above`; `parents` are the others'. Refused: plan.cycle."""
    at, seen = above, set()
    while at is not None and at not in seen:
        if at == key:
            raise Refused("plan.cycle", _("不能放在自己或自己的下级里面。"))
        seen.add(at)
        at = parents.get(at)
