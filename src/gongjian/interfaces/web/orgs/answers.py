"""What a unit and a person answer for, as their pages show it beside who they are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import (
    UnitAnswers,
    UnitPart,
    issued_lines,
    issued_list,
    lines_of_unit,
    may_see_version,
    ties_of_posts,
    unit_answers,
)
from gongjian.flow.duties.rules import check_can_read_duties, check_can_see_load
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, campaigns
from gongjian.flow.progress.queries import period_shown, unit_gaps
from gongjian.foundation.orgs.models import Person, Unit, User
from gongjian.foundation.orgs.queries import delegations_given, posts_of
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows, check_is_of_unit
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_named

SIZE = 20
ROLES = ("lead", "responsible", "supporting")


def unit_context(
    unit: Unit, reader: User, given: Mapping[str, str], *, on: date, at: datetime
) -> dict[str, Any]:
    """What orgs/parts/answers.html names; nothing for who sees no business. Constant queries."""
    if why_not(check_can_read_duties, reader):
        return {}
    asked = given.get("year", "")
    campaign = campaign_named(asked) if asked else campaign_in_force(on)
    if campaign is None:
        return {}
    found = unit_answers(campaign, unit, on=on, at=at)
    words, part = given.get("q", "").strip(), given.get("part", "")
    kept = [row for row in found.parts if _kept(row, part, words)]
    page = Page.of(given, total=len(kept), size=SIZE)
    return {
        "answers": found,
        "parts": kept[page.offset : page.offset + page.size],
        "page": page,
        "q": words,
        "part": part,
        "views": _views(found, part, {"year": asked, "q": words}),
        "year": campaign.year,
        "years": [(one.year, f"?year={one.year}", None, one == campaign) for one in campaigns()],
        "counted": _counted(found),
        "sheet": _has_sheet(campaign, unit, reader, found),
        "due": _due(unit, campaign, found, reader, at=at),
    }


def _has_sheet(campaign: Campaign, unit: Unit, reader: User, found: UnitAnswers) -> bool:
    """Whether the list names the unit: the issue, else what the reader sees of the draft."""
    issued = issued_list(campaign)
    if issued is not None:
        return bool(lines_of_unit(list(issued_lines(issued).values()), unit.code))
    named = any(row.work.kind in ("target", "task") for row in found.parts)
    return named and may_see_version(found.making, reader)


def _kept(row: UnitPart, part: str, words: str) -> bool:
    named = f"{row.work.code}{row.work.name}{row.work.group}{row.work.lead}{row.work.leader}"
    inside = part in ("", row.role) or (part == "unsettled" and row.unsettled)
    return inside and (not words or words in named)


def _views(
    found: UnitAnswers, part: str, given: Mapping[str, str]
) -> list[tuple[str, str, int, bool]]:
    labels = {
        "": _("全部"),
        "lead": _("牵头"),
        "responsible": _("责任"),
        "supporting": _("配合"),
        "unsettled": _("没定的"),
    }
    tail = {name: word for name, word in given.items() if word}
    return [
        (
            label,
            f"?{urlencode({'part': key, **tail} if key else tail)}#answers",
            sum(_kept(row, key, "") for row in found.parts),
            key == part,
        )
        for key, label in labels.items()
    ]


def _counted(found: UnitAnswers) -> str:
    """牵头 3 项、责任 2 项、配合 4 项 · 专班 1 个 · 项目 2 个."""
    counts = [sum(row.role == role for row in found.parts) for role in ROLES]
    return _(
        "牵头 %(lead)s 项、责任 %(responsible)s 项、配合 %(supporting)s 项 · 专班 %(forces)s 个"
        " · 项目 %(projects)s 个"
    ) % {
        **dict(zip(ROLES, counts, strict=True)),
        "forces": len(found.forces),
        "projects": len(found.projects),
    }


def _due(
    unit: Unit, campaign: Campaign, found: UnitAnswers, reader: User, *, at: datetime
) -> dict[str, Any] | None:
    """What the unit has to report in the period that is shown, for that unit and the office.

    The period is one of the year that is looked at.
    """
    own = not why_not(check_is_of_unit, unit, by=reader)
    period = period_shown(at)
    if period is None or not (own or allows(KEEP_OFFICE, reader)):
        return None
    if period.key[:4] != str(campaign.year):
        return None
    gap = next(iter(unit_gaps(period.key, only=unit)), None)
    if gap is None:
        return None
    names = {row.work.key: row.work for row in found.parts}
    missing = [names[key] for pk in gap.targets if (key := ("target", pk)) in names]
    return {"period": period, "due": gap.due, "done": gap.done, "missing": missing}


def person_context(person: Person, reader: User, *, on: date) -> dict[str, Any]:
    """What hangs on the posts of a person, as far as the reader may see it. Constant queries."""
    if why_not(check_can_read_duties, reader):
        return {}
    held = ties_of_posts(posts_of(person, on), on=on)
    closed = why_not(check_can_see_load, person, by=reader)
    return {
        "tied": [(one, closed if one.leads else "") for one in held],
        "hands": _hands(person, on=on),
    }


def _hands(person: Person, *, on: date) -> Sequence[Any]:
    """Who acts for the person today."""
    if person.account is None:
        return ()
    return [row for row in delegations_given(person.account, on=on) if row.running]
