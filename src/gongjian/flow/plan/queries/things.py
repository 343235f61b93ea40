"""What of a plan can be found by name: its nodes, and its documents."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Action, Campaign, Milestone, PlanDocument, Target, Task
from gongjian.foundation.search.models import OFFICE_ONLY, Source, Thing

YEAR = "action__campaign__year"
ACTIONS = {Campaign._meta.db_table, Action._meta.db_table}


def plan_sources() -> tuple[Source, ...]:
    """Five kinds of things; actions give the others their second line."""
    return (
        Source("action", "plan", frozenset(ACTIONS), _actions),
        Source("target", "plan", frozenset({*ACTIONS, Target._meta.db_table}), _targets),
        Source("task", "plan", frozenset({*ACTIONS, Task._meta.db_table}), _tasks),
        Source(
            "milestone",
            "plan",
            frozenset({*ACTIONS, Task._meta.db_table, Milestone._meta.db_table}),
            _milestones,
        ),
        Source(
            "document",
            "documents",
            frozenset({Campaign._meta.db_table, PlanDocument._meta.db_table}),
            _documents,
        ),
    )


def _actions() -> Iterator[Thing]:
    rows = Action.objects.filter(ended_on=None).values_list(
        "uid", "name", "seq", "campaign__name", "campaign__year"
    )
    for uid, name, seq, campaign, year in rows:
        second = _("行动 %(seq)s · %(year)s年%(campaign)s") % {
            "seq": seq,
            "year": year,
            "campaign": campaign,
        }
        yield Thing(uid, name, second, page="action", order=seq)


def _of_year(words: str, year: int) -> str:
    """The second line of a node: the same words may stand in the plans of two years."""
    return _("%(words)s · %(year)s年") % {"words": words, "year": year}


def _targets() -> Iterator[Thing]:
    rows = Target.objects.filter(ended_on=None).values_list(
        "uid", "metric", "qualifier", "seq", "action__seq", "action__name", YEAR
    )
    for uid, metric, qualifier, seq, action, name, year in rows:
        title = _("%(metric)s（%(qualifier)s）") % {"metric": metric, "qualifier": qualifier}
        yield Thing(
            uid,
            title if qualifier else metric,
            _of_year(f"{action}-{seq} · {name}", year),
            page="target",
            order=action * 1000 + seq,
        )


def _tasks() -> Iterator[Thing]:
    rows = Task.objects.filter(ended_on=None).values_list(
        "uid", "title", "seq", "action__seq", "action__name", YEAR
    )
    for uid, title, seq, action, name, year in rows:
        second = _of_year(f"{action}-{seq} · {name}", year)
        yield Thing(uid, title, second, page="task", order=action * 1000 + seq)


def _milestones() -> Iterator[Thing]:
    """Each on its own page; the second line says of which task or action it is."""
    rows = Milestone.objects.filter(ended_on=None).values_list(
        "uid", "text", "day", "task__title", "action__seq", "action__name"
    )
    for uid, text, day, title, action, name in rows:
        yield Thing(
            uid,
            text,
            f"{day:%Y-%m-%d} · {title or name}",
            page="milestone",
            order=action * 1000,
        )


def _documents() -> Iterator[Thing]:
    """Until it is adopted a plan is the office's, as in `documents_for`."""
    rows = PlanDocument.objects.values_list("uid", "title", "state", "campaign__name")
    labels = {value: str(label) for value, label in PlanDocument.State.choices}
    for uid, title, state, campaign in rows:
        adopted = state == PlanDocument.State.ADOPTED
        yield Thing(
            uid,
            title,
            f"{labels[state]} · {campaign}",
            page="plan_review",
            audience="" if adopted else OFFICE_ONLY,
        )
