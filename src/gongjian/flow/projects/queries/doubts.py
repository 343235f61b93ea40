"""What is odd about the register, in sentences that ask and refuse nothing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np
from django.utils.translation import gettext as _

from gongjian.engine.money import MONTHS, Doubt, Found, Limits, Money, doubts_about
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Project, ProjectYear, StageEvidence
from gongjian.flow.projects.queries.amounts import Months, months_of, plans_of
from gongjian.flow.projects.queries.gates import gates_in_force, proof_title
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.reached import Ways, ways_of
from gongjian.lib.national_codes import region_doubt
from gongjian.lib.project_codes import doubt_about
from gongjian.lib.rounding import rounded, written

LATE_DAYS = 30
NAN = float("nan")
TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class ProjectDoubt:
    """One thing to ask back about a project; `month` is "" where it is of the whole."""

    project: int
    name: str
    code: str
    month: str
    sentence: str


def project_doubts(
    campaign: Campaign, *, as_of: date, known_at: datetime, limits: Limits | None = None
) -> list[ProjectDoubt]:
    """Everything odd about the projects of a campaign's year, by project. Eight queries."""
    years = list(
        ProjectYear.objects.filter(campaign=campaign).select_related("project").order_by("pk")
    )
    projects = [row.project for row in years]
    keys = [project.pk for project in projects]
    ways = ways_of(keys, known_at=known_at, as_of=as_of)
    months = months_of(keys, known_at=known_at, since=f"{campaign.year}-01")
    plans = plans_of(keys, year=campaign.year, known_at=known_at)
    money = _money(years, ways, months, plans, campaign.year)
    found = doubts_about(money, limits or Limits())
    said: dict[int, list[ProjectDoubt]] = defaultdict(list)
    for one in found:
        project = projects[one.row]
        month = "" if one.month is None else f"{campaign.year}-{one.month + 1:02}"
        words = doubt_sentence(one, month)
        said[project.pk].append(
            ProjectDoubt(project.pk, project.name, one.doubt.value, month, words)
        )
    unproved = _unproved(ways)
    for project in projects:
        said[project.pk] += _of_project(project, ways, unproved, campaign)
    return [doubt for project in projects for doubt in said[project.pk]]


def doubt_kinds() -> dict[str, str]:
    """What a check asks about, by code, in the order of the page."""
    return {
        Doubt.SPIKE.value: _("突增"),
        Doubt.STUCK.value: _("僵数"),
        Doubt.TAIL.value: _("年底翘尾"),
        Doubt.SCALE.value: _("万、亿写混"),
        Doubt.NEGATIVE.value: _("负数"),
        Doubt.BEFORE_START.value: _("未开工报投资"),
        Doubt.OVER_TOTAL.value: _("超过总投资"),
        Doubt.PLAN_OVER_REST.value: _("年度计划偏大"),
        Doubt.PLAN_NOT_SUM.value: _("月计划不合计"),
        "no-evidence": _("阶段缺材料"),
        "dates-fall": _("阶段日期颠倒"),
        "plan-falls": _("计划日期颠倒"),
        "late-registration": _("年底才登记"),
        "partial": _("部分竣工"),
        "no-code": _("没有项目代码"),
        "code-region": _("代码区划不对"),
        "code-elsewhere": _("代码区划不在本县"),
        "code-shape": _("代码格式"),
        "code-month": _("代码年月"),
        "code-industry": _("代码行业"),
        "code-check": _("代码校验位"),
    }


def _money(
    years: list[ProjectYear],
    ways: Ways,
    months: Months,
    plans: dict[int, dict[str, Decimal]],
    year: int,
) -> Money:
    keys = [f"{year}-{month:02}" for month in range(1, MONTHS + 1)]
    done = [
        [_number(m.done) if (m := months.get(y.project_id, {}).get(k)) else NAN for k in keys]
        for y in years
    ]
    planned = [[_number(plans.get(y.project_id, {}).get(k)) for k in keys] for y in years]
    shape = (len(years), MONTHS)
    return Money(
        planned=np.array(planned, dtype=np.float64).reshape(shape),
        done=np.array(done, dtype=np.float64).reshape(shape),
        year_plan=np.array([_number(y.plan_investment) for y in years], dtype=np.float64),
        total=np.array([_number(y.project.total_investment) for y in years], dtype=np.float64),
        done_before=np.array([_number(y.done_before) for y in years], dtype=np.float64),
        start=np.array([_start(ways, y.project_id, year) for y in years], dtype=np.float64),
    )


def _start(ways: Ways, project: int, year: int) -> float:
    started = ways.get(project, {}).get("started")
    if started is None:
        return NAN
    return float((started.day.year - year) * 12 + started.day.month - 1)


def _number(value: Decimal | None) -> float:
    return NAN if value is None else float(value)


def doubt_sentence(found: Found, month: str) -> str:
    """A doubt of the engine as a question."""
    sentences = {
        Doubt.NEGATIVE: _("%(month)s 完成投资是负数 %(value)s 万元。要冲减以前的数，请走更正。"),
        Doubt.SPIKE: _(
            "%(month)s 完成 %(value)s 万元，超过月均计划的三倍"
            "（%(against)s 万元），请核实是否突增。"
        ),
        Doubt.STUCK: _("到 %(month)s 已连续 %(times)s 个月都报 %(value)s 万元，请核实是不是照抄。"),
        Doubt.TAIL: _("12 月一个月报 %(value)s 万元，占全年三成半以上，请核实是否年底翘尾。"),
        Doubt.BEFORE_START: _(
            "%(month)s 报了完成投资 %(value)s 万元，项目还没有开工；开工前的支出请填在前期费用。"
        ),
        Doubt.OVER_TOTAL: _(
            "累计完成 %(value)s 万元，超过总投资 %(against)s 万元的两成以上，是否要先调整概算？"
        ),
        Doubt.PLAN_OVER_REST: _(
            "年度计划 %(value)s 万元，比总投资剩下的 %(against)s 万元还多，请核对。"
        ),
        Doubt.PLAN_NOT_SUM: _(
            "十二个月的计划加起来是 %(value)s 万元，年度计划是 %(against)s 万元，对不上。"
        ),
        Doubt.SCALE: _(
            "%(month)s 报 %(value)s 万元，其他月份在 %(against)s 万元左右，差一万倍："
            "是不是把元和万元填混了？"
        ),
    }
    return sentences[found.doubt] % {
        "month": month,
        "value": _wan(found.value),
        "against": _wan(found.against),
        "times": int(found.against) if found.doubt == Doubt.STUCK else 0,
    }


def _wan(yuan: float) -> str:
    return written(rounded(Decimal(repr(yuan)) / TEN_THOUSAND, 2))


def _of_project(
    project: Project,
    ways: Ways,
    unproved: dict[int, list[str]],
    campaign: Campaign,
) -> Iterator[ProjectDoubt]:
    def asked(code: str, sentence: str) -> ProjectDoubt:
        return ProjectDoubt(project.pk, project.name, code, "", sentence)

    way = ways.get(project.pk, {})
    for earlier, later in gates_in_force().falling({k: r.day for k, r in way.items()}):
        yield asked(
            "dates-fall",
            _("%(later)s（%(later_day)s）早于%(earlier)s（%(earlier_day)s），请核对日期。")
            % {
                "later": stage_label(later),
                "later_day": way[later].day,
                "earlier": stage_label(earlier),
                "earlier_day": way[earlier].day,
            },
        )
    for words in unproved.get(project.pk, []):
        yield asked("no-evidence", words)
    end = date(campaign.year, 12, 31)
    if project.registered_on is not None and way:
        before = (end - project.registered_on).days
        if 0 <= before < LATE_DAYS:
            yield asked(
                "late-registration",
                _("%(day)s 才登记，离年底不到 %(days)s 天，要计入当年须经攻坚办同意。")
                % {"day": project.registered_on, "days": LATE_DAYS},
            )
    if "completed" in way and way["completed"].partial:
        yield asked("partial", _("竣工勾选了“部分竣工”，不要按整体竣工计。"))
    if place := region_doubt(project.code, own=project.place.code if project.place else ""):
        yield asked(f"code-{place}", _region_words(place))
    if odd := doubt_about(project.code):
        yield asked(f"code-{odd}", _("项目代码 %(code)s 请核对。") % {"code": project.code})
    start, finish = project.planned_start, project.planned_finish
    if start is not None and finish is not None and finish < start:
        yield asked("plan-falls", _("计划竣工早于计划开工，请核对。"))
    if not project.code and any(stage in way for stage in ("established", "started")):
        yield asked("no-code", _("已经立项或开工，还没有项目代码。"))


def _region_words(code: str) -> str:
    words = {
        "region": _("项目代码的区划不是国家标准里的代码，请核对。"),
        "elsewhere": _("项目代码的区划不是本县，可能由省、市平台赋码，请核对。"),
    }
    return words[code]


def _unproved(ways: Ways) -> dict[int, list[str]]:
    """Stages that were accepted with a piece of evidence lacking. One query."""
    events = {
        reached.event: (key, stage) for key, way in ways.items() for stage, reached in way.items()
    }
    shown: dict[int, set[str]] = defaultdict(set)
    for event, proof in StageEvidence.objects.filter(event__in=events).values_list(
        "event", "proof"
    ):
        shown[event].add(proof)
    found: dict[int, list[str]] = defaultdict(list)
    for event, (project, stage) in events.items():
        for group in gates_in_force().gate(stage).proofs:
            if not set(group) & shown[event]:
                names = _("或").join(proof_title(code) for code in group)
                found[project].append(
                    _("%(stage)s没有材料：%(proof)s。")
                    % {"stage": stage_label(stage), "proof": names}
                )
    return found
