"""The numbers of a plan that are in no target, as the review lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.queries import UntakenGroup, UntakenNumber, untaken_groups
from gongjian.flow.plan.rules import check_can_decide
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.rows.paper import anchor_of, in_cells

SHOWN = 20  # of each reason, where all reasons are listed


@dataclass(frozen=True, slots=True)
class Number:
    """One number in its sentence; `anchor` and `url` lead to its paragraph or cell.

    `take_url` leads to where it is made a target after all, "" for who may not.
    """

    number: str
    before: str
    after: str
    where: str
    anchor: str
    url: str
    take_url: str


@dataclass(frozen=True, slots=True)
class Reason:
    """The numbers of one reason; `all_url` where more of them are than are listed."""

    why: str
    count: int
    numbers: list[Number]
    all_url: str


def untaken_context(
    document: PlanDocument, given: Mapping[str, str], *, by: User
) -> dict[str, Any]:
    """The context that plan/untaken.html names: every reason, or one of them page by page."""
    takes = not why_not(check_can_decide, document, by=by)
    groups = untaken_groups(document)
    one = next((group for group in groups if group.code == given.get("code")), None)
    page = Page.of(given, total=len(one.numbers)) if one else None
    plain = [group for group in groups if not group.obvious]
    return {
        "title": document.title,
        "review_url": reverse("plan_review", args=[document.uid]),
        "untaken_url": reverse("plan_untaken", args=[document.uid]),
        "total": sum(len(group.numbers) for group in groups),
        "reasons": [_reason(document, group, takes=takes) for group in plain],
        "obvious": [_reason(document, group, takes=takes) for group in groups if group.obvious],
        "one": one
        and page
        and {
            "why": one.why,
            "numbers": _numbers(
                document, one.numbers[page.offset : page.offset + page.size], takes=takes
            ),
        },
        "page": page,
    }


def _reason(document: PlanDocument, group: UntakenGroup, *, takes: bool) -> Reason:
    more = len(group.numbers) > SHOWN
    address = reverse("plan_untaken", args=[document.uid])
    return Reason(
        why=group.why,
        count=len(group.numbers),
        numbers=_numbers(document, group.numbers[:SHOWN], takes=takes),
        all_url=f"{address}?{urlencode({'code': group.code})}" if more else "",
    )


def _numbers(
    document: PlanDocument, numbers: Sequence[UntakenNumber], *, takes: bool
) -> list[Number]:
    review = reverse("plan_review", args=[document.uid])
    add = reverse("review_add", args=[document.uid])
    return [
        Number(
            number=one.number,
            before=in_cells(one.before),
            after=in_cells(one.after),
            where=one.where,
            anchor=anchor_of(one.spot),
            url=f"{review}?at={one.start}#{anchor_of(one.spot)}",
            take_url=f"{add}?{urlencode(_span(one))}" if takes else "",
        )
        for one in numbers
    ]


def _span(one: UntakenNumber) -> dict[str, int | str]:
    first, last = one.sentence
    return {"start": first, "end": last, "n": one.start, "what": "target"}
