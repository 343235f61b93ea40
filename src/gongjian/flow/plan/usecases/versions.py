"""Freezing the plan as it stands."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Campaign, PlanDocument, PlanVersion
from gongjian.flow.plan.queries import frozen_rows
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day


@transaction.atomic
def freeze_version(
    campaign: Campaign,
    title: str,
    *,
    by: User,
    at: datetime,
    cause: PlanVersion.Cause = PlanVersion.Cause.HAND,
    document: PlanDocument | None = None,
) -> PlanVersion:
    """Keep the whole plan of today under the next number. Refused: office.only, plan.text.

    A version that an act brings about asks for no office: whoever may do the act brings it about.
    """
    if cause == PlanVersion.Cause.HAND:
        rules.check_can_keep_plan(by)
    kept = rules.check_text(str(PlanVersion._meta.get_field("title").verbose_name), title, most=80)
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # numbers come one after the other
    day = local_day(at)
    last = campaign.versions.aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        campaign=campaign,
        number=last + 1,
        title=kept,
        cause=cause,
        document=document,
        day=day,
        frozen_by=by,
        frozen_at=at,
        rows=frozen_rows(campaign, on=day),
    )
    note("plan.version-frozen", version, by=by, at=at, facts={"rows": len(version.rows)})
    return version
