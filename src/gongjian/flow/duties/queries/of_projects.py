"""Who answers for each project of a campaign, in the words its ledger takes."""

from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from gongjian.flow.duties.models import Duty, Sponsorship
from gongjian.flow.duties.queries.duties import duty_lines
from gongjian.flow.duties.queries.leaders import Holder, holders, leader_lines
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries import Answering
from gongjian.foundation.orgs.models import Post, PostHolding, Unit
from gongjian.foundation.orgs.queries import in_force


def answering_for_projects(campaign: Campaign, on: date) -> dict[int, Answering]:
    """{project: lead unit, responsible units, sponsor with the post} on a day. Three queries."""
    lines, leaders = duty_lines(campaign, on=on), leader_lines(campaign, on=on)
    keys = {pk for kind, pk in {*lines, *leaders} if kind == "project"}
    found = {}
    for pk in keys:
        line, leader = lines.get(("project", pk)), leaders.get(("project", pk))
        found[pk] = Answering(
            lead=line.lead if line else "",
            responsible=tuple(line.responsible) if line else (),
            sponsor=leader.words if leader else "",
            sponsor_post=leader.post if leader else "",
        )
    return found


def beside_lines(*, on: date) -> dict[str, Subquery]:
    """What a query of lines with a `project_id` can say of who answers: lead, sponsor, post."""
    project = OuterRef("project_id")
    leads = Duty.objects.filter(in_force(on), project=project, role=Duty.Role.LEAD)
    sponsors = Sponsorship.objects.filter(in_force(on), project=project)
    posts = Sponsorship.objects.filter(in_force(on), project=OuterRef(project))
    # An acting holder yields to one who was appointed.
    held = PostHolding.objects.filter(in_force(on), post__in=posts.values("post"))
    return {
        "lead": Subquery(leads.values("unit__short_name")[:1]),
        "sponsor": Subquery(held.order_by("acting").values("person__name")[:1]),
        "post": Subquery(sponsors.values("post__name")[:1]),
    }


def projects_led_by(unit: str, *, on: date) -> QuerySet[Duty, int | None]:
    """The keys of the projects a unit leads, by its short name; for another query."""
    led = Duty.objects.filter(in_force(on), role=Duty.Role.LEAD, project__isnull=False)
    return led.filter(unit__short_name=unit).values_list("project", flat=True)


def projects_sponsored_by(post: UUID, *, on: date) -> QuerySet[Sponsorship, int | None]:
    """The keys of the projects a post sponsors; for another query."""
    rows = Sponsorship.objects.filter(in_force(on), project__isnull=False, post__uid=post)
    return rows.values_list("project", flat=True)


def sponsors_of_projects(campaign: Campaign, *, on: date) -> list[Holder]:
    """The posts that sponsor projects of a campaign, with who stands in them. Two queries."""
    rows = Sponsorship.objects.filter(in_force(on), project__campaign=campaign)
    posts = Post.objects.filter(pk__in=rows.values("post")).select_related("unit").order_by("order")
    return list(holders(posts, on=on).values())


def units_leading_projects(campaign: Campaign, *, on: date) -> list[str]:
    """The short names of the units that lead projects, in the office's order. One query."""
    led = Duty.objects.filter(in_force(on), role=Duty.Role.LEAD, project__campaign=campaign)
    return list(Unit.objects.filter(pk__in=led.values("unit")).values_list("short_name", flat=True))
