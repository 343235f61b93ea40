"""数据体检: the doubts one reader is concerned with, open or answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import DoubtAnswer, InvestmentMonth, Project
from gongjian.flow.projects.queries.doubts import ProjectDoubt, doubt_kinds, project_doubts
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import LEADERS, OFFICE, SEE_BUSINESS, allows

LONGEST = 300  # characters of a sentence that are kept with its answer


@dataclass(frozen=True, slots=True)
class AskedBack:
    """One doubt, whom it is asked of, and the answer where there is one."""

    project_uid: UUID
    project: str
    township: str
    unit: str
    unit_pk: int | None
    code: str
    label: str
    month: str
    sentence: str
    answer: str
    answered_by: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class DoubtFilter:
    """Which doubts are meant; `answered` says which side of the page."""

    kind: str = ""
    township: str = ""
    unit: str = ""
    words: str = ""
    answered: bool = False

    @property
    def any(self) -> bool:
        return bool(self.kind or self.township or self.unit or self.words)


def doubts_asked(
    campaign: Campaign, *, reader: User, as_of: date, known_at: datetime
) -> list[AskedBack]:
    """Every doubt about the projects a reader answers for; the office and leaders see all.

    Ten queries, however many.
    """
    if not allows(SEE_BUSINESS, reader):
        return []
    found = project_doubts(campaign, as_of=as_of, known_at=known_at)
    keys = {doubt.project for doubt in found}
    projects = Project.objects.select_related("township", "filler").in_bulk(keys)
    answers = {
        (row.project_id, row.code, row.month, row.sentence): row
        for row in DoubtAnswer.objects.filter(project__in=keys).select_related("by")
    }
    rows = [_row(doubt, projects[doubt.project], answers) for doubt in found]
    if not (OFFICE | LEADERS).isdisjoint(reader.roles):
        return rows
    return [row for row in rows if row.unit_pk is not None and row.unit_pk == reader.unit_id]


def narrowed_doubts(rows: Iterable[AskedBack], wanted: DoubtFilter) -> list[AskedBack]:
    """Those a filter means."""
    return [
        row
        for row in rows
        if bool(row.answer) == wanted.answered
        and wanted.kind in ("", row.code)
        and wanted.township in ("", row.township)
        and wanted.unit in ("", row.unit)
        and wanted.words in row.project
    ]


def doubt_counts(rows: Iterable[AskedBack]) -> list[tuple[str, str, int]]:
    """(code, label, how many are open), in the order of the page, those there are."""
    counts = Counter(row.code for row in rows if not row.answer)
    return [(code, label, counts[code]) for code, label in doubt_kinds().items() if counts[code]]


def months_spoken_of(rows: Iterable[AskedBack]) -> dict[tuple[UUID, str], UUID]:
    """{(project, month): the accepted row of money a doubt speaks of}. One query."""
    asked = [(row.project_uid, row.month) for row in rows if row.month]
    found = InvestmentMonth.objects.filter(
        project__uid__in=[project for project, _month in asked],
        month__in={month for _project, month in asked},
        corrects__isnull=True,
    )
    return {
        (project, month): uid
        for project, month, uid in found.values_list("project__uid", "month", "uid")
    }


def _row(
    doubt: ProjectDoubt,
    project: Project,
    answers: dict[tuple[int, str, str, str], DoubtAnswer],
) -> AskedBack:
    unit = project.filler or project.township
    answer = answers.get((doubt.project, doubt.code, doubt.month, doubt.sentence[:LONGEST]))
    return AskedBack(
        project_uid=project.uid,
        project=project.name,
        township=project.township.short_name if project.township else "",
        unit=unit.short_name if unit else "",
        unit_pk=unit.pk if unit else None,
        code=doubt.code,
        label=doubt_kinds().get(doubt.code, doubt.code),
        month=doubt.month,
        sentence=doubt.sentence,
        answer=answer.reason if answer else "",
        answered_by=answer.by.display_name if answer and answer.by else "",
        answered_on=answer.day if answer else None,
    )
