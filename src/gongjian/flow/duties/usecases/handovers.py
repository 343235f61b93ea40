"""What is left behind when a post changes hands: a list of it, signed by both."""

import hashlib
import json
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongjian.engine.workdays import CHINESE_WORKDAYS
from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Handover
from gongjian.flow.duties.queries import open_items
from gongjian.foundation.orgs import usecases as orgs
from gongjian.foundation.orgs.models import Person, Post, PostHolding, User
from gongjian.foundation.orgs.queries import holder_on
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Refused

TO_SIGN = 10  # workdays, handbook 6.1


@transaction.atomic
def hand_over_post(
    post: Post,
    *,
    to: Person,
    from_day: date,
    basis: str = "",
    acting: bool = False,
    by: User | None,
    at: datetime,
) -> PostHolding:
    """Put somebody on a post, and leave the list of what is open in it for both to sign.

    The first holder of a post on which nothing hangs takes nothing over: no list is made.
    Refused: what orgs.hand_over_post refuses.
    """
    before = holder_on(post, from_day - timedelta(days=1))
    holding = orgs.hand_over_post(
        post, to=to, from_day=from_day, basis=basis, acting=acting, by=by, at=at
    )
    items = open_items(post, on=from_day)
    if before is None and not any(item["group"] != "paper" for item in items):
        return holding
    handover = Handover.objects.create(
        post=post,
        giver=before.person if before is not None else None,
        receiver=to,
        day=from_day,
        due_date=CHINESE_WORKDAYS.add_workdays(from_day, TO_SIGN),
        basis=basis.strip(),
        items=items,
        sha256=_digest(items),
        made_by=by,
        made_at=at,
    )
    note("handover.made", handover, by=by, at=at, facts={"items": len(items)})
    return holding


@transaction.atomic
def sign_handover(
    handover: Handover, side: str, *, paper: str = "", by: User, at: datetime
) -> Handover:
    """One side signs, or the office enters the paper that was signed.

    Refused: handover.side, .signed, .not-yours, .no-paper, duty.too-long.
    """
    rules.check_can_sign(handover, side, paper=paper, by=by)
    still = Handover.objects.filter(pk=handover.pk, **{f"{side}_at__isnull": True})
    if not still.update(
        **{f"{side}_by": by, f"{side}_at": at, f"{side}_paper": paper.strip()},
        version=F("version") + 1,
    ):
        raise Refused("handover.signed", _("这一方已经签过了。请刷新页面。"))
    handover.refresh_from_db()
    note("handover.signed", handover, by=by, at=at)
    return handover


def _digest(items: list[dict[str, object]]) -> str:
    text = json.dumps(items, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
