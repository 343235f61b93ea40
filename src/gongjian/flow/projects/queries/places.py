"""Townships beside each other as of a day: how many projects of a list, what they cost, the rates.

In the office's order of units: a map shows where things are, it ranks nobody.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.engine.ratebook import MEASURES
from gongjian.flow.projects.models import ProjectList
from gongjian.flow.projects.queries.lists import amount_on, list_version, members_on
from gongjian.flow.projects.queries.rates import RateRow, definitions_on, rate_columns, reckoned
from gongjian.flow.projects.queries.register import townships

ZERO = Decimal(0)
NOWHERE = ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One township: its projects on the list, their total in 元, how many have none, its rates.

    The row of projects without a township has no code and no uid.
    """

    code: str
    uid: UUID | None
    name: str
    count: int
    amount: Decimal
    unknown: int
    rates: dict[str, RateRow]


def place_rows(listed: ProjectList, *, as_of: date, known_at: datetime) -> list[PlaceRow]:
    """Every township in force, and those projects that name none. 16 queries."""
    columns = rate_columns(listed, as_of=as_of, known_at=known_at)
    told = members_on(listed, as_of).order_by("pk").values_list("pk", "township__code")
    costs, version = amount_on([pk for pk, _code in told], as_of), list_version(listed, as_of)
    definitions = definitions_on(as_of)
    inside: dict[str, list[int]] = defaultdict(list)  # places in the columns
    for place, (_pk, code) in enumerate(told):
        inside[code or NOWHERE].append(place)
    units = {one.code: one for one in townships(on=as_of)}
    codes = [*units, *sorted(inside.keys() - units.keys() - {NOWHERE})]
    rows = []
    for code in [*codes, *([NOWHERE] if inside[NOWHERE] else [])]:
        there, unit = inside[code], units.get(code)
        known = [cost for place in there if (cost := costs[told[place][0]]) is not None]
        own = {name: [columns[name][place] for place in there] for name in MEASURES}
        rows.append(
            PlaceRow(
                code=code,
                uid=unit.uid if unit else None,
                name=unit.short_name if unit else code or _("未定属地"),
                count=len(there),
                amount=sum(known, ZERO),
                unknown=len(there) - len(known),
                rates={one.code: reckoned(one, own, version, as_of) for one in definitions},
            )
        )
    return rows
