"""Naming the post whose holder leads a piece of work or sponsors a project."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import DutyList, Sponsorship
from gongjian.flow.duties.queries import (
    Subject,
    campaign_of,
    issued_list,
    kind_of,
    list_in_the_making,
)
from gongjian.flow.duties.usecases.asking import ask_what_differs
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Post, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict


@transaction.atomic
def name_leader(
    subject: Subject,
    post: Post,
    *,
    basis: str = "",
    by: User,
    at: datetime,
    seen: UUID | None = None,
    from_form: bool = False,
) -> Sponsorship:
    """Say which post leads or sponsors something from today; who did before ends today.

    Who leads stands in the list, so it obeys its state as units do; who sponsors a project does
    not. `seen` is the row the form was filled from. Refused: office.only, leader.post-ended,
    leader.post-kind, duty.too-long, duty.list-closed, duty.no-basis; Conflict: leader.changed.
    """
    day, kind = local_day(at), kind_of(subject)
    making = None
    if isinstance(subject, Project):
        rules.check_can_name_leader(post, basis=basis, by=by, on=day)
    else:
        campaign = campaign_of(subject)
        making, issued = list_in_the_making(campaign), issued_list(campaign) is not None
        rules.check_can_name_lead_leader(post, making, issued=issued, basis=basis, by=by, on=day)
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    there = Sponsorship.objects.filter(**{kind: subject}, valid_to__isnull=True).first()
    if from_form and (there.uid if there else None) != seen:
        raise _conflict(there, post)
    if there is not None and there.post_id == post.pk and there.basis == basis.strip():
        return there
    if there is not None and there.valid_from >= day:
        note("leader.replaced", removed=[there], by=by, at=at)
        there.delete()
    elif there is not None:
        there.valid_to = day
        there.version += 1
        there.save(update_fields=["valid_to", "version"])
        note("leader.ended", there, by=by, at=at)
    role = Sponsorship.Role.SPONSOR if kind == "project" else Sponsorship.Role.LEAD_LEADER
    named = Sponsorship.objects.create(
        **{kind: subject}, role=role, post=post, basis=basis.strip(), valid_from=day
    )
    note("leader.named", named, by=by, at=at)
    if making is not None and making.state == DutyList.State.CONSULTING:
        ask_what_differs(making, by=by, at=at)
    return named


def _conflict(theirs: Sponsorship | None, mine: Post) -> Conflict:
    label = str(_("岗位"))
    return Conflict(
        "leader.changed",
        _("领导刚被别人改过，你的改动没有保存。"),
        mine={label: mine.name},
        theirs={label: theirs.post.name if theirs else str(_("未定"))},
    )
