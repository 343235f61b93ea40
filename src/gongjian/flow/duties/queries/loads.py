"""How much each leader carries: for that leader and the office, in the order of posts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from gongjian.flow.duties.models import Sponsorship, TaskForceMember
from gongjian.flow.duties.queries.leaders import Holder, holders, over_campaign
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import Post
from gongjian.foundation.orgs.queries import in_force

MANY_PROJECTS = 8  # more than these are said to be many (handbook 6.3)
LEADING = (Post.Kind.PRINCIPAL, Post.Kind.LEADER)


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What hangs on one leader's post."""

    holder: Holder
    post_uid: UUID
    actions: int
    works: int
    projects: int
    forces: int

    @property
    def many(self) -> bool:
        return self.projects > MANY_PROJECTS


def load_rows(
    campaign: Campaign, *, on: date, words: str = "", offset: int = 0, limit: int | None = None
) -> list[LoadRow]:
    """Leaders' posts in their own order with what they carry. Four queries."""
    posts = list(
        _posts(on, words).select_related("unit")[offset : None if limit is None else offset + limit]
    )
    return _rows(campaign, posts, on)


def count_loads(*, on: date, words: str = "") -> int:
    return _posts(on, words).count()


def load_of(campaign: Campaign, post: Post, *, on: date) -> LoadRow:
    """What one post carries. Three queries."""
    return _rows(campaign, [post], on)[0]


def _posts(on: date, words: str) -> QuerySet[Post]:
    found = Post.objects.filter(in_force(on), kind__in=LEADING)
    if words:
        held = Q(holdings__person__name__icontains=words) & in_force(on, "holdings__")
        found = found.filter(Q(name__icontains=words) | held).distinct()
    return found


def _rows(campaign: Campaign, posts: list[Post], on: date) -> list[LoadRow]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Sponsorship.objects.filter(over_campaign(campaign), post__in=posts).filter(in_force(on))
    for row in rows:
        counts[row.post_id][row.subject_key[0]] += 1
    headed = TaskForceMember.objects.filter(
        in_force(on), role=TaskForceMember.Role.HEAD, post__in=posts
    )
    for post in headed.values_list("post", flat=True):
        counts[post or 0]["force"] += 1
    standing = holders(posts, on=on)
    return [
        LoadRow(
            holder=standing[post.pk],
            post_uid=post.uid,
            actions=counts[post.pk]["action"],
            works=counts[post.pk]["target"] + counts[post.pk]["task"],
            projects=counts[post.pk]["project"],
            forces=counts[post.pk]["force"],
        )
        for post in posts
    ]
