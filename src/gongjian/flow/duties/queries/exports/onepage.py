"""一页纸: one target or task on one page, for whoever has five minutes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.documents.official import (
    Block,
    Cell,
    Column,
    Heading,
    OfficialDocument,
    PageBreak,
    Run,
    TableBlock,
    broken,
    write_official,
)
from gongjian.flow.duties.models import Duty, DutyList, TaskForce
from gongjian.flow.duties.queries.contacts import SPEAKING
from gongjian.flow.duties.queries.exports.source import chinese_day, order_label
from gongjian.flow.duties.queries.forces import force_row
from gongjian.flow.duties.queries.leaders import Holder, leader_lines, leader_over
from gongjian.flow.duties.queries.lists import issued_lines, issued_list, unit_order_of
from gongjian.flow.duties.queries.sheets import goal
from gongjian.flow.duties.queries.subjects import code_of
from gongjian.flow.duties.queries.terms import what_is_missing, work_terms
from gongjian.flow.plan.models import Target, Task
from gongjian.flow.plan.queries import standing, target_row
from gongjian.foundation.orgs.models import Person, PostHolding
from gongjian.foundation.orgs.queries import in_force, masked

CLAUSE = re.compile(r"[^，、；：]+[，、；：]?")  # not shown
LONGEST = 120  # characters of the sentence, so that the page stays one


@dataclass(frozen=True, slots=True)
class Answering:
    """Somebody who answers: in which part, who, in which post, under which masked number."""

    part: str
    name: str
    post: str
    phone: str


@dataclass(frozen=True, slots=True)
class OnePage:
    """All that one page says. `figures` come from a later room: name → value."""

    kind: str
    code: str
    title: str
    action: str
    goal: str
    deadline: date
    sentence: str
    definition: str
    definition_number: int
    measures: str
    milestones: tuple[tuple[date, str], ...]
    people: tuple[Answering, ...]
    supporting: tuple[str, ...]
    missing: tuple[str, ...]
    version: str
    unit_order: str
    as_of: date
    exported_by: str


def one_page(work: Target | Task, *, on: date, by: str) -> OnePage:
    """What one page says of a target or task. A constant number of queries."""
    kind = "target" if isinstance(work, Target) else "task"
    campaign = work.action.campaign
    terms = work_terms(campaign, on=on).get((kind, work.pk))
    leaders = leader_lines(campaign, on=on)
    leader = leader_over(leaders, (kind, work.pk), action=work.action_id)
    issued = issued_list(campaign)
    order = unit_order_of(campaign)
    answering = _answering(work, kind, on, order=order)
    return OnePage(
        kind=kind,
        code=code_of(work),
        title=work.metric if isinstance(work, Target) else work.title,
        action=work.action.name,
        goal=goal(target_row(work, work.action.seq, on=on)) if isinstance(work, Target) else "",
        deadline=work.deadline,
        sentence=work.sentence,
        definition=terms.definition if terms else "",
        definition_number=terms.definition_number if terms else 0,
        measures=terms.measures if terms else "",
        milestones=tuple(
            work.milestones.filter(standing(on)).order_by("day").values_list("day", "text")
        ),
        people=tuple(_people(work, kind, leader, answering, on)),
        supporting=tuple(
            duty.unit.short_name for duty in answering if duty.role == Duty.Role.SUPPORTING
        ),
        missing=what_is_missing(work, on=on),
        version=_version(work, issued),
        unit_order=order,
        as_of=on,
        exported_by=by,
    )


def one_page_word(pages: Sequence[tuple[OnePage, Mapping[str, str]]]) -> bytes:
    """One page a piece of work, each on a page of its own; with the figures a later room knows."""
    blocks: list[Block] = []
    for number, (page, figures) in enumerate(pages):
        if number:
            blocks += [PageBreak(), Heading(f"{page.code}　{page.title}")]
        blocks += _page(page, figures)
    first = pages[0][0]
    title = broken([f"{first.code}　", *CLAUSE.findall(first.title)])
    return write_official(OfficialDocument(title=title, blocks=tuple(blocks)))


def _page(page: OnePage, figures: Mapping[str, str]) -> list[Block]:
    table = TableBlock(
        columns=(Column("", 18), Column("", 82, "left")),
        head=(
            (
                Cell(
                    _("一页纸 · %(action)s") % {"action": page.action}, column_span=2, align="left"
                ),
            ),
        ),
        rows=tuple(
            (Cell((Run(label, bold=True),)), Cell(text or "—"))
            for label, text in (
                (_("年度目标"), page.goal),
                *figures.items(),
                (_("完成时限"), chinese_day(page.deadline)),
                (_("口径"), _defined(page)),
                (_("工作措施"), page.measures),
                (_("配合单位"), "、".join(page.supporting)),
                *(((_("原文"), page.sentence[:LONGEST]),) if page.sentence else ()),
                *(((_("五定有缺"), _lacking(page)),) if page.missing else ()),
            )
        ),
        points=12,
    )
    people = TableBlock(
        columns=(
            Column(_("责任"), 16),
            Column(_("姓名"), 16),
            Column(_("岗位"), 44, "left"),
            Column(_("电话"), 24),
        ),
        rows=tuple((one.part, one.name or "—", one.post, one.phone or "—") for one in page.people),
        note="" if page.milestones else _footing(page),
        points=12,
    )
    blocks: list[Block] = [table, Heading(_("谁负责"), 2), people]
    if page.milestones:
        blocks += [
            Heading(_("节点"), 2),
            TableBlock(
                columns=(Column(_("日期"), 24), Column(_("节点"), 76, "left")),
                rows=tuple((chinese_day(day), text) for day, text in page.milestones),
                note=_footing(page),
                points=12,
            ),
        ]
    return blocks


def _footing(page: OnePage) -> str:
    return _(
        "截止日期：%(day)s　数据：实时　版本：%(version)s　口径版本：%(definition)s　"
        "单位排列：%(order)s　导出人：%(who)s　电话按看的人的权限显示"
    ) % {
        "day": chinese_day(page.as_of),
        "version": page.version,
        "definition": _("第 %(number)s 版") % {"number": page.definition_number}
        if page.definition_number
        else _("未定口径"),
        "order": order_label(page.unit_order),
        "who": page.exported_by,
    }


def _version(work: Target | Task, issued: DutyList | None) -> str:
    """The version that the page is of: the newest issue, where the work stands in it."""
    if issued is None:
        return _("未印发")
    line = issued_lines(issued).get(str(work.uid))
    if line is None:
        return _("未列入已印发的责任清单")
    version = f"V{issued.number} {issued.doc_no}"
    if line.code == code_of(work):
        return version
    return _("%(version)s（该版编号 %(code)s）") % {"version": version, "code": line.code}


def _lacking(page: OnePage) -> str:
    """What is not settled of the 五定, in words."""
    labels = {
        "goal": _("定任务"),
        "duty": _("定人员"),
        "measure": _("定措施"),
        "time": _("定时限"),
        "check": _("定标准"),
    }
    return _("、").join(labels[name] for name in page.missing)


def _defined(page: OnePage) -> str:
    if not page.definition:
        return ""
    return _("%(text)s（口径第 %(number)s 版）") % {
        "text": page.definition,
        "number": page.definition_number,
    }


def _answering(work: Target | Task, kind: str, on: date, *, order: str) -> list[Duty]:
    """The duties over it: the lead first, the units as the list prints them. One query."""
    held = Duty.objects.filter(in_force(on), **{kind: work}).select_related("unit")
    if order == DutyList.UnitOrder.OFFICIAL:
        held = held.order_by("unit__order", "unit__code")
    return sorted(held, key=lambda duty: list(Duty.Role).index(Duty.Role(duty.role)))


def _people(
    work: Target | Task, kind: str, leader: Holder | None, duties: Sequence[Duty], on: date
) -> list[Answering]:
    """The leader, the head of each leading and answering unit, the task force's liaison."""
    rows = []
    force = TaskForce.objects.filter(in_force(on), **{kind: work}).first()
    team = force_row(force, on=on) if force is not None else None
    named = [
        *([(str(_("牵头领导")), leader)] if leader else []),
        *([(str(_("专班组长")), team.head)] if team and team.head else []),
        *([(str(_("联络员")), one) for one in team.liaisons] if team else []),
        *([(str(_("服务专员")), one) for one in team.officers] if team else []),
    ]
    numbers = dict(
        Person.objects.filter(pk__in=[one.person for _p, one in named if one.person]).values_list(
            "pk", "mobile"
        )
    )
    for part, one in named:
        phone = masked(numbers.get(one.person or 0, ""))
        rows.append(Answering(part, one.words, f"{one.unit} {one.post}", phone))
    if all(duty.role != Duty.Role.LEAD for duty in duties):
        rows.append(Answering(str(Duty.Role.LEAD.label), "", _("未定"), ""))
    answering = [duty for duty in duties if duty.role != Duty.Role.SUPPORTING]
    heads = _speakers([duty.unit_id for duty in answering], on)
    for duty in answering:
        head = heads.get(duty.unit_id)
        rows.append(
            Answering(
                duty.get_role_display(),
                head.person.name if head else "",
                f"{duty.unit.short_name} {head.post.name if head else ''}".strip(),
                masked(head.person.mobile) if head else "",
            )
        )
    return rows


def _speakers(units: Sequence[int], on: date) -> dict[int, PostHolding]:
    """{unit: who speaks for it}: its head, else the next of SPEAKING that is filled. One query."""
    found = PostHolding.objects.filter(
        in_force(on), post__unit__in=units, post__kind__in=SPEAKING
    ).select_related("person", "post")
    ordered = sorted(found, key=lambda one: (SPEAKING.index(one.post.kind), one.post.order))
    return {one.post.unit_id: one for one in reversed(ordered)}
