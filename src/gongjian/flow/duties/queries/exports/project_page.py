"""A project on one page: what it is, its figures, who answers, what comes next."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from gongjian.documents.paper import NoFont, Paper, Section, write_pdf, write_word
from gongjian.flow.duties.queries.contacts import Contact, ProjectContacts
from gongjian.flow.plan.queries import written_day
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import (
    MonthLine,
    ProjectCard,
    StageStep,
    definitions_named,
    money,
    permit_tally,
)
from gongjian.lib.refusals import Missing, Refused
from gongjian.lib.rounding import rounded

LONGEST = 160  # characters of what it builds, so that the page stays one
MOST = 4  # lines of what blocks it and of what comes next
MONTHS = 3
PLANNED = {
    "started": ("planned_start", "planned_start_precision"),
    "completed": ("planned_finish", "planned_finish_precision"),
    "in_production": ("planned_production", "planned_production_precision"),
}


def project_paper(
    project: Project,
    card: ProjectCard,
    people: ProjectContacts,
    *,
    on: date,
    by: str,
    place: str,
) -> Paper:
    """One page of a project as it stands on a day."""
    where = project.township.short_name if project.township else ""
    action = project.action.name if project.action else ""
    said = (project.code or _("未赋码"), card.plan_class, where, action)
    return Paper(
        kind=_("一页纸 · 项目"),
        issuer=place,
        day=_("%(year)s年%(month)s月%(day)s日")
        % {"year": on.year, "month": on.month, "day": on.day},
        title=project.name,
        facts=" · ".join(part for part in said if part),
        steps=tuple(_steps(card)),
        sections=(
            Section(_("是什么"), text=_what(project, card)),
            Section(
                _("数字"),
                heads=(_("指标"), _("数"), _("口径"), _("截止")),
                rows=tuple(_figures(project, card, on)),
                widths=(22, 20, 40, 18),
                right=(1,),
            ),
            _last_months(card, on),
            Section(_("卡在哪"), text=_blocked(card)),
            Section(_("谁负责"), rows=tuple(_people(people)), widths=(16, 18, 44, 22), right=(3,)),
            _ahead(project, card, on),
        ),
        footing=_(
            "数据：实时，截止 %(day)s，只计已采信 · 完成投资为调度口径 · 口径版本：%(definitions)s"
            " · %(by)s 导出 · 电话按看的人的权限显示"
        )
        % {"day": on.isoformat(), "by": by, "definitions": definitions_named()},
    )


def paper_file(paper: Paper, form: str, *, fonts: Path) -> bytes:
    """The page as docx or pdf. Refused: paper.no-font; Missing: list.file."""
    if form == "docx":
        return write_word(paper)
    if form != "pdf":
        raise Missing("list.file", _("没有这样的文件可以导出。"))
    try:
        return write_pdf(paper, fonts=fonts)
    except NoFont as none:
        raise Refused(
            "paper.no-font",
            _(
                "服务器上没有中文字体，出不了 PDF。请先下载 Word，"
                "或请管理员装中文字体（如 fonts-noto-cjk），或把字体文件放进数据目录的 fonts 里。"
            ),
        ) from none


def _steps(card: ProjectCard) -> Iterator[tuple[str, str]]:
    for step in card.steps:
        if not step.optional or step.state in ("done", "now"):
            yield step.title, step.state if step.state in ("done", "now") else "ahead"


def _what(project: Project, card: ProjectCard) -> str:
    said = [project.scope.strip()[:LONGEST].rstrip("。；，")] if project.scope.strip() else []
    if project.owner:
        said.append(_("业主%(owner)s") % {"owner": project.owner})
    reached = [step for step in card.steps if step.state in ("done", "now") and step.day]
    if reached:
        days = _("，").join(_reached(step) for step in reached[-MONTHS:])
        said.append(days)
    return _("。").join(said) + _("。") if said else _("建设内容还没有填。")


def _reached(step: StageStep) -> str:
    day = step.day.isoformat() if step.day else ""
    return _("%(day)s %(stage)s") % {"day": day, "stage": step.title}


def _figures(project: Project, card: ProjectCard, on: date) -> Iterator[tuple[str, ...]]:
    amounts, day = card.amounts, on.isoformat()
    none = _("未报")
    yield _("总投资"), money(project.total_investment) or none, _("登记的总投资"), day
    yield _("年度计划投资"), money(amounts.year_plan) or _("未定"), _("年度安排"), day
    last = max((line.month for line in card.months if line.done is not None), default="")
    upto = last or "—"
    yield _("累计完成"), money(amounts.year_done) or none, _("当年，调度口径"), upto
    yield _("投资完成率"), _percent(amounts.rate), _("当年累计完成 ÷ 年度计划，不封顶"), upto
    yield _("到位资金"), money(amounts.arrived) or none, _("县外实缴，开工以来"), upto
    tally = permit_tally(card.permits)
    if tally.applicable:
        shown = _("%(done)s / %(all)s 项") % {"done": tally.done, "all": tally.applicable}
        yield _("手续"), shown, _("办结 ÷ 适用"), day
    moved = sum(1 for move in card.moves if move.old is not None)
    yield _("计划日期调整"), _("%(n)s 次") % {"n": moved}, _("开工、竣工、投产合计"), day


def _percent(rate: Decimal | None) -> str:
    return "—" if rate is None else f"{rounded(rate * 100, 1):,}%"


def _last_months(card: ProjectCard, on: date) -> Section:
    """The three months before the one that runs, as far as they lie in the year."""
    upto = f"{on.replace(day=1) - timedelta(days=1):%Y-%m}"
    shown = [line for line in card.months if line.month <= upto][-MONTHS:]
    shown = shown or list(card.months[:MONTHS])
    words = {row.month: row.words for row in card.paid}

    def row(label: str, cells: list[str]) -> tuple[str, ...]:
        return (label, *cells)

    return Section(
        _("近三个月"),
        heads=("", *(_("%(month)s月") % {"month": int(line.month[5:])} for line in shown)),
        rows=(
            row(_("计划"), [money(line.planned) or "—" for line in shown]),
            row(_("完成"), [_done(line) for line in shown]),
            row(_("形象进度"), [words.get(line.month, "")[:40] or "—" for line in shown]),
        ),
        widths=(16, *(28 for _line in shown)),
    )


def _done(line: MonthLine) -> str:
    if line.waiting or line.done is None:
        return _("前期 %(sum)s") % {"sum": money(line.early_cost)} if line.early_cost else _("未报")
    return money(line.done)


def _blocked(card: ProjectCard) -> str:
    said = [
        _("%(permit)s卡在%(why)s") % {"permit": row.name, "why": row.blocked_by}
        for row in card.permits
        if row.blocked_by and row.state != "done"
    ]
    said += card.hint.lacking if card.hint else ()
    if not said:
        return _("没有登记的卡点。")
    lines = [f"{n}. {text.rstrip('。')}。" for n, text in enumerate(said[:MOST], start=1)]
    return "\n".join(lines)


def _people(people: ProjectContacts) -> Iterator[tuple[str, ...]]:
    yield _person(_("包靠领导"), people.sponsor)
    if people.lead is not None:
        yield _person(_("牵头单位"), people.lead)
    else:
        yield _("牵头单位"), people.lead_unit or _("未定"), "", ""
    for one in people.liaisons[:1]:
        yield _person(_("联络员"), one)
    for one in people.officers[:2]:
        yield _person(_("服务专员"), one)
    if people.responsible:
        yield _("责任单位"), "", _("、").join(people.responsible), ""


def _person(part: str, one: Contact | None) -> tuple[str, ...]:
    if one is None:
        return part, _("未定"), "", ""
    name = _("%(name)s（代管）") % {"name": one.name} if one.acting else one.name
    return part, name or _("空缺"), f"{one.unit} {one.post}", one.phone


def _ahead(project: Project, card: ProjectCard, on: date) -> Section:
    """What is planned next: permits with a day, then the planned dates of the project."""
    rows = [
        (row.plan_date, row.plan_date.isoformat(), row.name, row.department)
        for row in card.permits
        if row.applicable and row.state != "done" and row.plan_date is not None
    ]
    for step in card.steps:
        name, precision = PLANNED.get(step.code, ("", ""))
        day = (
            getattr(project, name) if name and step.state in ("next", "ahead", "waiting") else None
        )
        if day is not None:
            shown = written_day(day, getattr(project, precision))
            rows.append((day, shown, step.title, project.owner))
    rows.sort(key=lambda row: row[0])
    late = _("（已过）")
    shown_rows = tuple(
        (f"{said}{late if day < on else ''}", what, who) for day, said, what, who in rows[:MOST]
    )
    if not shown_rows:
        return Section(_("下一步"), text=_("没有登记下一步的日期。"))
    return Section(_("下一步"), rows=shown_rows, widths=(26, 40, 34))
