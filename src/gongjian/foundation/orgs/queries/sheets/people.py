"""A sheet of people and their posts beside those there are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Person, Post, PostHolding, Unit, User
from gongjian.foundation.orgs.queries.people import masked
from gongjian.foundation.orgs.queries.sheets.plan import (
    Cells,
    RowState,
    SheetPlan,
    SheetRow,
    day_in,
    trouble_of,
)
from gongjian.foundation.orgs.queries.sheets.reading import sheet_rows

HEADS = {
    "姓名": "name",  # not shown
    "手机": "mobile",  # not shown
    "办公电话": "office_phone",  # not shown
    "单位": "unit",  # not shown
    "岗位": "post",  # not shown
    "岗位类别": "kind",  # not shown
    "任职日期": "since",  # not shown
    "账号": "account",  # not shown
    "代管": "acting",  # not shown
}
NEEDED = ("name", "unit", "post")
LONGEST = {"name": 40, "post": 60, "office_phone": 30, "account": 40}
MOBILE = re.compile(r"1[0-9]{10}")
OFFICE_PHONE = re.compile(r"[0-9()（） -]{3,30}")
YES, NO = ("是", "代管", "Y", "1"), ("", "否", "N", "0")  # not shown


@dataclass(slots=True)
class Holder:
    """What a row of the sheet is about, looked up."""

    unit: Unit
    person: Person | None
    post: Post | None
    holding: PostHolding | None


@dataclass(frozen=True, slots=True)
class PersonPlan(SheetPlan):
    """What a sheet of people would change; what each row that is not refused is about, by line."""

    about: Mapping[int, Holder]
    accounts: Mapping[str, User]


def people_plan(name: str, content: bytes, *, today: date, only: Unit | None = None) -> PersonPlan:
    """people_plan_of the rows of a sheet with our own heads. Refused: sheet.* for all of it."""
    lines = sheet_rows(name, content, heads=HEADS, needed=NEEDED)
    return people_plan_of(lines, today=today, only=only)


def people_plan_of(
    lines: Sequence[tuple[int, Cells]], *, today: date, only: Unit | None = None
) -> PersonPlan:
    """Compare a sheet with the people there are; `only` refuses rows of other units.

    Nothing is written. Five queries, however many rows.
    Missing: an empty number, kind or account leaves what is there; an empty day is today.
    Errors: a row is refused in words of its own.
    """
    rows = [SheetRow(line, cells["name"] or "—", cells) for line, cells in lines]
    there = _There(today, only)
    for row in rows:
        there.compare(row)
    return PersonPlan(rows, there.about, there.accounts)


class _There:
    """Everybody there is, by all a row may name them with."""

    def __init__(self, today: date, only: Unit | None) -> None:
        self.today, self.only = today, only
        self.labels = {column: head for head, column in HEADS.items()}
        self.units: dict[str, Unit] = {}
        for unit in Unit.objects.filter(valid_to__isnull=True):
            for key in (unit.code, unit.name, unit.short_name, *unit.aliases):
                self.units.setdefault(key, unit)
        self.accounts = {user.username: user for user in User.objects.filter(is_active=True)}
        self.posts = {(p.unit_id, p.name): p for p in Post.objects.filter(valid_to__isnull=True)}
        held = PostHolding.objects.filter(valid_to__isnull=True).select_related("person", "post")
        self.holdings = {one.post_id: one for one in held}
        people = list(Person.objects.select_related("account"))
        self.by_account = {p.account.username: p for p in people if p.account}
        self.by_mobile = {p.mobile: p for p in people if p.mobile}
        self.by_place = {(one.person.name, one.post.unit_id): one.person for one in held}
        self.about: dict[int, Holder] = {}
        self.seen: dict[tuple[int, str], int] = {}
        self.mobiles: dict[str, SheetRow] = {}

    def compare(self, row: SheetRow) -> None:
        trouble = self._trouble(row)
        if trouble:
            return row.refuse(trouble)
        unit = self.units[row.cells["unit"]]
        earlier = self.seen.setdefault((unit.pk, row.cells["post"]), row.line)
        if earlier != row.line:
            words = {"unit": unit, "post": row.cells["post"], "line": earlier}
            return row.refuse(
                _("%(unit)s的岗位“%(post)s”和第 %(line)s 行重复，一个岗位一个人。") % words
            )
        post = self.posts.get((unit.pk, row.cells["post"]))
        holding = self.holdings.get(post.pk) if post else None
        about = Holder(unit, self._person(row, unit), post, holding)
        self._differences(row, about)
        if row.state != RowState.REFUSED:
            self.about[row.line] = about
        return None

    def _trouble(self, row: SheetRow) -> str:
        cells = row.cells
        for column in NEEDED:
            if not cells[column]:
                return _("没有填%(column)s。") % {"column": self.labels[column]}
        for column, text in cells.items():
            trouble = trouble_of(self.labels[column], text, longest=LONGEST.get(column, 60))
            if trouble:
                return trouble
        unit = self.units.get(cells["unit"])
        if unit is None:
            return _("没有登记单位“%(unit)s”。") % {"unit": cells["unit"]}
        if self.only is not None and unit.pk != self.only.pk:
            return _("%(unit)s不是你的单位，由它自己或攻坚办登记。") % {"unit": unit}
        return self._malformed(cells)

    def _malformed(self, cells: dict[str, str]) -> str:
        if cells["mobile"] and not MOBILE.fullmatch(cells["mobile"]):
            return _("手机号要写成 11 位数字。")
        if cells["office_phone"] and not OFFICE_PHONE.fullmatch(cells["office_phone"]):
            return _("办公电话只写数字和横线。")
        if cells["kind"] and post_kind_named(cells["kind"]) is None:
            kinds = _("、").join(str(kind.label) for kind in Post.Kind)
            words = {"kind": cells["kind"], "kinds": kinds}
            return _("没有“%(kind)s”这个岗位类别，可以填：%(kinds)s。") % words
        if cells["since"] and day_in(cells["since"], today=self.today) is None:
            words = {"text": cells["since"]}
            return _("任职日期“%(text)s”不是日期，写成 2020-07-02。") % words
        if cells["account"] and cells["account"] not in self.accounts:
            return _("没有账号 %(name)s，或它已停用。") % {"name": cells["account"]}
        if cells["acting"] not in (*YES, *NO):
            return _("代管一列填“是”，或空着。")
        return ""

    def _person(self, row: SheetRow, unit: Unit) -> Person | None:
        """Who is meant: by account, then by number, then by name in that unit."""
        cells = row.cells
        found = self.by_account.get(cells["account"]) or self.by_mobile.get(cells["mobile"])
        return found or self.by_place.get((cells["name"], unit.pk))

    def _differences(self, row: SheetRow, about: Holder) -> None:
        cells, person, holding = row.cells, about.person, about.holding
        same_hand = self.mobiles.setdefault(cells["mobile"], row) if cells["mobile"] else row
        if same_hand.cells["name"] != cells["name"]:
            return row.refuse(
                _("手机号和第 %(line)s 行的%(name)s一样。")
                % {"line": same_hand.line, "name": same_hand.cells["name"]}
            )
        if person is None:
            row.state = RowState.NEW
        elif person.name != cells["name"]:
            return row.refuse(
                _("这个账号或手机号登记的是%(name)s。改名请到人员页办。") % {"name": person.name}
            )
        else:
            self._numbers(row, person)
        since = day_in(cells["since"], today=self.today) or self.today
        if since < about.unit.valid_from:
            return row.refuse(_("任职日期早于单位设立的日期。"))
        if holding is None:
            row.change(f"{about.unit} {cells['post']}", _("空缺"), _said(cells))
        elif person is None or holding.person_id != person.pk:
            if since <= holding.valid_from:
                return row.refuse(
                    _("%(who)s %(day)s 才任这个岗位，任职日期要在这以后。")
                    % {"who": holding.person.name, "day": holding.valid_from}
                )
            now = holding.person.name
            row.change(f"{about.unit} {cells['post']}", now, _said(cells))
        return None

    def _numbers(self, row: SheetRow, person: Person) -> None:
        cells = row.cells
        if cells["mobile"] and cells["mobile"] != person.mobile:
            row.change(_("手机"), masked(person.mobile) or "—", masked(cells["mobile"]))
            row.state = RowState.CHANGED
        if cells["office_phone"]:
            row.change(_("办公电话"), person.office_phone or "—", cells["office_phone"])
        if cells["account"]:
            row.change(
                _("账号"), person.account.username if person.account else "—", cells["account"]
            )


def _said(cells: dict[str, str]) -> str:
    """甲, or 甲（代管）."""
    if cells["acting"] in YES:
        return _("%(name)s（代管）") % {"name": cells["name"]}
    return cells["name"]


def post_kind_named(words: str) -> Post.Kind | None:
    return next((kind for kind in Post.Kind if words in (kind.value, str(kind.label))), None)
