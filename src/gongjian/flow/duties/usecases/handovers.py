"""What is left behind when a post changes hands: a list of it, signed by both."""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongjian.engine.workdays import CHINESE_WORKDAYS
from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Handover
from gongjian.flow.duties.queries import open_items
from gongjian.foundation.orgs.models import Person, Post, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Refused

TO_SIGN = 10  # workdays, handbook 6.1


@transaction.atomic
def make_handover(
    post: Post,
    *,
    giver: Person | None,
    receiver: Person | None,
    day: date,
    basis: str = "",
    by: User,
    at: datetime,
) -> Handover:
    """Freeze what is open in a post on the day it changes hands; both sign within ten workdays.

    Refused: office.only, handover.post-ended, handover.known.
    """
    rules.check_can_hand_over(post, by=by, on=day)
    if Handover.objects.filter(post=post, day=day).exists():
        raise Refused("handover.known", _("这个岗位这一天的交接清单已经有了。"))
    items = open_items(post, on=day)
    handover = Handover.objects.create(
        post=post,
        giver=giver,
        receiver=receiver,
        day=day,
        due_date=CHINESE_WORKDAYS.add_workdays(day, TO_SIGN),
        basis=basis.strip()[:120],
        items=items,
        sha256=hashlib.sha256(
            json.dumps(items, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest(),
        made_by=by,
        made_at=at,
    )
    note("handover.made", handover, by=by, at=at, facts={"items": len(items)})
    return handover


@transaction.atomic
def sign_handover(
    handover: Handover, side: str, *, paper: str = "", by: User, at: datetime
) -> Handover:
    """One side signs, or the office enters the paper that was signed.

    Refused: handover.side, .signed, .not-yours, .no-paper, .paper-too-long.
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
