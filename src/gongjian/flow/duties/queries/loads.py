"""How much each leader carries: for that leader and the office, in the order of posts."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Sponsorship, TaskForceMember
from gongjian.flow.duties.queries.exports import Exported, exported_list
from gongjian.flow.duties.queries.forces import ForceRow, force_rows
from gongjian.flow.duties.queries.leaders import (
    LEADING,
    Holder,
    holders,
    leader_lines,
    over_campaign,
)
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries import ProjectFilter, ProjectRow, project_rows
from gongjian.foundation.orgs.models import Post
from gongjian.foundation.orgs.queries import in_force
from gongjian.lib.rounding import written

MANY_PROJECTS = 8  # more than these are said to be many (handbook 6.3)


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


@dataclass(frozen=True, slots=True)
class LeaderSheet:
    """One leader's sheet: the load, the lines led, the projects sponsored, the task forces."""

    load: LoadRow
    exported: Exported
    projects: tuple[ProjectRow, ...]
    teams: tuple[ForceRow, ...]

    def project_rows(self) -> list[tuple[str, str, str, str]]:
        """Projects as a sheet prints them; sums in 万元."""
        return [
            (
                row.name,
                row.code,
                row.township,
                "" if row.total_investment is None else written(row.total_investment / 10_000),
            )
            for row in self.projects
        ]

    def team_rows(self) -> list[tuple[str, str, str, str]]:
        return [(team.name, team.over, _("组长"), _("、").join(team.units)) for team in self.teams]


def leader_sheet(campaign: Campaign, post: Post, *, on: date, by: str) -> LeaderSheet:
    """What hangs on a post, in full. A constant number of queries."""
    load = load_of(campaign, post, on=on)
    leaders = leader_lines(campaign, on=on)
    mine = {key for key, holder in leaders.items() if holder.post_uid == post.uid}
    whole = exported_list(campaign, on=on, by=by, draft=True)
    lines = tuple(line for line in whole.lines if line.leader_uid == str(post.uid))
    projects = project_rows(campaign, ProjectFilter())
    headed = [
        team
        for team in force_rows(campaign, on=on)
        if team.head is not None and team.head.post_uid == post.uid
    ]
    name = load.holder.name or post.name
    return LeaderSheet(
        load=load,
        exported=replace(whole, lines=lines, removed=(), before={}, of=name),
        projects=tuple(row for row in projects if ("project", row.pk) in mine),
        teams=tuple(headed),
    )
