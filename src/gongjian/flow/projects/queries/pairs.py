"""Two projects beside each other, and what would go where if they were found to be one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.engine.similarity import pairs_alike
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries.amounts import months_of
from gongjian.flow.projects.queries.duplicates import like_words, written_as
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.listing import current_stage
from gongjian.flow.projects.queries.reached import ways_of
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.lib.refusals import Missing

TELLING = 9  # what stands above the stage tells one project from another; the rest is by chance


@dataclass(frozen=True, slots=True)
class SideLine:
    """One column of two projects; `same` where both say the same thing."""

    label: str
    one: str
    other: str
    same: bool


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging does: stages, months and lists that go over to the one that stays, and what of
    the other no longer counts because the one that stays has its own."""

    kept: str
    gone: str
    stages: tuple[tuple[str, date], ...]
    stages_left: tuple[tuple[str, date], ...]
    months: tuple[str, ...]
    months_left: tuple[str, ...]
    lists_in: tuple[str, ...]
    lists_out: tuple[str, ...]


def pair_by_uids(one: UUID, other: UUID, *, reader: User) -> tuple[Project, Project]:
    """Two projects, in the order they were asked for. Missing: project.missing."""
    found = {
        p.uid: p for p in Project.objects.select_related("township").filter(uid__in=(one, other))
    }
    if len(found) < 2 or not allows(SEE_BUSINESS, reader):
        raise Missing("project.missing", _("没有这两个项目，其中一个可能已经并入别的项目。"))
    return found[one], found[other]


def why_alike(one: Project, other: Project) -> tuple[str, ...]:
    """What the two are alike by, in words; empty where nothing says so."""
    found = pairs_alike([written_as(one), written_as(other)])
    words = like_words()
    return tuple(words[name] for pair in found for name in pair.by)


def side_lines(one: Project, other: Project, *, known_at: datetime) -> list[SideLine]:
    """The two, column by column. Two queries."""
    ways = ways_of([one.pk, other.pk], known_at=known_at)
    mine, theirs = (
        _said(project, current_stage(project.track, ways.get(project.pk, {})))
        for project in (one, other)
    )
    return [
        SideLine(label, text, theirs[label], same=place < TELLING and text == theirs[label] != "")
        for place, (label, text) in enumerate(mine.items())
    ]


def merging(kept: Project, gone: Project, *, known_at: datetime) -> Merging:
    """What would go where. Seven queries."""
    ways = ways_of([kept.pk, gone.pk], known_at=known_at)
    own, others = ways.get(kept.pk, {}), ways.get(gone.pk, {})
    months = months_of([kept.pk, gone.pk], known_at=known_at)
    mine, theirs = months.get(kept.pk, {}), months.get(gone.pk, {})
    lists = {
        project.pk: set(
            project.memberships.filter(valid_to__isnull=True).values_list("list__name", flat=True)
        )
        for project in (kept, gone)
    }
    earlier = {s for s, r in others.items() if s not in own or r.day < own[s].day}
    return Merging(
        kept=kept.name,
        gone=gone.name,
        stages=tuple((stage_label(s), r.day) for s, r in others.items() if s in earlier),
        stages_left=tuple((stage_label(s), r.day) for s, r in others.items() if s not in earlier),
        months=tuple(sorted(set(theirs) - set(mine))),
        months_left=tuple(sorted(set(theirs) & set(mine))),
        lists_in=tuple(sorted(lists[gone.pk] - lists[kept.pk])),
        lists_out=tuple(sorted(lists[gone.pk])),
    )


def _said(project: Project, stage: str) -> dict[str, str]:
    return {
        _("项目名称"): project.name,
        _("项目代码"): f"{project.code} {project.phase}".strip(),
        _("建设单位"): project.owner,
        _("统一社会信用代码"): project.uscc,
        _("投资方"): project.investor,
        _("属地镇街"): project.township.short_name if project.township else "",
        _("建设地点"): project.site,
        _("建设内容及规模"): project.scope,
        _("总投资"): _yuan(project.total_investment),
        _("阶段"): stage_label(stage) if stage else "",
        _("登记日期"): project.registered_on.isoformat() if project.registered_on else "",
        _("状态"): str(project.get_standing_display()),
    }


def _yuan(amount: Decimal | None) -> str:
    return "" if amount is None else _("%(value)s 元") % {"value": f"{amount:,.2f}"}
