"""Units and leaders by what a ledger of projects calls them, and who answers as it stands."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from gongjian.flow.duties.models import Duty, Sponsorship, TaskForce
from gongjian.flow.duties.queries.allotments import BETWEEN
from gongjian.flow.duties.queries.leaders import LEADING, Holder, holders
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import Post, Unit
from gongjian.foundation.orgs.queries import in_force, units

MARKS = re.compile(r"[（(](?:代管|空缺)[)）]")  # not shown
PARTS = re.compile(r"[、，,；;\s（）()]+")  # not shown


class Names:
    """The units and the leaders of a day, found by exactly what a ledger calls them."""

    def __init__(self, known: Iterable[Unit], posts: Iterable[Post], standing: dict[int, Holder]):
        self._standing = standing
        self._units: dict[str, dict[int, Unit]] = defaultdict(dict)
        self._posts: dict[str, dict[int, Post]] = defaultdict(dict)
        for unit in known:
            for name in (unit.name, unit.short_name, *unit.aliases):
                self._units[name][unit.pk] = unit
        for post in posts:
            for name in filter(None, (post.name, standing[post.pk].name)):
                self._posts[name][post.pk] = post

    def units(self, said: str) -> list[Unit]:
        """The units that bear a name: name, short name or one they also go by."""
        return list(self._units.get(said.strip(), {}).values())

    def apart(self, said: str) -> list[str]:
        """Several names in one cell, each for itself; one that is known whole stays whole."""
        if self.units(said):
            return [said]
        return [name for name in BETWEEN.split(said) if name]

    def posts(self, said: str) -> list[Post]:
        """The leaders' posts that a name means: of the holder, of the post, or of both."""
        bare = MARKS.sub("", said).strip()
        if whole := self._posts.get(bare):
            return list(whole.values())
        meant = [self._posts[part] for part in PARTS.split(bare) if part in self._posts]
        if not meant:
            return []
        keys = set(meant[0]).intersection(*meant[1:])
        return [meant[0][key] for key in keys]

    def called(self, post: Post) -> str:
        """Who stands in a post, as a ledger shows it."""
        holder = self._standing.get(post.pk)
        return holder.words if holder is not None else post.name


def answering_names(*, on: date) -> Names:
    """The names a ledger of projects may use. Three queries."""
    posts = list(Post.objects.filter(in_force(on), kind__in=LEADING).select_related("unit"))
    return Names(units(on=on), posts, holders(posts, on=on))


def standing_answers(
    campaign: Campaign,
) -> tuple[dict[int, list[Duty]], dict[int, Sponsorship]]:
    """({project: its duties}, {project: its sponsor}) as they stand. Two queries."""
    mine = {"project__years__campaign": campaign, "valid_to__isnull": True}
    duties: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(**mine).select_related("unit"):
        duties[duty.project_id or 0].append(duty)
    leaders = Sponsorship.objects.filter(**mine).select_related("post__unit")
    return dict(duties), {row.project_id or 0: row for row in leaders}


def forces_over_projects() -> set[int]:
    """The projects that a task force stands over. One query."""
    found = TaskForce.objects.filter(valid_to__isnull=True, project__isnull=False)
    return {key for key in found.values_list("project", flat=True) if key}


def units_by_code() -> dict[str, Unit]:
    """Every unit that is in force at all. One query."""
    return {unit.code: unit for unit in Unit.objects.filter(valid_to__isnull=True)}


def posts_by_uid() -> dict[str, Post]:
    """The leaders' posts that are not ended. One query."""
    found = Post.objects.filter(valid_to__isnull=True, kind__in=LEADING)
    return {str(post.uid): post for post in found}
