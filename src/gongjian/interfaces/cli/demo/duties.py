"""The demo's 责任清单: put to the units, objected to once, decided, signed, issued; and who leads.

Projects, sponsors, teams and the handover are invented (示例).
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongjian.flow.duties.models import Opinion
from gongjian.flow.duties.queries import (
    consultation,
    list_by_uid,
    list_in_the_making,
    standing_opinions,
    state_of,
    subject_by_uid,
)
from gongjian.flow.duties.usecases import (
    Allotment,
    ForceWords,
    approve_list,
    assign_units,
    claim_lines,
    decide_silences,
    draft_list,
    hand_over_post,
    issue_list,
    make_force,
    name_leader,
    object_line,
    send_list,
    settle_list,
)
from gongjian.flow.plan.queries import plan_actions
from gongjian.flow.progress.usecases import decide_opinion
from gongjian.flow.projects.queries import ProjectFilter, project_by_uid, project_rows
from gongjian.flow.projects.usecases import ProjectWords, YearWords, register_project
from gongjian.foundation.orgs.models import Post, Unit, User
from gongjian.foundation.orgs.usecases import open_post, register_person
from gongjian.interfaces.cli.demo.county import County
from gongjian.interfaces.cli.demo.data import table
from gongjian.interfaces.cli.demo.months import Event
from gongjian.interfaces.cli.demo.register import FILLER, amount_of, last_day
from gongjian.interfaces.cli.demo.year import Year
from gongjian.lib.days import LOCAL

Row = dict[str, Any]


def duty_events(county: County, year: Year) -> Iterator[Event]:
    """The list from its draft to its 文号, then projects, sponsors, teams and a handover."""
    listed = _Listed(county, year, table("duties"))
    yield from (
        Event(_at(3, 20, 16), 1, listed.send),
        Event(_at(3, 23, 9), 1, listed.object),
        Event(_at(3, 23, 15), 1, listed.claim),
        Event(_at(3, 24, 10), 1, listed.enter_letters),
        Event(_at(3, 26, 8), 1, listed.decide),
        Event(_at(3, 26, 14), 1, listed.sign),
        Event(_at(3, 27, 9), 1, listed.issue),
        Event(_at(4, 7, 9), 1, listed.register_projects),
        Event(_at(4, 8, 9), 1, listed.set_up_teams),
        Event(_at(6, 22, 9), 1, listed.hand_over),
    )


def _at(month: int, day: int, hour: int) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=LOCAL)


class _Listed:
    """Does what the file of duties says, step by step."""

    def __init__(self, county: County, year: Year, told: Row) -> None:
        self.county, self.year, self.told = county, year, told
        self.office = county.users["office"]

    def send(self, at: datetime) -> None:
        draft = draft_list(self.year.campaign, by=self.office, at=at)
        send_list(draft, version=draft.version, by=self.office, at=at)

    def object(self, at: datetime) -> None:
        """One unit says that another should lead, and that one takes it on."""
        row = self.told["objection"]
        opinion = self._asked(row["unit"], row["task"])
        better = self.county.units[row["better"]]
        object_line(opinion, better, row["reason"], by=self._head(row["unit"]), at=at)
        asked = opinion.asks.get()
        claim_lines([asked], by=self._head(row["better"]), at=at)

    def claim(self, at: datetime) -> None:
        """Every unit with an account takes on what is left, but one that stays silent."""
        silent = self.told["silent"]["unit"]
        for unit, opinions in self._open(at):
            if unit.code != silent and self._has_head(unit.code):
                claim_lines(opinions, by=self._head(unit.code), at=at)

    def enter_letters(self, at: datetime) -> None:
        """Units without an account answered by letter; the office enters them."""
        silent = self.told["silent"]["unit"]
        for unit, opinions in self._open(at):
            if unit.code != silent:
                paper = f"{unit.short_name}复函（示例）"
                claim_lines(opinions, paper=paper, by=self.office, at=at)

    def decide(self, at: datetime) -> None:
        making, row = self._making(), self.told["objection"]
        objection = next(
            one for one in standing_opinions(making) if one.answer == Opinion.Answer.OBJECTED
        )
        decide_opinion(
            objection,
            Opinion.Outcome.MOVED,
            row["decision"],
            stays="responsible",
            version=objection.version,
            by=self.office,
            at=at,
        )
        silent = [one for one in standing_opinions(making) if state_of(one, at=at) == "silent"]
        undecided = [one for one in silent if not one.outcome]
        decide_silences(undecided, self.told["silent"]["decision"], by=self.office, at=at)
        settle_list(making, version=making.version, by=self.office, at=at)

    def sign(self, at: datetime) -> None:
        making = self._making()
        approve_list(making, version=making.version, by=self.county.users["principal"], at=at)

    def issue(self, at: datetime) -> None:
        making, number = self._making(), self.told["issue"]["doc_no"]
        issue_list(making, number, day=at.date(), version=making.version, by=self.office, at=at)

    def register_projects(self, at: datetime) -> None:
        actions = plan_actions(self.year.campaign, on=at.date())
        names = {action.seq: action for action in actions}
        for row in self.told["project"]:
            action = names[row["action"]]
            words = ProjectWords(
                name=row["name"],
                code=row.get("code", ""),
                township=self.county.units[row["township"]],
                action=subject_by_uid("action", action.uid, reader=self.office),  # type: ignore[arg-type]
                total_investment=Decimal(row["total"]) * 10_000,
                filler=self.county.units[FILLER],
                track=row.get("track", "enterprise"),
                category=row["category"],
                nature=row["nature"],
                industry=row["industry"],
                owner=row["owner"],
                uscc=row["uscc"],
                investor=row.get("investor", ""),
                scope=row["scope"],
                contract_funds=amount_of(row.get("contract", "")),
                planned_start=last_day(row["planned_start"]),
                planned_start_precision="month",
                planned_finish=last_day(row["planned_finish"]),
                planned_finish_precision="month",
                land_secured_on=date.fromisoformat(row["land"]) if "land" in row else None,
            )
            planned = (amount_of(row.get(name, "")) for name in ("year_plan", "done_before"))
            year = YearWords(row["plan_class"], *planned)
            project = register_project(self.year.campaign, words, year=year, by=self.office, at=at)
            if "lead" in row:
                allotment = Allotment(
                    lead=self.county.units[row["lead"]],
                    supporting=(self.county.units[row["township"]],),
                )
                basis = self.told["issue"]["projects"]
                assign_units(project, allotment, basis=basis, by=self.office, at=at)
            if "sponsor" in row:
                post = self.county.posts[row["sponsor"]]
                basis = self.told["issue"]["projects"]
                name_leader(project, post, basis=basis, by=self.office, at=at)

    def set_up_teams(self, at: datetime) -> None:
        posts, units = self.county.posts, self.county.units
        found = project_rows(self.year.campaign, ProjectFilter())
        projects = {row.name: row.uid for row in found}
        for row in self.told["force"]:
            project = project_by_uid(projects[row["project"]], reader=self.office)
            words = ForceWords(
                name=row["name"],
                basis=self.told["issue"]["projects"],
                heads=[posts[row["head"]]],
                deputies=[posts[name] for name in row.get("deputies", [])],
                units=[units[code] for code in row["units"]],
                liaisons=[posts[name] for name in row.get("liaisons", [])],
                officers=[self._officer(officer, at) for officer in row.get("officers", [])],
            )
            make_force(project, words, by=self.office, at=at)

    def hand_over(self, at: datetime) -> None:
        """A head of a unit moves on; the list of what is open waits for both to sign."""
        row = self.told["handover"]
        person = register_person(row["name"], mobile=row["mobile"], by=None, at=at)
        hand_over_post(
            self.county.posts[row["post"]],
            to=person,
            from_day=at.date(),
            basis=row["basis"],
            by=self.office,
            at=at,
        )

    def _officer(self, row: Row, at: datetime) -> Post:
        begin = date(at.year, 1, 1)
        unit = self.county.units[row["unit"]]
        post = open_post(unit, row["post"], kind=Post.Kind.OFFICER, from_day=begin, by=None, at=at)
        person = register_person(row["name"], mobile=row["mobile"], by=None, at=at)
        hand_over_post(post, to=person, from_day=begin, by=None, at=at)
        return post

    def _making(self) -> Any:
        making = list_in_the_making(self.year.campaign)
        if making is None:
            raise LookupError("no list is in the making")
        return list_by_uid(making.uid, reader=self.office)

    def _asked(self, unit: str, task: str) -> Opinion:
        return next(
            one
            for one in standing_opinions(self._making())
            if one.unit.code == unit
            and one.role == "lead"
            and one.line.task is not None
            and task in one.line.task.title
        )

    def _open(self, at: datetime) -> list[tuple[Unit, list[Opinion]]]:
        """What units still have to answer, in the order of the consultation."""
        asked: dict[str, list[Opinion]] = {}
        for one in standing_opinions(self._making()):
            if state_of(one, at=at) == "open":
                asked.setdefault(one.unit.code, []).append(one)
        order = [told.code for told in consultation(self._making(), at=at).units]
        return [(asked[code][0].unit, asked[code]) for code in order if code in asked]

    def _head(self, unit: str) -> User:
        return self.county.users.get(f"{unit}.check") or self.county.users[unit]

    def _has_head(self, unit: str) -> bool:
        return f"{unit}.check" in self.county.users or unit in self.county.users
