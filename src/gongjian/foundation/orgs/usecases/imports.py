"""Sheets of units and people, written as they were previewed, or not at all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Person, Post, PostHolding, Region, Unit, User
from gongjian.foundation.orgs.queries import PersonPlan, UnitPlan, people_plan, unit_plan
from gongjian.foundation.orgs.queries.sheets import (
    PEOPLE,
    UNITS,
    cells_of,
    people_plan_of,
    unit_plan_of,
)
from gongjian.foundation.orgs.queries.sheets.people import YES, post_kind_named
from gongjian.foundation.orgs.queries.sheets.plan import (
    Cells,
    RowState,
    SheetPlan,
    SheetRow,
    day_in,
)
from gongjian.foundation.orgs.queries.sheets.units import aliases_in, kind_named, level_named
from gongjian.foundation.orgs.rules import (
    check_can_keep_people,
    check_can_register_units,
    kept_unit,
)
from gongjian.foundation.orgs.usecases.units import register_regions
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.queries.ledgers import Entry, Fate, Going, LedgerKind, ListKind
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

BATCH = 500


def unit_fates(entries: Sequence[Entry], *, write: bool, by: User, at: datetime) -> list[Fate]:
    """A list of units written, or tried: where each row went. Refused: units.sys-admin-only."""
    check_can_register_units(by)
    lines = _lines(UNITS, entries)
    plan: SheetPlan = (
        import_unit_rows(lines, by=by, at=at) if write else unit_plan_of(lines, today=local_day(at))
    )
    return _fates(entries, plan)


def people_fates(entries: Sequence[Entry], *, write: bool, by: User, at: datetime) -> list[Fate]:
    """A list of people written, or tried: where each row went. Refused: people.not-yours."""
    check_can_keep_people(by)
    lines = _lines(PEOPLE, entries)
    plan: SheetPlan = (
        import_people_rows(lines, by=by, at=at)
        if write
        else people_plan_of(lines, today=local_day(at), only=kept_unit(by))
    )
    return _fates(entries, plan)


def _units_going(entries: Sequence[Entry], going: Going, write: bool) -> list[Fate]:
    return unit_fates(entries, write=write, by=going.by, at=going.at)


def _people_going(entries: Sequence[Entry], going: Going, write: bool) -> list[Fate]:
    return people_fates(entries, write=write, by=going.by, at=going.at)


UNIT_LIST = ListKind(UNITS, check_can_register_units, _units_going, (Region, Unit))
PEOPLE_LIST = ListKind(PEOPLE, check_can_keep_people, _people_going, (Person, Post, PostHolding))


def _lines(kind: LedgerKind, entries: Sequence[Entry]) -> list[tuple[int, Cells]]:
    """The rows that can be taken, each by its line."""
    return [
        (line, cells_of(kind, entry))
        for line, entry in _numbered(entries).items()
        if not entry.refused
    ]


def _numbered(entries: Sequence[Entry]) -> dict[int, Entry]:
    """Rows by their line in the file; those of another sheet that bear one again come after."""
    found: dict[int, Entry] = {}
    for entry in entries:
        found[entry.row if entry.row not in found else max(found) + 1] = entry
    return found


def _fates(entries: Sequence[Entry], plan: SheetPlan) -> list[Fate]:
    said = {row.line: row for row in plan.rows}
    fates = []
    for line, entry in _numbered(entries).items():
        row = said.get(line)
        if row is None:
            fates.append(Fate.given_back(entry))
        else:
            changes = tuple((one.label, one.old, one.new) for one in row.changes)
            state = row.state.value
            fates.append(Fate(entry.sheet, entry.row, state, row.title, row.why, changes))
    return fates


@transaction.atomic
def import_units(name: str, content: bytes, *, mark: str, by: User, at: datetime) -> UnitPlan:
    """Write the rows of a sheet of units that were new or changed in the preview with this mark.

    Refused: units.sys-admin-only, sheet.*.
    """
    check_can_register_units(by)
    plan = unit_plan(name, content, today=local_day(at))
    _check_is_as_seen(plan, mark)
    return _write_units(plan, by=by, at=at)


@transaction.atomic
def import_unit_rows(lines: Sequence[tuple[int, Cells]], *, by: User, at: datetime) -> UnitPlan:
    """Write the rows of a list of units that are new or changed; the others are told in the plan.

    Refused: units.sys-admin-only.
    """
    check_can_register_units(by)
    return _write_units(unit_plan_of(lines, today=local_day(at)), by=by, at=at)


def _write_units(plan: UnitPlan, *, by: User, at: datetime) -> UnitPlan:
    today = local_day(at)
    if not _changes(plan):
        return plan
    regions = _regions(plan, by=by, at=at)
    units = dict(plan.known)
    new = [_new_unit(row, today) for row in plan.of(RowState.NEW)]
    last = Unit.objects.aggregate(last=Max("order"))["last"] or 0
    for place, (row, unit) in enumerate(zip(plan.of(RowState.NEW), new, strict=True), start=1):
        unit.order = _order(row) if row.cells["order"] else last + place * 10
        unit.region = regions.get(row.cells["region"])
    Unit.objects.bulk_create(new, batch_size=BATCH)
    units |= {unit.code: unit for unit in new}
    changed = [units[row.cells["code"]] for row in plan.of(RowState.CHANGED)]
    for row, unit in zip(plan.of(RowState.CHANGED), changed, strict=True):
        _change_unit(row, unit, regions)
    for row in (*plan.of(RowState.NEW), *plan.of(RowState.CHANGED)):
        if row.cells["parent"]:
            units[row.cells["code"]].parent = units[row.cells["parent"]]
    _put_under_parents(new)
    fields = ["parent", "kind", "level", "region", "order", "aliases", "version"]
    Unit.objects.bulk_update(changed, fields, batch_size=BATCH)
    _note("units.imported", plan, [*new, *changed], by=by, at=at)
    return plan


@transaction.atomic
def import_people(name: str, content: bytes, *, mark: str, by: User, at: datetime) -> PersonPlan:
    """Write the rows of a sheet of people that were new or changed in the preview with this mark.

    Refused: people.not-yours, sheet.*.
    """
    check_can_keep_people(by)
    plan = people_plan(name, content, today=local_day(at), only=kept_unit(by))
    _check_is_as_seen(plan, mark)
    return _write_people(plan, by=by, at=at)


@transaction.atomic
def import_people_rows(lines: Sequence[tuple[int, Cells]], *, by: User, at: datetime) -> PersonPlan:
    """Write the rows of a list of people that are new or changed; the others are told in the plan.

    Refused: people.not-yours.
    """
    check_can_keep_people(by)
    plan = people_plan_of(lines, today=local_day(at), only=kept_unit(by))
    return _write_people(plan, by=by, at=at)


def _write_people(plan: PersonPlan, *, by: User, at: datetime) -> PersonPlan:
    today = local_day(at)
    if not _changes(plan):
        return plan
    rows = [*plan.of(RowState.NEW), *plan.of(RowState.CHANGED)]
    people = _people(plan, rows)
    posts = _posts(plan, rows, today)
    ended, begun = [], []
    for row in rows:
        about, person, post = plan.about[row.line], people[row.line], posts[row.line]
        if about.holding is not None and about.holding.person_id == person.pk:
            continue
        since = _since(row, today)
        if about.holding is not None:
            about.holding.valid_to = since
            ended.append(about.holding)
        acting = row.cells["acting"] in YES
        begun.append(PostHolding(person=person, post=post, acting=acting, valid_from=since))
    PostHolding.objects.bulk_update(ended, ["valid_to"], batch_size=BATCH)
    PostHolding.objects.bulk_create(begun, batch_size=BATCH)
    written = {type(one).__name__ + str(one.pk): one for one in (*people.values(), *posts.values())}
    _note("people.imported", plan, [*written.values(), *ended, *begun], by=by, at=at)
    return plan


def _check_is_as_seen(plan: SheetPlan, mark: str) -> None:
    if plan.mark != mark:
        raise Refused(
            "sheet.moved", _("预览以后名册又有变动，什么都没有写入。请看过下面新的预览再确认。")
        )
    if not _changes(plan):
        raise Refused("sheet.nothing", _("没有新的，也没有要改的，不用导入。"))


def _changes(plan: SheetPlan) -> bool:
    return bool(plan.of(RowState.NEW) or plan.of(RowState.CHANGED))


def _note(act: str, plan: SheetPlan, rows: Iterable[Kept], *, by: User, at: datetime) -> None:
    counts = plan.counts
    note(act, *rows, by=by, at=at, facts={"new": counts["new"], "changed": counts["changed"]})


def _regions(plan: UnitPlan, *, by: User, at: datetime) -> dict[str, Region]:
    """The regions there are and those the sheet names first."""
    named = {
        row.cells["region"]: row.cells["region_name"]
        for row in plan.rows
        if row.cells["region_name"]
    }
    used = {
        row.cells["region"]
        for row in plan.rows
        if row.cells["region"] and row.state in (RowState.NEW, RowState.CHANGED)
    }
    return register_regions({code: named[code] for code in used & set(named)}, by=by, at=at)


def _new_unit(row: SheetRow, today: date) -> Unit:
    cells = row.cells
    kind = kind_named(cells["kind"]) or Unit.Kind.DEPARTMENT
    own = Unit.Level.TOWNSHIP if kind == Unit.Kind.TOWNSHIP else Unit.Level.COUNTY
    unit = Unit(
        code=cells["code"],
        name=cells["name"],
        short_name=cells["short_name"] or cells["name"],
        aliases=aliases_in(cells["aliases"]),
        kind=kind,
        level=level_named(cells["level"]) or own,
    )
    since = day_in(cells["since"], today=today)
    if since is not None:
        unit.valid_from = since
    return unit


def _change_unit(row: SheetRow, unit: Unit, regions: dict[str, Region]) -> None:
    cells = row.cells
    unit.kind = kind_named(cells["kind"]) or unit.kind
    unit.level = level_named(cells["level"]) or unit.level
    unit.region = regions.get(cells["region"], unit.region)
    unit.order = _order(row) if cells["order"] else unit.order
    unit.aliases = list(dict.fromkeys([*unit.aliases, *aliases_in(cells["aliases"])]))
    unit.version += 1


def _put_under_parents(units: list[Unit]) -> None:
    """Write the parents of new units: few have many below them, so by parent."""
    below: dict[int, list[int]] = {}
    for unit in units:
        if unit.parent is not None:
            below.setdefault(unit.parent.pk, []).append(unit.pk)
    for parent, keys in below.items():
        for begin in range(0, len(keys), BATCH):
            Unit.objects.filter(pk__in=keys[begin : begin + BATCH]).update(parent=parent)


def _order(row: SheetRow) -> int:
    return int(row.cells["order"].removesuffix(".0"))


def _since(row: SheetRow, today: date) -> date:
    return day_in(row.cells["since"], today=today) or today


def _people(plan: PersonPlan, rows: list[SheetRow]) -> dict[int, Person]:
    """Who each row is about, kept: somebody new in several rows is one person."""
    fresh: dict[tuple[str, str], Person] = {}
    found: dict[int, Person] = {}
    changed: dict[int, Person] = {}
    for row in rows:
        cells, person = row.cells, plan.about[row.line].person
        if person is None:
            key = (cells["name"], cells["mobile"] or cells["account"] or cells["unit"])
            person = fresh.setdefault(key, Person(name=cells["name"]))
        else:
            person = changed.setdefault(person.pk, person)
        person.mobile = cells["mobile"] or person.mobile
        person.office_phone = cells["office_phone"] or person.office_phone
        if cells["account"]:
            person.account = plan.accounts[cells["account"]]
        found[row.line] = person
    Person.objects.bulk_create(fresh.values(), batch_size=BATCH)
    for person in changed.values():
        person.version += 1
    fields = ["mobile", "office_phone", "account", "version"]
    Person.objects.bulk_update(changed.values(), fields, batch_size=BATCH)
    return found


def _posts(plan: PersonPlan, rows: list[SheetRow], today: date) -> dict[int, Post]:
    """The post each row is about; one that is not there yet is set up on the day it is taken."""
    found: dict[int, Post] = {}
    fresh: list[Post] = []
    for row in rows:
        about = plan.about[row.line]
        kind = post_kind_named(row.cells["kind"])
        post = about.post or Post(
            unit=about.unit,
            name=row.cells["post"],
            kind=kind or Post.Kind.STAFF,
            valid_from=_since(row, today),
        )
        if about.post is None:
            fresh.append(post)
        found[row.line] = post
    Post.objects.bulk_create(fresh, batch_size=BATCH)
    return found
