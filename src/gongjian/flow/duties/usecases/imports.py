"""Ledgers of projects with who answers: lead and responsible units, and the sponsor.

The room of projects reads, weighs and writes a ledger; this one takes the cells of duties.
Interfaces call these, so that a ledger is always taken whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty, Sponsorship
from gongjian.flow.duties.queries import (
    Allotment,
    Names,
    allotment_of,
    answering_names,
    issued_list,
    list_in_the_making,
    posts_by_uid,
    standing_answers,
    units_by_code,
)
from gongjian.flow.duties.usecases.assignment import Assigned, assign_many, take_back_duties
from gongjian.flow.duties.usecases.leaders import Naming, name_leaders, take_back_leaders
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import usecases as projects
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.usecases import (
    FACTS,
    Pairs,
    UndonePairs,
    Weighed,
    all_or_each,
    drop_cell,
)
from gongjian.foundation.orgs.models import Post, Unit, User
from gongjian.foundation.records.models import ImportRow, ImportRun, Kept
from gongjian.foundation.records.queries.ledgers import LedgerReading
from gongjian.foundation.records.usecases import Said
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

LEAD, RESPONSIBLE, SPONSOR = "lead_unit", "responsible_units", "sponsor"
DUTIES = (LEAD, RESPONSIBLE)
SKIP = "skip"
LONGEST = rules.LONGEST_BASIS


class AnswersJudge:
    """Weighs who answers, as a ledger names them, against who does."""

    def __init__(self, campaign: Campaign, said: Mapping[str, str], *, at: datetime) -> None:
        self._names: Names = answering_names(on=local_day(at))
        self._duties, self._leaders = standing_answers(campaign)
        self._said = said
        self._asked: dict[str, _Asked] = {}
        self._closed, self._listed = _state_of(campaign)
        self._of: dict[int, _Answers] = {}
        self._skipped: set[str] = set()  # columns of the row in hand

    def weigh(self, weighed: Weighed) -> None:
        answers = self._answers(weighed)
        self._skipped.clear()
        self._units(weighed, answers.allotment)
        self._sponsor(weighed, answers.post)

    def _answers(self, weighed: Weighed) -> "_Answers":
        known = weighed.known
        if known is None:
            return _Answers()
        if id(known) not in self._of:
            leader = self._leaders.get(known.pk)
            now = allotment_of(self._duties.get(known.pk, ()))
            self._of[id(known)] = _Answers(now, leader.post if leader else None)
        return self._of[id(known)]

    def _units(self, weighed: Weighed, now: Allotment) -> None:
        lead = self._lead(weighed) or now.lead
        others = self._responsible(weighed)
        wanted = now.responsible if others is None else others
        wanted = tuple(one for one in wanted if lead is None or one.pk != lead.pk)
        standing = {one.pk for one in now.responsible} - {lead.pk if lead else 0}
        said = {
            LEAD: lead is not None and (now.lead is None or now.lead.pk != lead.pk),
            RESPONSIBLE: others is not None and {one.pk for one in wanted} != standing,
        }
        shown = {LEAD: (_shown(now.lead), _shown(lead)),
                 RESPONSIBLE: (_shown(*now.responsible), _shown(*wanted))}  # fmt: skip
        for column, differs in said.items():
            if differs and (why := self._closed or ("" if lead else _no_lead())):
                drop_cell(weighed, column, why)
            elif differs:
                weighed.old[column], weighed.new[column] = shown[column]
                weighed.meant["allotment"] = replace(now, lead=lead, responsible=wanted)

    def _lead(self, weighed: Weighed) -> Unit | None:
        said = str(weighed.entry.record.get(LEAD) or "").strip()
        if not said:
            return None
        found = self._unit(weighed, LEAD, said)
        if found is None and not self._waits(weighed, LEAD):
            several = len(self._names.apart(said)) > 1
            why = (
                _("“%(said)s”不止一个单位，牵头单位只能有一个。")
                if several
                else _("没有叫“%(said)s”的单位。用单位名称或简称。")
            )
            drop_cell(weighed, LEAD, why % {"said": said[:40]})
        return found

    def _responsible(self, weighed: Weighed) -> tuple[Unit, ...] | None:
        """The units that are named; None where the cell is empty or is not taken."""
        said = weighed.entry.record.get(RESPONSIBLE) or []
        names = list(said) if isinstance(said, list) else self._names.apart(str(said).strip())
        found = [self._unit(weighed, RESPONSIBLE, name) for name in names]
        if self._waits(weighed, RESPONSIBLE) or not names:
            return None
        unknown = [name for name, unit in zip(names, found, strict=True) if unit is None]
        if unknown:
            words = {"said": _("、").join(unknown)[:80]}
            why = _("没有叫“%(said)s”的单位。用单位名称或简称。") % words
            drop_cell(weighed, RESPONSIBLE, why)
            return None
        return tuple({unit.pk: unit for unit in found if unit is not None}.values())

    def _unit(self, weighed: Weighed, column: str, said: str) -> Unit | None:
        """The one unit that bears a name; several are asked about, once for the file."""
        found = self._names.units(said)
        if len(found) < 2:
            return found[0] if found else None
        choices = {str(unit.uid): (unit, unit.name) for unit in found}
        unit: Unit | None = self._which(weighed, column, said, choices)
        return unit

    def _sponsor(self, weighed: Weighed, now: Post | None) -> None:
        said = str(weighed.entry.record.get(SPONSOR) or "").strip()
        standing = self._names.called(now) if now is not None else ""
        if not said or said == standing:
            return
        found = self._names.posts(said)
        post = found[0] if len(found) == 1 else None
        if len(found) > 1:
            choices = {
                str(one.uid): (one, f"{one.unit.short_name} {one.name} {self._names.called(one)}")
                for one in found
            }
            post = self._which(weighed, SPONSOR, said, choices)
        if self._waits(weighed, SPONSOR):
            return
        if post is None:
            why = _("没有叫“%(said)s”的县级领导。写姓名或岗位。") % {"said": said[:40]}
            drop_cell(weighed, SPONSOR, why)
        elif now is None or now.pk != post.pk:
            weighed.old[SPONSOR], weighed.new[SPONSOR] = standing, self._names.called(post)
            weighed.meant["post"] = post

    def _which(
        self, weighed: Weighed, column: str, said: str, among: Mapping[str, tuple[Any, str]]
    ) -> Any:
        """What was answered of a name that several bear; until it is, the cell waits."""
        key = f"{column}!{said}"
        answer = self._said.get(key, "")
        meant = [one for uid, one in among.items() if answer and answer in (uid, *one)]
        if len(meant) == 1:
            return meant[0][0]
        if answer == SKIP:
            drop_cell(weighed, column, _("答了“不导入”。"))
            self._skipped.add(column)
            return None
        asked = self._asked.setdefault(key, _Asked(column, said, among))
        asked.rows += 1
        weighed.doubts.append(column)
        return None

    def _waits(self, weighed: Weighed, column: str) -> bool:
        return column in weighed.doubts or column in self._skipped

    def keep(self, weighed: Weighed) -> None:
        known = weighed.known
        if known is None or not weighed.meant:
            return
        now = self._answers(weighed)
        self._of[id(known)] = _Answers(
            weighed.meant.get("allotment", now.allotment), weighed.meant.get("post", now.post)
        )

    def write(self, rows: Pairs, why: str, *, by: User, at: datetime) -> None:
        basis = why[:LONGEST] if self._listed else ""
        units = [pair for pair in rows if set(pair[0].new) & set(DUTIES)]
        leaders = [pair for pair in rows if SPONSOR in pair[0].new]

        def assign(some: Pairs) -> None:
            told = [
                Assigned(project, weighed.meant["allotment"], basis) for weighed, project in some
            ]
            for (weighed, project), duties in zip(
                some, assign_many(told, by=by, at=at), strict=True
            ):
                before = allotment_of(self._duties.get(project.pk, ()))
                weighed.made["duties"] = {
                    "now": [str(one.uid) for one in duties],
                    "before": _codes(before),
                }

        def name(some: Pairs) -> None:
            told = [Naming(project, weighed.meant["post"], why[:LONGEST])
                    for weighed, project in some]  # fmt: skip
            for (weighed, project), named in zip(
                some, name_leaders(told, by=by, at=at), strict=True
            ):
                before = self._leaders.get(project.pk)
                weighed.made[SPONSOR] = {
                    "now": str(named.uid),
                    "before": str(before.post.uid) if before else "",
                }

        all_or_each(units, assign, _refuse_units)
        all_or_each(leaders, name, _refuse_sponsor)

    def asked(self) -> list[dict[str, Any]]:
        return [
            {
                "key": key,
                "column": one.column,
                "said": one.said,
                "rows": one.rows,
                "choices": [[uid, label] for uid, (_what, label) in one.among.items()],
            }
            for key, one in self._asked.items()
        ]


class AnswersBeside:
    """Who answers for a project and who sponsors it, as this room keeps it."""

    def judge(self, campaign: Campaign, said: Mapping[str, str], *, at: datetime) -> AnswersJudge:
        return AnswersJudge(campaign, said, at=at)

    def made(self, rows: Iterable[ImportRow]) -> dict[type[Kept], set[int]]:
        written = _written(rows)
        duties = {one.pk for of, _leader in written.values() for one in of}
        leaders = {leader.pk for _duties, leader in written.values() if leader is not None}
        return {Duty: duties, Sponsorship: leaders}

    def why_left(self, rows: UndonePairs) -> dict[int, str]:
        written = _written(row for row, _project in rows)
        left = {}
        for row, _project in rows:
            duties, leader = written[row.pk]
            stand = {str(one.uid) for one in duties if one.valid_to is None}
            if stand != set(row.made.get("duties", {}).get("now", ())):
                left[row.pk] = _("责任在导入以后又改过，留着没动。")
            elif SPONSOR in row.made and (leader is None or leader.valid_to is not None):
                left[row.pk] = _("包靠领导在导入以后又换过，留着没动。")
        return left

    def take_back(self, rows: UndonePairs, why: str, *, by: User, at: datetime) -> None:
        """Who answered before answers again; where nobody did, nobody does."""
        written = _written(row for row, _project in rows)
        units, posts = units_by_code(), posts_by_uid()
        basis = why[:LONGEST]
        gone: list[Duty] = []
        freed: list[Sponsorship] = []
        again: list[Assigned] = []
        named: list[Naming] = []
        for row, project in rows:
            duties, leader = written[row.pk]
            before = row.made.get("duties", {}).get("before")
            if before is not None and before["lead"] in units:
                again.append(Assigned(project, _allotment(before, units), basis))
            else:
                gone += duties
            if leader is not None:
                post = posts.get(row.made[SPONSOR]["before"])
                if post is None:
                    freed.append(leader)
                else:
                    named.append(Naming(project, post, basis))
        assign_many(again, by=by, at=at)
        name_leaders(named, by=by, at=at)
        take_back_duties(gone, by=by, at=at)
        take_back_leaders(freed, by=by, at=at)


ANSWERS = AnswersBeside()
WHOLE = (FACTS, ANSWERS)


def bring_project_ledger(
    campaign: Campaign,
    name: str,
    content: bytes,
    *,
    by: User,
    at: datetime,
    said: Said | None = None,
    soon: bool = False,
) -> ImportRun:
    """Keep a ledger and read it, who answers with it. Refused as by the room of projects."""
    return projects.bring_project_ledger(
        campaign, name, content, by=by, at=at, said=said, soon=soon, beside=WHOLE
    )


def read_project_import(key: str, *, at: datetime) -> ImportRun:
    """Read a file and weigh it against the register and against who answers."""
    return projects.read_project_import(key, at=at, beside=WHOLE)


def answer_project_import(
    run: ImportRun, said: Said, *, version: int, by: User, at: datetime
) -> ImportRun:
    """Say what columns, values, rows and names mean; the file is read anew."""
    return projects.answer_project_import(run, said, version=version, by=by, at=at, beside=WHOLE)


def import_projects(key: str, *, at: datetime) -> ImportRun:
    """Write a ledger into the register, and who answers into the duties."""
    return projects.import_projects(key, at=at, beside=WHOLE)


def undo_project_import(key: str, *, at: datetime) -> ImportRun:
    """Take back what a run wrote, of projects and of who answers for them."""
    return projects.undo_project_import(key, at=at, beside=WHOLE)


def weigh_ledger(
    reading: LedgerReading,
    campaign: Campaign,
    *,
    by: User | None,
    at: datetime,
    said: Mapping[str, str] | None = None,
) -> tuple[Iterator[Weighed], Any]:
    """Say what would become of each row of a ledger; nothing is written."""
    return projects.weigh_ledger(reading, campaign, by=by, at=at, said=said, beside=WHOLE)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Who answers for a project now, or as the rows above leave it."""

    allotment: Allotment = field(default_factory=lambda: Allotment(None))
    post: Post | None = None


@dataclass(slots=True)
class _Asked:
    """A name that several bear: what it could mean."""

    column: str
    said: str
    among: Mapping[str, tuple[Any, str]]
    rows: int = 0


def _state_of(campaign: Campaign) -> tuple[str, bool]:
    """Why duties cannot be said now, "" where they can; whether a list is issued already."""
    issued = issued_list(campaign) is not None
    try:
        rules.check_list_is_open(list_in_the_making(campaign))
    except Refused as no:
        return no.sentence, issued
    return "", issued


def _no_lead() -> str:
    return _("还没有牵头单位，先要有牵头单位。")


def _shown(*units: Unit | None) -> str:
    return _("、").join(unit.short_name for unit in units if unit is not None)


def _codes(allotment: Allotment) -> dict[str, Any]:
    """An allotment as the trail keeps it."""
    return {
        "lead": allotment.lead.code if allotment.lead else "",
        "responsible": [unit.code for unit in allotment.responsible],
        "supporting": [unit.code for unit in allotment.supporting],
    }


def _allotment(kept: Mapping[str, Any], units: Mapping[str, Unit]) -> Allotment:
    responsible, supporting = (
        tuple(units[code] for code in kept[role] if code in units)
        for role in ("responsible", "supporting")
    )
    return Allotment(units[kept["lead"]], responsible=responsible, supporting=supporting)


def _written(rows: Iterable[ImportRow]) -> dict[int, tuple[list[Duty], Sponsorship | None]]:
    """By key of the row, the duties and the sponsor it made that are there. Two queries."""
    told = list(rows)
    of_duty = {uid: row.pk for row in told for uid in row.made.get("duties", {}).get("now", ())}
    of_leader = {row.made[SPONSOR]["now"]: row.pk for row in told if SPONSOR in row.made}
    duties: dict[int, list[Duty]] = {}
    for duty in Duty.objects.filter(uid__in=list(of_duty)):
        duties.setdefault(of_duty[str(duty.uid)], []).append(duty)
    leaders = {
        of_leader[str(one.uid)]: one for one in Sponsorship.objects.filter(uid__in=list(of_leader))
    }
    return {row.pk: (duties.get(row.pk, []), leaders.get(row.pk)) for row in told}


def _refuse_units(pair: tuple[Weighed, Project], no: Refused) -> None:
    for column in DUTIES:
        if column in pair[0].new:
            drop_cell(pair[0], column, no.sentence)


def _refuse_sponsor(pair: tuple[Weighed, Project], no: Refused) -> None:
    drop_cell(pair[0], SPONSOR, no.sentence)
