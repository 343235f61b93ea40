"""Projects that may be one, each pair with what it is by."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.engine.similarity import Written, pairs_alike
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import DuplicateVerdict, Project, Standing
from gongjian.flow.projects.queries.counted import projects_of_year

GONE = (Standing.MERGED, Standing.SPLIT)


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two projects that look like one; `by` says in words what is alike."""

    one: int
    one_uid: UUID
    one_name: str
    other: int
    other_uid: UUID
    other_name: str
    score: float
    by: tuple[str, ...]


def duplicate_pairs(campaign: Campaign) -> list[DuplicatePair]:
    """Pairs nobody has looked at yet, the most alike first. Three queries."""
    projects = list(
        Project.objects.filter(pk__in=projects_of_year(campaign))
        .exclude(standing__in=GONE)
        .select_related("township")
        .order_by("pk")
    )
    looked_at = set(DuplicateVerdict.objects.values_list("one", "other"))
    found = pairs_alike([written_as(project) for project in projects])
    words = like_words()
    return [
        DuplicatePair(
            one=a.pk,
            one_uid=a.uid,
            one_name=a.name,
            other=b.pk,
            other_uid=b.uid,
            other_name=b.name,
            score=pair.score,
            by=tuple(words[field] for field in pair.by),
        )
        for pair in found
        for a, b in [(projects[pair.one], projects[pair.other])]
        if (a.pk, b.pk) not in looked_at
    ]


def written_as(project: Project) -> Written:
    """A project as the comparison reads it."""
    return Written(
        name=project.name,
        code=f"{project.code}#{project.phase}" if project.code else "",
        uscc=project.uscc,
        owner=project.owner,
        investor=project.investor,
        place=project.township.short_name if project.township else "",
    )


def like_words() -> dict[str, str]:
    """What two projects may be alike by."""
    return {
        "name": _("名称相近"),
        "code": _("项目代码相同"),
        "uscc": _("信用代码相同"),
        "owner": _("建设单位相同"),
        "investor": _("投资方相同"),
        "place": _("属地相同"),
    }
