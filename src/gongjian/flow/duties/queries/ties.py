"""What is tied to the posts of one person: what they lead and sponsor, their task forces."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongjian.flow.duties.models import Duty, Sponsorship, TaskForce, TaskForceMember
from gongjian.flow.duties.queries.leaders import LEADING
from gongjian.flow.duties.queries.subjects import name_of
from gongjian.foundation.orgs.models import Post, PostHolding
from gongjian.foundation.orgs.queries import in_force, post_words

SUBJECTS = ("action", "target__action", "task__action", "project")


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that hangs on a post: what the post is to it, and over what it stands."""

    label: str
    words: str
    kind: str
    uid: UUID
    deadline: date | None
    force: str = ""


@dataclass(frozen=True, slots=True)
class PostTies:
    """A post somebody holds, with what hangs on it; a head answers for the unit's duties.

    `leads`: a leader's post, whose ties are for that leader and the office.
    """

    post: str
    post_uid: UUID
    unit: str
    unit_uid: UUID
    leads: bool
    ties: tuple[Tie, ...]
    head: bool = False
    duties: tuple[tuple[str, int], ...] = ()


def ties_of_posts(holdings: Iterable[PostHolding], *, on: date) -> list[PostTies]:
    """What hangs on the posts of these holdings on a day; three queries, however many.

    Posts and units must be loaded.
    """
    held = list(holdings)
    posts = [one.post_id for one in held]
    ties: dict[int, list[Tie]] = defaultdict(list)
    led = Sponsorship.objects.filter(in_force(on), post__in=posts).select_related(*SUBJECTS)
    for row in led.order_by("role", "pk"):
        ties[row.post_id].append(_tie(str(row.get_role_display()), row))
    places = TaskForceMember.objects.filter(in_force(on), post__in=posts)
    for place in places.select_related(*(f"force__{name}" for name in SUBJECTS)).order_by("pk"):
        tie = _tie(str(place.get_role_display()), place.force, force=place.force.name)
        ties[place.post_id or 0].append(tie)
    heads = [one.post.unit_id for one in held if one.post.kind == Post.Kind.HEAD]
    counts = _duties(heads, on)
    return [
        PostTies(
            post=post_words(one),
            post_uid=one.post.uid,
            unit=one.post.unit.short_name,
            unit_uid=one.post.unit.uid,
            leads=one.post.kind in LEADING,
            ties=tuple(ties[one.post_id]),
            head=one.post.kind == Post.Kind.HEAD,
            duties=counts[one.post.unit_id] if one.post.kind == Post.Kind.HEAD else (),
        )
        for one in held
    ]


def _tie(label: str, row: Sponsorship | TaskForce, *, force: str = "") -> Tie:
    kind = row.subject_key[0]
    subject = getattr(row, kind)
    return Tie(
        label=label,
        words=name_of(subject),
        kind=kind,
        uid=subject.uid,
        deadline=getattr(subject, "deadline", None),
        force=force,
    )


def _duties(units: list[int], on: date) -> dict[int, tuple[tuple[str, int], ...]]:
    """How many parts each unit has by role, the lead first. One query."""
    held = Duty.objects.filter(in_force(on), unit__in=units)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for unit, role in held.values_list("unit", "role"):
        counts[unit][role] += 1
    return defaultdict(
        tuple,
        {
            unit: tuple((str(Duty.Role(role).label), found[role]) for role in Duty.Role)
            for unit, found in counts.items()
        },
    )
