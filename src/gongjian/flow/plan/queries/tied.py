"""The units that the reader tied to each piece of work of a plan."""

from collections import defaultdict
from dataclasses import dataclass

from gongjian.flow.plan.models import Campaign, Candidate


@dataclass(frozen=True, slots=True)
class TiedUnits:
    """Where a piece of work stands with its units: a row of a table, or words with their bracket.

    `lead` and `support` are names as written.
    """

    start: int
    end: int
    lead: tuple[str, ...]
    support: tuple[str, ...]


def tied_units(campaign: Campaign) -> dict[int, list[TiedUnits]]:
    """The units of each plan document by its key, in the order of its text. One query.

    A finding that was rejected is among them: it may say no more than its target does, and its
    units are named all the same.
    """
    found = Candidate.objects.filter(document__campaign=campaign, kind=Candidate.Kind.TASK)
    tied: dict[int, list[TiedUnits]] = defaultdict(list)
    for key, start, end, fields in found.order_by("document", "start", "seq").values_list(
        "document_id", "start", "end", "fields"
    ):
        lead, support = (tuple(fields.get(role) or ()) for role in ("lead", "support"))
        if lead or support:
            tied[key].append(TiedUnits(start, end, lead, support))
    return dict(tied)
