"""Units as the pages show them: the tree as it stood on a day, and one unit with its past."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongjian.foundation.orgs.models import Post, PostHolding, Unit
from gongjian.foundation.orgs.queries.people import in_force, masked, post_words
from gongjian.foundation.orgs.queries.trees import (
    accounts_of_unit,
    former_names,
    predecessors_of,
    unit_names_on,
    units_below,
)


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One line of the tree of units, ready to print; `depth` 0 stands under nothing."""

    uid: UUID
    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    level: str
    region: str
    parent: str
    depth: int


def tree_rows(
    *, on: date, words: str = "", kind: str = "", level: str = "", region: str = ""
) -> list[TreeRow]:
    """The units of a day under one another, filtered, with the names of that day. Two queries.

    A unit whose parent was filtered out stands where the parent would, indented as before.
    """
    there = list(Unit.objects.in_force(on).select_related("parent", "region"))
    named = unit_names_on(there, on)
    below: dict[int, list[Unit]] = defaultdict(list)
    known = {unit.pk for unit in there}
    for unit in there:
        below[unit.parent_id if unit.parent_id in known else 0].append(unit)
    rows: list[TreeRow] = []
    ahead = [(unit, 0) for unit in reversed(below[0])]
    while ahead:
        unit, depth = ahead.pop()
        ahead += [(one, depth + 1) for one in reversed(below[unit.pk])]
        name = named[unit.pk]
        if _matches(unit, (name.name, name.short_name), words, kind, level, region):
            rows.append(
                TreeRow(
                    uid=unit.uid,
                    code=unit.code,
                    name=name.name,
                    short_name=name.short_name,
                    aliases=tuple(unit.aliases),
                    kind=unit.get_kind_display(),
                    level=unit.get_level_display(),
                    region=unit.region.name if unit.region else "",
                    parent=named[unit.parent_id].short_name if unit.parent_id in known else "",
                    depth=min(depth, 6),
                )
            )
    return rows


def _matches(
    unit: Unit, names: tuple[str, ...], words: str, kind: str, level: str, region: str
) -> bool:
    return (
        (not words or any(words in text for text in (unit.code, *names, *unit.aliases)))
        and (not kind or unit.kind == kind)
        and (not level or str(unit.level) == level)
        and (not region or (unit.region is not None and unit.region.code == region))
    )


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and who is on it today, ready to print; without a person it is vacant."""

    uid: UUID
    name: str
    kind: str
    person: str
    person_uid: UUID | None
    acting: bool
    since: date | None
    mobile: str
    office_phone: str


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name a unit bore, and when."""

    name: str
    since: date
    until: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class UnitCard:
    """One unit with what it was called, what became of it, and who is in it today."""

    unit: Unit
    names: tuple[NameRow, ...]
    posts: tuple[PostRow, ...]
    below: tuple[Unit, ...]
    before: tuple[Unit, ...]
    accounts: int


def unit_card(unit: Unit, *, on: date) -> UnitCard:
    """One unit on a day. Six queries, however many people."""
    former = former_names(unit)
    present = NameRow(unit.name, unit.valid_from, unit.valid_to, "")
    if former and former[0].valid_to is not None:
        present = NameRow(unit.name, former[0].valid_to, unit.valid_to, former[0].basis)
    past = [NameRow(one.name, one.valid_from, one.valid_to, "") for one in former]
    return UnitCard(
        unit=unit,
        names=(present, *past),
        posts=tuple(post_rows(unit, on=on)),
        below=tuple(units_below(unit, on)),
        before=tuple(predecessors_of(unit)),
        accounts=len(accounts_of_unit(unit)),
    )


def post_rows(unit: Unit, *, on: date) -> list[PostRow]:
    """The posts of a unit on a day with who is on them; numbers are masked. Two queries."""
    posts = Post.objects.filter(in_force(on), unit=unit).order_by("order", "pk")
    held = {
        one.post_id: one
        for one in PostHolding.objects.filter(in_force(on), post__unit=unit).select_related(
            "person"
        )
    }
    return [_post_row(post, held.get(post.pk)) for post in posts]


def _post_row(post: Post, holding: PostHolding | None) -> PostRow:
    person = holding.person if holding else None
    return PostRow(
        uid=post.uid,
        name=post.name,
        kind=str(post.get_kind_display()),
        person=person.name if person else "",
        person_uid=person.uid if person else None,
        acting=bool(holding and holding.acting),
        since=holding.valid_from if holding else None,
        mobile=masked(person.mobile) if person else "",
        office_phone=person.office_phone if person else "",
    )


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """A post somebody held, holds or will hold, ready to print."""

    uid: UUID
    post: str
    post_uid: UUID
    unit: str
    unit_uid: UUID
    unit_pk: int
    since: date
    until: date | None
    basis: str
    end_basis: str
    person: str
    person_uid: UUID


def holding_rows(holdings: list[PostHolding]) -> list[HoldingRow]:
    """Holdings as lines; post, unit and person must be loaded. No query."""
    return [
        HoldingRow(
            uid=one.uid,
            post=post_words(one),
            post_uid=one.post.uid,
            unit=one.post.unit.short_name,
            unit_uid=one.post.unit.uid,
            unit_pk=one.post.unit_id,
            since=one.valid_from,
            until=one.valid_to,
            basis=one.basis,
            end_basis=one.end_basis,
            person=one.person.name,
            person_uid=one.person.uid,
        )
        for one in holdings
    ]
