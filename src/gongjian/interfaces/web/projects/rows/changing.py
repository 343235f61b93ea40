"""The form of an act on a list: who was chosen, by which paper, and what the act would come to."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.flow.projects.models import ListChange, Project, ProjectList
from gongjian.flow.projects.queries import projects_written
from gongjian.flow.projects.rules import investment_of
from gongjian.flow.projects.usecases import Paper, ProjectWords, YearWords
from gongjian.interfaces.request import today
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.projects.forms import day_typed
from gongjian.lib.refusals import Refused

Kind = ListChange.Kind
PARTS = 6
ONE = (Kind.RENAME, Kind.SPLIT)
PART_FIELDS = ("name", "code", "total", "plan")


@dataclass(frozen=True, slots=True)
class Part:
    """One project a split gives, as it was typed; money in 万元."""

    name: str = ""
    code: str = ""
    total: str = ""
    plan: str = ""

    @property
    def said(self) -> bool:
        return bool(self.name or self.code or self.total or self.plan)


@dataclass(frozen=True, slots=True)
class Changing:
    """The form as it was typed; `unknown` are pasted lines that name nobody."""

    act: str
    chosen: tuple[Project, ...] = ()
    unknown: tuple[str, ...] = ()
    words: str = ""
    doc_no: str = ""
    day: str = ""
    reason: str = ""
    name: str = ""
    code: str = ""
    total: str = ""
    parts: tuple[Part, ...] = field(default_factory=lambda: (Part(),) * PARTS)

    @classmethod
    def of(cls, given: QueryDict, listed: ProjectList) -> "Changing":
        """What was typed, with the projects ticked and pasted. Refused: form.broken."""
        act = act_of(given.get("act", ""))
        rows = given.getlist("row")
        lines = given.get("lines", "").splitlines()
        chosen, unknown = projects_written(listed, lines, uids=uids_named(rows))
        columns = [given.getlist(f"part-{name}") for name in PART_FIELDS]
        parts = tuple(
            Part(*(column[place].strip() if place < len(column) else "" for column in columns))
            for place in range(PARTS)
        )
        said = {
            name: given.get(name, "").strip()
            for name in ("doc_no", "day", "reason", "name", "code", "total")
        }
        words = given.get("q", "").strip()
        return cls(act, tuple(chosen), tuple(unknown), words, parts=parts, **said)

    @property
    def one(self) -> bool:
        """Whether the act is of one project."""
        return self.act in ONE

    def paper(self) -> Paper:
        """The approving document. Refused: form.no-day, plan.day."""
        day = day_typed(self.day, today().year, label=_("生效日期"))
        return Paper(self.doc_no, day, self.reason)

    def only(self) -> Project:
        """The one project the act is of. Refused: list.one."""
        if len(self.chosen) != 1:
            raise Refused("list.one", _("更名、拆分一次只办一个项目，请只选一个。"))
        return self.chosen[0]

    def split_into(self) -> list[tuple[ProjectWords, YearWords]]:
        """The parts of a split: what is not typed is as it was. Refused: project.sum."""
        before = ProjectWords.of(self.only())
        return [
            (
                replace(
                    before,
                    name=part.name,
                    code=part.code,
                    phase="",
                    seq=None,
                    total_investment=investment_of(part.total, "wan"),
                ),
                YearWords(plan_investment=investment_of(part.plan, "wan", label=_("年度计划投资"))),
            )
            for part in self.parts
            if part.said
        ]

    def bundled_as(self) -> ProjectWords:
        """What a bundle is called; without a total the sum of its parts. Refused: project.sum."""
        known = [one.total_investment for one in self.chosen if one.total_investment is not None]
        whole = investment_of(self.total, "wan")
        if whole is None and known:
            whole = sum(known, Decimal(0))
        first = ProjectWords.of(self.chosen[0]) if self.chosen else ProjectWords("")
        return ProjectWords(
            name=self.name,
            code=self.code,
            township=first.township,
            action=first.action,
            filler=first.filler,
            track=first.track,
            category=first.category,
            total_investment=whole,
            bundle=True,
        )


def act_of(typed: str) -> str:
    """The act a form asks for; 调入 where it names none."""
    return typed if typed in Kind.values else Kind.ADD.value
