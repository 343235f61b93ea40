"""What of one year stands in another already, so that nobody copies it twice."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from gongjian.flow.plan.models import Campaign, Definition, Target, Task
from gongjian.flow.plan.queries.nodes import bare
from gongjian.flow.plan.queries.tree import standing

OLD_YEAR = "%d年"  # not shown: how a text names a year


def copies_there(source: Campaign, into: Campaign, *, on: date) -> set[UUID]:
    """The targets and tasks of a year that another has: copied before, or by the same name.

    Six queries.
    """
    found: set[UUID] = set()
    targets = Target.objects.filter(action__campaign=into)
    tasks = Task.objects.filter(action__campaign=into)
    copied = {
        *targets.filter(copied_from__isnull=False).values_list("copied_from__uid", flat=True),
        *tasks.filter(copied_from__isnull=False).values_list("copied_from__uid", flat=True),
    }
    metrics = {
        (bare(metric), bare(qualifier))
        for metric, qualifier in targets.filter(standing(on)).values_list("metric", "qualifier")
    }
    titles = {bare(title) for title in tasks.filter(standing(on)).values_list("title", flat=True)}
    for uid, metric, qualifier in Target.objects.filter(action__campaign=source).values_list(
        "uid", "metric", "qualifier"
    ):
        if uid in copied or (bare(metric), bare(qualifier)) in metrics:
            found.add(uid)
    for uid, title in Task.objects.filter(action__campaign=source).values_list("uid", "title"):
        if uid in copied or bare(title) in titles:
            found.add(uid)
    return found


def copies_with_old_year(source: Campaign, into: Campaign) -> list[Target | Task]:
    """What was copied and still names the year it came from, in its 口径 or measures: words are
    not changed behind their writer's back. Two queries."""
    words = OLD_YEAR % source.year
    speaking = Definition.objects.filter(text__contains=words)
    of = {"action__campaign": into, "copied_from__isnull": False, "ended_on": None}
    says = Q(definitions__in=speaking) | Q(measures__contains=words)
    targets = Target.objects.filter(says, **of).select_related("action").distinct()
    tasks = Task.objects.filter(says, **of).select_related("action").distinct()
    return [*targets.order_by("action__seq", "seq"), *tasks.order_by("action__seq", "seq")]
