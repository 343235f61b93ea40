"""Units, posts and people as a form offers them: a few that match what was typed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Person, Post, PostHolding, Unit
from gongjian.foundation.orgs.queries.people import in_force, post_words
from gongjian.lib.folding import folded
from gongjian.lib.sounds import initials

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: `names` are what it is found by, written or by initials."""

    uid: UUID
    label: str
    small: str
    names: tuple[str, ...]
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a field shows: the chosen first, then what matches; `more` match and are not shown."""

    rows: tuple[Choice, ...]
    more: int = 0
    found: int = 0


def unit_choices(*, on: date, also: Collection[UUID] = ()) -> list[Choice]:
    """The units of a day, and those of the uids. One query."""
    there = Unit.objects.filter(in_force(on) | Q(uid__in=also))
    return [
        Choice(
            uid=one.uid,
            label=one.short_name,
            small=str(one.get_kind_display()),
            names=(one.name, one.short_name, *one.aliases),
        )
        for one in there.order_by("order", "pk")
    ]


def post_choices(*, on: date, also: Collection[UUID] = ()) -> list[Choice]:
    """The posts of a day with who stands in them, and those of the uids. Two queries."""
    held = PostHolding.objects.filter(in_force(on)).select_related("person", "post")
    posts = (
        Post.objects.filter(in_force(on) | Q(uid__in=also))
        .select_related("unit")
        .prefetch_related(Prefetch("holdings", held.order_by("acting", "pk"), to_attr="held"))
        .order_by("unit__order", "unit__pk", "order", "pk")
    )
    return [_post(post, post.held) for post in posts]


def people_choices(*, on: date, also: Collection[UUID] = ()) -> list[Choice]:
    """Everybody with their posts of a day. Two queries."""
    del also  # people are never over
    held = PostHolding.objects.filter(in_force(on)).select_related("post__unit")
    people = Person.objects.prefetch_related(
        Prefetch("holdings", held.order_by("acting", "pk"), to_attr="held")
    )
    return [_person(person, person.held) for person in people.order_by("name", "pk")]


def posts_of_units(units: Iterable[Unit], *, on: date) -> list[UUID]:
    """The posts of these units on a day, in order. One query."""
    posts = Post.objects.filter(in_force(on), unit__in=list(units))
    return list(posts.order_by("unit__order", "order", "pk").values_list("uid", flat=True))


def posts_of_kinds(kinds: Collection[str], *, on: date) -> list[UUID]:
    """The posts of these kinds on a day, in order. One query."""
    posts = Post.objects.filter(in_force(on), kind__in=kinds)
    return list(posts.order_by("unit__order", "order", "pk").values_list("uid", flat=True))


def people_in(unit: Unit, *, on: date) -> list[UUID]:
    """Who holds a post of a unit on a day, or has an account of it. One query."""
    held = PostHolding.objects.filter(in_force(on), post__unit=unit)
    mine = Q(pk__in=held.values("person")) | Q(account__unit=unit)
    return list(Person.objects.filter(mine).order_by("pk").values_list("uid", flat=True))


def choose(
    there: Sequence[Choice],
    words: str,
    *,
    chosen: Sequence[UUID] = (),
    first: Collection[UUID] = (),
    shown: int = SHOWN,
) -> Choices:
    """What a field shows of what is there: the chosen, then what matches the words.

    Without words those that come `first`; where none do, the first few. No query.
    """
    by_uid = {one.uid: one for one in there}
    picked = [replace(by_uid[uid], chosen=True) for uid in dict.fromkeys(chosen) if uid in by_uid]
    left = [one for one in there if one.uid not in set(chosen)]
    if folded(words):
        found = [one for one in left if _matches(one, words)]
    else:
        found = [one for one in left if one.uid in set(first)] if first else left
    limit = max(shown, len(first)) if not folded(words) else shown
    return Choices(tuple(picked + found[:limit]), max(len(found) - limit, 0), len(found))


def _matches(one: Choice, words: str) -> bool:
    """Every word that was typed stands in a name, or is the beginning of its initials."""
    return all(
        any(word in folded(name) or _sounds(name, word) for name in one.names)
        for word in map(folded, words.split())
        if word
    )


def _sounds(name: str, word: str) -> bool:
    return word.isascii() and word.isalpha() and any(word in way for way in _letters(name))


@lru_cache(maxsize=8192)
def _letters(name: str) -> tuple[str, ...]:
    return tuple(initials(name)[0])


def _post(post: Post, held: Sequence[PostHolding]) -> Choice:
    holding = next(iter(held), None)
    who = holding.person.name if holding else ""
    small = who or _("空缺")
    if holding is not None and holding.acting:
        small = _("%(name)s（代管）") % {"name": who}
    label = f"{post.unit.short_name} {post.name}"
    return Choice(post.uid, label, small, (label, *((who,) if who else ())))


def _person(person: Person, held: Sequence[PostHolding]) -> Choice:
    posts = [f"{one.post.unit.short_name} {post_words(one)}" for one in held]
    small = _("、").join(posts) or _("现在没有岗位")
    return Choice(person.uid, person.name, small, (person.name, *posts))
