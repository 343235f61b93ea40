"""What is done with projects: registered, and what is said of them changed."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Action, Campaign, Precision
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import (
    AmountChange,
    DateChange,
    Project,
    ProjectYear,
    RegisterChange,
    Standing,
    Track,
)
from gongjian.flow.projects.queries import field_label, read_value
from gongjian.flow.projects.usecases.register_rows import (
    DATES,
    amount_changes,
    date_changes,
    register_change,
    register_changes,
)
from gongjian.foundation.orgs.models import Region, Unit, User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import Deed, note_each
from gongjian.lib.days import local_day
from gongjian.lib.national_codes import credit_code
from gongjian.lib.project_codes import tidied
from gongjian.lib.refusals import Conflict, Refused

SUMS = (
    "total_investment", "fixed_investment", "contract_funds", "expected_sales", "expected_tax",
)  # fmt: skip

ASKED_BACK = ("total_investment", "fixed_investment", "contract_funds")
TEXTS = {
    field.name: field.max_length
    for field in Project._meta.get_fields()
    if isinstance(field, CharField) and field.max_length and field.name in (
        "phase", "owner", "investor", "investor_place", "site", "remark",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """What is said of a project; amounts in 元, None where nobody knows them yet.

    A planned date is the last day of its span; where no precision is given it is a day.
    """

    name: str
    code: str = ""
    township: Unit | None = None
    action: Action | None = None
    total_investment: Decimal | None = None
    seq: int | None = None
    phase: str = ""
    track: str = Track.ENTERPRISE
    category: str = ""
    nature: str = ""
    industry: str = ""
    promoted: bool = False
    bundle: bool = False
    owner: str = ""
    uscc: str = ""
    investor: str = ""
    investor_place: str = ""
    filler: Unit | None = None
    place: Region | None = None
    site: str = ""
    scope: str = ""
    fixed_investment: Decimal | None = None
    contract_funds: Decimal | None = None
    planned_start: date | None = None
    planned_start_precision: str = ""
    planned_finish: date | None = None
    planned_finish_precision: str = ""
    planned_production: date | None = None
    planned_production_precision: str = ""
    land_secured_on: date | None = None
    stat_enrolled_on: date | None = None
    scale_enrolled_on: date | None = None
    expected_sales: Decimal | None = None
    expected_tax: Decimal | None = None
    expected_jobs: int | None = None
    remark: str = ""

    @classmethod
    def of(cls, project: Project) -> Self:
        """What is said of a project now."""
        return cls(**{field.name: getattr(project, field.name) for field in fields(cls)})

    def tidy(self) -> dict[str, Any]:
        """The columns as they are kept: without spaces around, codes in one spelling."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        kept |= {name: value.strip() for name, value in kept.items() if isinstance(value, str)}
        kept |= {
            "code": tidied(self.code),
            "uscc": credit_code(self.uscc),
            "industry": self.industry.strip().upper(),
        }
        for name in DATES:
            given = kept[f"{name}_precision"] or Precision.DAY.value
            kept[f"{name}_precision"] = given if kept[name] is not None else ""
        return kept

    def checked(self, year: "YearWords") -> dict[str, Any]:
        """The columns as they are kept, if they fit and are possible.

        Refused: project.no-name, .too-long, .uscc, .industry, .sum.
        """
        kept = self.tidy()
        rules.check_fits(kept["name"], kept["code"])
        texts = {field_label(name): kept[name] for name in TEXTS}
        rules.check_texts_fit(texts, {field_label(name): TEXTS[name] for name in TEXTS})
        rules.check_codes(uscc=kept["uscc"], industry=kept["industry"])
        rules.check_amounts(
            {field_label(name): kept[name] for name in SUMS}
            | {
                _("年度计划投资"): year.plan_investment,
                _("截至上年底累计"): year.done_before,
            }
        )
        return kept


@dataclass(frozen=True, slots=True)
class YearWords:
    """What a year's plan says of a project; amounts in 元."""

    plan_class: str = ""
    plan_investment: Decimal | None = None
    done_before: Decimal | None = None


@transaction.atomic
def register_project(
    campaign: Campaign,
    words: ProjectWords,
    *,
    by: User,
    at: datetime,
    year: YearWords | None = None,
) -> Project:
    """Bring a project into a campaign.

    Refused: office.only, project.no-name, .too-long, .known, .uscc, .industry, .sum.
    """
    return register_projects(campaign, [(words, year or YearWords())], by=by, at=at)[0]


@transaction.atomic
def register_projects(
    campaign: Campaign,
    rows: Sequence[tuple[ProjectWords, YearWords]],
    *,
    by: User,
    at: datetime,
) -> list[Project]:
    """Bring many projects into a campaign, each under the same rules and with its own entry in
    the log; all of them, or none. Refused as register_project."""
    rules.check_can_keep_project(by)
    day = local_day(at)
    tidy = [words.checked(year) for words, year in rows]
    projects = [Project(campaign=campaign, registered_on=day, **kept) for kept in tidy]
    _check_codes_are_new(campaign, projects)
    try:
        with transaction.atomic():
            Project.objects.bulk_create(projects)
    except IntegrityError as twice:
        raise _known("") from twice
    years = [
        ProjectYear(project=project, campaign=campaign, **asdict(year))
        for project, (_words, year) in zip(projects, rows, strict=True)
    ]
    ProjectYear.objects.bulk_create(years)
    dates = [
        change for project in projects for change in date_changes(project, None, "", by=by, at=at)
    ]
    DateChange.objects.bulk_create(dates)
    sums = [
        AmountChange(project=project, old=None, new=project.total_investment, day=day, by=by, at=at)
        for project in projects
        if project.total_investment is not None
    ]
    AmountChange.objects.bulk_create(sums)
    note_each(_deeds(projects, [*years, *dates, *sums]), by=by, at=at)
    return projects


@dataclass(frozen=True, slots=True)
class Changed:
    """What is said anew of a project, from which version, and why where a plan is moved."""

    project: Project
    words: ProjectWords
    version: int
    reason: str = ""
    year: YearWords | None = None  # None: what the year's plan says stays


@transaction.atomic
def change_project(
    project: Project,
    words: ProjectWords,
    *,
    version: int,
    by: User,
    at: datetime,
    reason: str = "",
    sure: Collection[str] = (),
) -> Project:
    """Say something else of a project; what stood before is kept beside it, with the reason.

    `sure` names the sums that were asked back and are right. Refused as at registration,
    project.no-reason, project.scale; Conflict: project.changed.
    """
    rules.check_scales(
        {name: (getattr(project, name), getattr(words, name)) for name in ASKED_BACK},
        {name: field_label(name) for name in ASKED_BACK},
        sure=sure,
    )
    return change_projects([Changed(project, words, version, reason)], by=by, at=at)[0]


@transaction.atomic
def change_projects(rows: Sequence[Changed], *, by: User, at: datetime) -> list[Project]:
    """Say something else of many projects, each under the same rules and with its own entry in
    the log; all of them, or none. Refused as change_project."""
    rules.check_can_keep_project(by)
    named = Project.objects.select_related("township", "action", "filler", "place")
    stand = named.in_bulk([row.project.pk for row in rows])
    deeds = [_change(row, stand[row.project.pk], by=by, at=at) for row in rows]
    years = _years(rows, by=by, at=at)
    beside = [
        (*changes, *years.get(row.project.pk, ())) for row, changes in zip(rows, deeds, strict=True)
    ]
    made = [one for kept in beside for one in kept]
    DateChange.objects.bulk_create([one for one in made if isinstance(one, DateChange)])
    AmountChange.objects.bulk_create([one for one in made if isinstance(one, AmountChange)])
    RegisterChange.objects.bulk_create([one for one in made if isinstance(one, RegisterChange)])
    note_each(
        [
            Deed("project.changed", (row.project, *kept))
            for row, kept in zip(rows, beside, strict=True)
        ],
        by=by,
        at=at,
    )
    return [row.project for row in rows]


def _change(row: Changed, stood: Project, *, by: User, at: datetime) -> list[Kept]:
    """Write one project if it stands where it was read; the changes to be kept beside it."""
    project, tidy = row.project, row.words.checked(row.year or YearWords())
    then = Project(pk=project.pk, campaign_id=project.campaign_id, **tidy)
    dates = date_changes(then, stood, row.reason, by=by, at=at)
    sums = amount_changes(then, stood, row.reason, by=by, at=at)
    rest = list(register_changes(tidy, stood, row.reason, by=by, at=at))
    moved = any(one.old is not None for one in dates) or any(one.old is not None for one in sums)
    if row.version == stood.version:
        rules.check_says_why(moved=moved, reason=row.reason)
    still = Project.objects.filter(pk=project.pk, version=row.version)
    try:
        with transaction.atomic():
            changed = still.update(**tidy, version=row.version + 1)
    except IntegrityError as twice:
        raise _known(tidy["code"]) from twice
    project.refresh_from_db()
    if not changed:
        raise Conflict(
            "project.changed",
            _("这个项目刚被别人改过，你的改动没有保存。两边的内容列在下面。"),
            **_both(ProjectWords(**tidy), ProjectWords.of(project)),
        )
    return [*dates, *sums, *rest]


def _years(rows: Sequence[Changed], *, by: User, at: datetime) -> dict[int, tuple[Kept, ...]]:
    """What the year's plan says anew, by project: the plan of the campaign it was registered in,
    or of the last it was carried into. A query, and one a plan that changes."""
    said = {row.project.pk: row.year for row in rows if row.year is not None}
    why = {row.project.pk: row.reason for row in rows}
    stand = {
        year.project_id: year
        for year in ProjectYear.objects.filter(project__in=said).order_by("campaign__year", "pk")
    }
    written: dict[int, tuple[Kept, ...]] = {}
    for key, words in said.items():
        year = stand.get(key)
        if year is None or words == YearWords(**_kept_of(year)):
            continue
        changes = [
            register_change(ProjectYear, key, name, (stood, value), why[key], by=by, at=at)
            for name, value in asdict(words).items()
            if value != (stood := getattr(year, name))
        ]
        for name, value in asdict(words).items():
            setattr(year, name, value)
        year.version += 1
        year.save(update_fields=[*asdict(words), "version"])
        written[key] = (year, *changes)
    return written


def _kept_of(year: ProjectYear) -> dict[str, Any]:
    return {field.name: getattr(year, field.name) for field in fields(YearWords)}


def _check_codes_are_new(campaign: Campaign, projects: Sequence[Project]) -> None:
    """No live project bears the same code and phase, in the campaign or in the same batch."""
    coded = [(project.code, project.phase) for project in projects if project.code]
    gone = (Standing.MERGED, Standing.SPLIT)
    there = set(
        Project.objects.filter(campaign=campaign, code__in={code for code, _phase in coded})
        .exclude(standing__in=gone)
        .values_list("code", "phase")
    )
    for pair in coded:
        if pair in there:
            raise _known(pair[0])
        there.add(pair)


def _deeds(projects: Sequence[Project], beside: Sequence[Kept]) -> list[Deed]:
    """An entry a project, with the rows that were written beside it."""
    of: dict[int, list[Kept]] = {project.pk: [project] for project in projects}
    for row in beside:
        of[row.project_id].append(row)  # type: ignore[attr-defined]
    return [Deed("project.registered", tuple(of[project.pk])) for project in projects]


def _known(code: str) -> Refused:
    return Refused(
        "project.known",
        _("项目代码 %(code)s 已经登记过了，请在清单里按代码查找。分期的项目请填期次。")
        % {"code": code},
    )


def _both(mine: ProjectWords, theirs: ProjectWords) -> dict[str, dict[str, str]]:
    """What differs between the two, by the label of the column."""
    names = [
        f.name for f in fields(ProjectWords) if getattr(mine, f.name) != getattr(theirs, f.name)
    ]
    return {
        side: {
            field_label(name): read_value(Project, name, getattr(words, name)) or _("未填")
            for name in names
        }
        for side, words in (("mine", mine), ("theirs", theirs))
    }
