"""What can be asked of people and posts: who holds what on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Person, Post, PostHolding, Unit, User
from gongjian.lib.refusals import Missing


def in_force(day: date, prefix: str = "") -> Q:
    """Rows with from–to that hold on a day."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


def holder_on(post: Post, day: date) -> PostHolding | None:
    """Who holds a post on a day, or acts in it; None while it is vacant. One query."""
    return (
        PostHolding.objects.filter(in_force(day), post=post)
        .select_related("person__account")
        .first()
    )


def posts_of(person: Person, day: date) -> list[PostHolding]:
    """The posts somebody holds on a day, each with its unit; own before acting. One query."""
    return list(
        PostHolding.objects.filter(in_force(day), person=person)
        .select_related("post__unit")
        .order_by("acting", "post__unit__order", "post__order", "pk")
    )


def holdings_of(person: Person) -> list[PostHolding]:
    """Every post somebody held or will hold, the newest first. One query."""
    return list(
        PostHolding.objects.filter(person=person)
        .select_related("person", "post__unit")
        .order_by("-valid_from", "post__order", "pk")
    )


def people_of_unit(unit: Unit, day: date) -> list[PostHolding]:
    """Who holds the posts of a unit on a day, in the order of the posts. One query."""
    return list(
        PostHolding.objects.filter(in_force(day), post__unit=unit)
        .select_related("person__account", "post__unit")
        .order_by("post__order", "post__pk", "pk")
    )


def unit_posts(unit: Unit, day: date) -> list[Post]:
    """The posts of a unit on a day, vacant ones too, in their order. One query."""
    return list(Post.objects.filter(in_force(day), unit=unit).order_by("order", "pk"))


def holdings_of_post(post: Post) -> list[PostHolding]:
    """All who held a post, in time. One query."""
    return list(post.holdings.select_related("person", "post__unit").order_by("valid_from", "pk"))


def units_of(person: Person, day: date) -> list[Unit]:
    """The units in which somebody holds posts on a day, and that of their account. One query."""
    found = {one.post.unit_id: one.post.unit for one in posts_of(person, day)}
    if person.account is not None and person.account.unit is not None:
        found.setdefault(person.account.unit_id or 0, person.account.unit)
    return list(found.values())


def person_of(account: User) -> Person | None:
    """The person an account belongs to."""
    return Person.objects.filter(account_id=account.pk).first()


def people_named(name: str) -> list[Person]:
    """Those who bear a name. One query."""
    return list(Person.objects.filter(name=name).order_by("pk"))


def person_by_uid(uid: UUID) -> Person:
    person = Person.objects.select_related("account__unit").filter(uid=uid).first()
    if person is None:
        raise Missing("person.missing", _("没有这个人，可能已经更正。"))
    return person


def post_by_uid(uid: UUID) -> Post:
    post = Post.objects.select_related("unit").filter(uid=uid).first()
    if post is None:
        raise Missing("post.missing", _("没有这个岗位。"))
    return post


def holding_by_uid(uid: UUID) -> PostHolding:
    holding = PostHolding.objects.select_related("person", "post__unit").filter(uid=uid).first()
    if holding is None:
        raise Missing("holding.missing", _("没有这项任职。"))
    return holding


def masked(mobile: str) -> str:
    """138****0000; shorter numbers show their last two digits alone.

    >>> masked("13800000000"), masked("110"), masked("")
    ('138****0000', '****10', '')
    """
    if len(mobile) < 8:
        return f"****{mobile[-2:]}" if mobile else ""
    return f"{mobile[:3]}****{mobile[-4:]}"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people, ready to print; numbers are masked."""

    uid: UUID
    name: str
    posts: tuple[str, ...]
    unit: str
    unit_uid: UUID | None
    office_phone: str
    mobile: str
    account: str


def person_rows(*, on: date, words: str = "", offset: int = 0, limit: int = 40) -> list[PersonRow]:
    """People in the order of their units, filtered by words. Two queries."""
    held = (
        PostHolding.objects.filter(in_force(on))
        .select_related("post__unit")
        .order_by("acting", "post__unit__order", "post__order", "pk")
    )
    people = _people(words, on).prefetch_related(Prefetch("holdings", held))
    return [_row(person) for person in people[offset : offset + limit]]


def count_people(words: str = "", *, on: date) -> int:
    return _people(words, on).count()


def _people(words: str, on: date) -> QuerySet[Person]:
    found = Person.objects.select_related("account__unit").order_by("pk")
    if words:
        posts = PostHolding.objects.filter(in_force(on)).filter(
            Q(post__name__icontains=words)
            | Q(post__unit__name__icontains=words)
            | Q(post__unit__short_name__icontains=words)
        )
        found = found.filter(Q(name__icontains=words) | Q(pk__in=posts.values("person")))
    return found


def _row(person: Person) -> PersonRow:
    held = list(person.holdings.all())
    unit = held[0].post.unit if held else person.account.unit if person.account else None
    return PersonRow(
        uid=person.uid,
        name=person.name,
        posts=tuple(post_words(one) for one in held),
        unit=unit.short_name if unit else "",
        unit_uid=unit.uid if unit else None,
        office_phone=person.office_phone,
        mobile=masked(person.mobile),
        account=person.account.username if person.account else "",
    )


def post_words(holding: PostHolding) -> str:
    """局长, or 局长（代管）."""
    name = holding.post.name
    return _("%(post)s（代管）") % {"post": name} if holding.acting else name
