"""What targets and tasks of a plan lack of words: the measures, and the 口径 that it counts by."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign, Definition, Target, Task
from gongjian.flow.plan.queries.tree import standing

LONGEST_WORDS = {"measures": 300, "definition": 2000}  # characters of what may be lacking


@dataclass(frozen=True, slots=True)
class Lacking:
    """A node of the plan without measures or 口径."""

    node: Target | Task
    lacks: set[str]


def lacking_labels() -> dict[str, str]:
    """What the words are called that may be lacking."""
    return {"measures": _("工作措施"), "definition": _("口径")}


def lacking_in(campaign: Campaign, on: date) -> dict[str, list[Lacking]]:
    """The targets and tasks that lack something of LONGEST_WORDS, by name. Three queries."""
    there = Q(standing(on), action__campaign=campaign)
    targets = Target.objects.filter(there).select_related("action")
    tasks = Task.objects.filter(there).select_related("action")
    nodes: list[tuple[str, Target | Task]] = [
        *((target.metric, target) for target in targets),
        *((task.title, task) for task in tasks),
    ]
    of_year = Q(target__action__campaign=campaign) | Q(task__action__campaign=campaign)
    defined: set[tuple[int | None, int | None]] = set(
        Definition.objects.filter(of_year).values_list("target", "task")
    )
    found: dict[str, list[Lacking]] = {}
    for name, node in nodes:
        key = (node.pk, None) if isinstance(node, Target) else (None, node.pk)
        has = {"measures": bool(node.measures.strip()), "definition": key in defined}
        lacks = {name for name in LONGEST_WORDS if not has[name]}
        found.setdefault(name, []).append(Lacking(node, lacks))
    return found
