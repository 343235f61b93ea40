"""The demo's projects go on: a leader and a team each, permits, and what later papers change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from gongjian.flow.duties.queries import forces_over_projects, standing_answers
from gongjian.flow.duties.usecases import (
    Allotment,
    Assigned,
    ForceWords,
    Naming,
    assign_many,
    make_forces,
    name_leaders,
)
from gongjian.flow.projects.models import Project, ProjectList, Standing
from gongjian.flow.projects.queries import projects_by_keys, projects_registered
from gongjian.flow.projects.usecases import (
    Paper,
    PermitChange,
    PermitWords,
    ProjectWords,
    YearWords,
    add_to_list,
    begin_checklists,
    bundle_projects,
    change_permits,
    drop_from_list,
    rename_project,
    split_project,
)
from gongjian.foundation.orgs.models import Post
from gongjian.foundation.orgs.usecases import hand_over_post, open_post, register_person
from gongjian.interfaces.cli.demo.county import County
from gongjian.interfaces.cli.demo.year import Year

Row = dict[str, str]
Rows = Sequence[tuple[Project, Row]]
BASIS = "诸攻坚办发〔2020〕5号（示例）"
LEADERS = (
    *["高望岳", "罗知行", "宋清澜", "谢远川", "唐守谦", "韩启明", "冯景和", "于承志", "董思源"],
    *["程立夫", "曹允中", "袁致远", "邓怀瑾", "许明达", "傅定山", "沈学诚", "曾广济", "彭砚秋"],
    *["吕新民", "苏维则", "卢志恒", "蒋时中", "蔡若谷", "贾凌云", "丁树人", "魏长青", "薛敬之"],
)
LEAD = {"industry": "industry", "infrastructure": "transport", "livelihood": "education",
        "ecology": "ecology", "other": "dev-reform"}  # fmt: skip
ENDED = (Standing.SPLIT, Standing.MERGED)
CLEARED = 60  # projects whose permits are followed
OUT_IN_MAY, BACK_IN_JUNE, OUT_IN_JUNE = 5, 3, 2
CHANGED = OUT_IN_MAY + OUT_IN_JUNE + 2 + 1 + 2  # renamed, split, bundled; a smaller demo has none
NOT_YET = "用地、规划手续未落实，转入储备（示例）"


def sponsor_everybody(county: County, year: Year, *, at: datetime) -> None:
    """Each project gets a lead unit, a sponsor among the county's leaders, and a team, where it
    has none: those of April, and again those that June brings."""
    posts, office = _leaders(county, at=at), county.users["office"]
    duties, sponsored = standing_answers(year.campaign)
    forced = forces_over_projects()
    going = [one for one in projects_registered(year.campaign) if one.standing not in ENDED]
    told = [(one, posts[place % len(posts)]) for place, one in enumerate(going)]
    assign_many(
        [Assigned(one, _allotment(county, one), BASIS) for one in going if one.pk not in duties],
        by=office,
        at=at,
    )
    name_leaders(
        [Naming(one, post, BASIS) for one, post in told if one.pk not in sponsored],
        by=office,
        at=at,
    )
    leads = {pk: row.post for pk, row in standing_answers(year.campaign)[1].items()}
    make_forces(
        [(one, _force(one, leads[one.pk], _allotment(county, one))) for one in going
         if one.pk not in forced],
        by=office,
        at=at,
    )  # fmt: skip


def _allotment(county: County, project: Project) -> Allotment:
    township = () if project.township is None else (project.township,)
    lead = county.units[LEAD.get(project.category, "dev-reform")]
    return Allotment(lead, responsible=township)


def _force(project: Project, post: Post, allotment: Allotment) -> ForceWords:
    units = [unit for unit in (allotment.lead, *allotment.responsible) if unit is not None]
    return ForceWords(f"{project.name[:50]}专班", basis=BASIS, heads=[post], units=units)


def _leaders(county: County, *, at: datetime) -> list[Post]:
    """The leaders with accounts, and those who have none: a county has some thirty-five."""
    begin, unit = date(2019, 1, 8), county.units["leaders"]
    posts = [county.posts[f"leader{n}"] for n in range(1, 9)]
    for number, name in enumerate(LEADERS, start=1):
        if (known := county.posts.get(f"leaders.{number}")) is not None:
            posts.append(known)
            continue
        post = open_post(unit, f"市级领导{number}（示例）", kind=Post.Kind.LEADER,
                         order=900 + number, from_day=begin, by=None, at=at)  # fmt: skip
        person = register_person(name, mobile=f"1380001{number:04d}", by=None, at=at)
        hand_over_post(post, to=person, from_day=begin, by=None, at=at)
        county.posts[f"leaders.{number}"] = post
        posts.append(post)
    return posts


def follow_permits(county: County, rows: Rows, *, at: datetime) -> None:
    """The checklists of projects that prepare, and how far each is: some lines are late."""
    clerk = county.users["projects.fill"]
    told = [project for project, row in rows if row["established"] and not row["started"]]
    laid = begin_checklists(told[:CLEARED], by=clerk, at=at)
    changes = [
        PermitChange(item, words, item.version)
        for place, items in enumerate(laid)
        for item in items
        if (words := _permit(place, item.order, at.date())) is not None
    ]
    change_permits(changes, by=clerk, at=at)


def _permit(place: int, order: int, today: date) -> PermitWords | None:
    """The first lines are done, one is under way, the next has a day or is blocked."""
    done = 2 + place % 4
    if order <= done:
        day = today - timedelta(days=12 * (done - order) + place % 9 + 1)
        number = f"示例〔2020〕{place * 20 + order}号"
        return PermitWords(applied_on=day - timedelta(days=6), done_on=day, doc_no=number)
    if order == done + 1:
        blocked = "等地块规划调整" if place % 5 == 0 else ""
        planned = today + timedelta(days=10 + place % 30)
        return PermitWords(applied_on=today - timedelta(days=3), plan_date=planned,
                           blocked_by=blocked)  # fmt: skip
    return None


class Adjusting:
    """What the papers of May and June change on the county's list: the projects stay as many."""

    def __init__(self, county: County, listed: ProjectList, rows: Rows) -> None:
        self.office, self.listed = county.users["office"], listed
        quiet = [
            (project, row)
            for project, row in rows
            if row["promoted"] != "True"
            and not row["started"] and not row["moved_to"] and not row["level"]
            and not any(part not in ("-", "") for part in row["done"].split())
        ]  # fmt: skip
        self._waiting = [project.pk for project, _row in quiet] if len(quiet) >= CHANGED else []
        self._out: list[Project] = []

    def in_may(self, at: datetime) -> None:
        if not self._waiting:
            return
        self._out = self._next(OUT_IN_MAY)
        paper = Paper("诸攻坚办发〔2020〕9号（示例）", date(2020, 5, 15), NOT_YET)
        drop_from_list(self.listed, self._out, paper, by=self.office, at=at)

    def in_june(self, at: datetime) -> None:
        """Some in, some out, some renamed, one split and two bundled."""
        if not self._out:
            return
        paper = Paper("诸攻坚办发〔2020〕14号（示例）", date(2020, 6, 22), "年中调整（示例）")
        back = self._out[:BACK_IN_JUNE]
        add_to_list(self.listed, back, paper, by=self.office, at=at)
        leave = replace(paper, reason=NOT_YET)
        drop_from_list(self.listed, self._next(OUT_IN_JUNE), leave, by=self.office, at=at)
        for project in self._next(2):
            name = project.name.removesuffix("项目") + "（更名）项目"
            rename_project(project, name, paper, by=self.office, at=at)
        (whole,) = self._next(1)
        split_project(whole, _halves(whole), paper, by=self.office, at=at)
        pair = self._next(2)
        bundle_projects(pair, _together(pair), paper, by=self.office, at=at,
                        year=YearWords("preparing"))  # fmt: skip

    def _next(self, many: int) -> list[Project]:
        """The next that nothing was reported of, as they stand now."""
        taken, self._waiting = self._waiting[:many], self._waiting[many:]
        return projects_by_keys(taken)


def _halves(whole: Project) -> list[tuple[ProjectWords, YearWords]]:
    """Two phases that together cost what the whole did."""
    total = whole.total_investment or Decimal(0)
    first = (total / 2).quantize(Decimal(10_000))
    said = replace(ProjectWords.of(whole), seq=None, code="")
    return [
        (replace(said, name=f"{whole.name}{phase}", total_investment=part), YearWords("preparing"))
        for phase, part in (("一期", first), ("二期", total - first))
    ]


def _together(pair: Sequence[Project]) -> ProjectWords:
    total = sum((one.total_investment or Decimal(0) for one in pair), Decimal(0))
    said = replace(ProjectWords.of(pair[0]), seq=None, code="", uscc="", bundle=True)
    return replace(said, name=f"{pair[0].name.removesuffix('项目')}等打捆项目",
                   total_investment=total)  # fmt: skip
