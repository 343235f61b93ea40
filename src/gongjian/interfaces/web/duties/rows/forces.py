"""The fields of a task force: whom each offers first, whom it has."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import TaskForce
from gongjian.flow.duties.queries import Subject, duties_over, force_form
from gongjian.flow.duties.rules import LEADING
from gongjian.foundation.orgs.queries import (
    post_choices,
    posts_of_kinds,
    posts_of_units,
    unit_choices,
)
from gongjian.interfaces.web.picking import Pick, pick, uids_in

POSTS = ("head", "deputies", "liaisons", "officers")


def force_context(
    force: TaskForce | None, subject: Subject, given: QueryDict, *, on: date
) -> dict[str, Any]:
    """What duties/force.html names; `given` is what was typed, if anything was. Constant queries.

    First stand leaders for the head, the units that answer for the work, and their posts.
    """
    form = force_form(force)
    answering = [duty.unit for duty in duties_over(subject)]
    theirs = posts_of_units(answering, on=on)
    leaders = posts_of_kinds(LEADING, on=on)
    known = [uid for field in POSTS for uid in (*uids_in(given, field), *getattr(form, field))]
    posts = post_choices(on=on, also=known)
    units = unit_choices(on=on, also=[*uids_in(given, "units"), *form.units])

    def posts_for(field: str, label: str, first: Sequence[UUID], **more: Any) -> Pick:
        standing = getattr(form, field)
        return pick(
            field, label, posts, of="posts", given=given, chosen=standing, first=first, **more
        )

    return {
        "name": given.get("name", form.name),
        "basis": given.get("basis", form.basis),
        "picks": [
            posts_for("head", _("组长"), leaders, one=True, hint=_("只有一位，人跟着岗位走")),
            posts_for("deputies", _("副组长"), theirs, optional=True),
            pick(
                "units",
                _("成员单位"),
                units,
                of="units",
                given=given,
                chosen=form.units,
                first=[unit.uid for unit in answering],
                hint=_("先列这一项的牵头、责任和配合单位，别的单位找了再勾"),
            ),
            posts_for("liaisons", _("联络员"), theirs, optional=True),
            posts_for("officers", _("服务专员"), theirs, optional=True),
        ],
    }
