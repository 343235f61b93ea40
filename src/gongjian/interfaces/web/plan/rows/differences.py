"""The steps of a review and the changes of a new version, as their pages list them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries import PlanDifference, StepRow
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.rows.paper import in_cells

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Changed:
    """One line: what the plan says and what the new version says; `stands` is where it is."""

    change: str
    change_label: str
    kind_label: str
    action: str
    old: str
    new: str
    fields: Sequence[tuple[str, str, str]]
    stands: str
    url: str
    node_url: str


def differences_context(
    document: PlanDocument, differences: Sequence[PlanDifference], given: Mapping[str, str]
) -> dict[str, Any]:
    """The context that plan/differences.html names."""
    counts = Counter(one.change for one in differences)
    wanted = given.get("change", "")
    listed = [one for one in differences if wanted in ("", one.change)]
    if not wanted:  # what stayed the same is asked for
        listed = [one for one in listed if one.change != Candidate.Change.SAME]
    page = Page.of(given, total=len(listed))
    address = reverse("review_differences", args=[document.uid])
    labels = [
        ("", _("要看的"), len(differences) - counts[Candidate.Change.SAME]),
        *((key.value, str(key.label), counts[key]) for key in Candidate.Change),
        (GONE, _("新稿没有"), counts[GONE]),
    ]
    return {
        "title": document.title,
        "replaces": document.replaces.title if document.replaces else "",
        "review_url": reverse("plan_review", args=[document.uid]),
        "tree_url": f"{reverse('plan')}?year={document.campaign.year}&document={document.uid}",
        "adopted": document.state == PlanDocument.State.ADOPTED,
        "waiting": sum(_waits_for_change(one, document) for one in differences),
        "choices": [
            (label, f"{address}?change={key}" if key else address, count, wanted == key)
            for key, label, count in labels
        ],
        "rows": [_changed(document, one) for one in listed[page.offset : page.offset + page.size]],
        "page": page,
    }


def steps_context(document: PlanDocument, rows: Sequence[StepRow], page: Page) -> dict[str, Any]:
    """The context that plan/steps.html names."""
    review = reverse("plan_review", args=[document.uid])
    return {
        "title": document.title,
        "review_url": review,
        "page": page,
        "steps": [
            {
                "act": row.act_label,
                "by": row.by,
                "at": row.at,
                "undone_at": row.undone_at,
                "findings": [(seq, f"{review}?c={seq}") for seq in row.seqs],
                "more": row.count - len(row.seqs),
            }
            for row in rows
        ],
    }


def _waits_for_change(one: PlanDifference, document: PlanDocument) -> bool:
    """A change that was accepted and adopted, and that the plan itself does not say yet."""
    changed = one.change == Candidate.Change.CHANGED and one.state in Candidate.TAKEN
    return changed and document.state == PlanDocument.State.ADOPTED


def _only_words(one: PlanDifference) -> bool:
    """Nothing but words differs: they are set right at the node, without an approval."""
    return all(label in (_("名称"), _("内容")) for label, _old, _new in one.fields)


def _changed(document: PlanDocument, one: PlanDifference) -> Changed:
    stands = one.state_label
    if _waits_for_change(one, document):
        stands = _("待改文字") if _only_words(one) else _("待走调整")
    elif one.change == GONE:
        stands = _("仍在计划里")
    elif one.change == Candidate.Change.SAME:
        stands = _("不用审")
    review = reverse("plan_review", args=[document.uid])
    return Changed(
        change=one.change,
        change_label=one.change_label,
        kind_label=one.kind_label,
        action=one.action,
        old=in_cells(one.old),
        new=in_cells(one.new),
        fields=[field for field in one.fields if field[1] != one.old],  # the words stand there
        stands=stands,
        url=f"{review}?c={one.seq}" if one.seq else "",
        node_url=_node_url(one),
    )


def _node_url(one: PlanDifference) -> str:
    """The page of a node; an action or a milestone stands on that of the plan."""
    if one.node is None:
        return ""
    pages = {"target": "target", "task": "task"}
    return reverse(pages[one.kind], args=[one.node]) if one.kind in pages else reverse("plan")
