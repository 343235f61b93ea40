"""What becomes of a unit: a new name, another place in the tree, an end, a merger."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Region, Unit, UnitName, User
from gongjian.foundation.orgs.queries import accounts_of_unit, open_posts, unit_subtree, units_below
from gongjian.foundation.orgs.rules import units as rules
from gongjian.foundation.orgs.rules.words import check_words
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict


@transaction.atomic
def rename_unit(
    unit: Unit,
    *,
    name: str,
    short_name: str,
    from_day: date,
    basis: str = "",
    version: int,
    by: User | None,
    at: datetime,
) -> Unit:
    """Give a unit a new name from a day; papers of before keep the old one, and it is still found.

    Refused: units.sys-admin-only, unit.*, words.*, day.*.
    """
    if by is not None:
        rules.check_can_register_units(by)
    now, today = _locked(unit, version, {_("名称"): name, _("简称"): short_name}), local_day(at)
    check_words(_("更名依据"), basis, longest=120, needed=False)
    last = now.former_names.order_by("-valid_to").first()
    since = (last.valid_to if last else None) or now.valid_from
    rules.check_can_rename(
        now,
        name=name,
        short_name=short_name,
        from_day=from_day,
        since=since,
        others=Unit.objects.filter(valid_to__isnull=True).exclude(pk=now.pk),
        today=today,
    )
    former = UnitName.objects.create(
        unit=now,
        name=now.name,
        short_name=now.short_name,
        basis=basis.strip(),
        valid_from=since,
        valid_to=from_day,
    )
    known = [*now.aliases, now.name, now.short_name]
    now.aliases = [one for one in dict.fromkeys(known) if one not in (name, short_name)]
    now.name, now.short_name = name.strip(), short_name.strip()
    _save(now, "name", "short_name", "aliases")
    note("unit.renamed", now, former, by=by, at=at)
    return now


@transaction.atomic
def move_unit(
    unit: Unit,
    *,
    parent: Unit | None,
    kind: Unit.Kind,
    level: Unit.Level,
    region: Region | None,
    version: int,
    by: User | None,
    at: datetime,
) -> Unit:
    """Put a unit in another place of the tree. Refused: units.sys-admin-only, unit.*."""
    if by is not None:
        rules.check_can_register_units(by)
    typed = {_("上级单位"): str(parent or "—"), _("类别"): str(kind.label)}
    now = _locked(unit, version, typed)
    rules.check_is_there(now)
    if parent is not None:
        rules.check_can_stand_under(now, parent, below=unit_subtree(now, local_day(at)))
    now.parent, now.kind, now.level, now.region = parent, kind, level, region
    _save(now, "parent", "kind", "level", "region")
    note("unit.moved", now, by=by, at=at)
    return now


@transaction.atomic
def reorder_unit(unit: Unit, *, up: bool, by: User, at: datetime) -> None:
    """Let a unit and its neighbour under the same parent change places in the office's order.

    Refused: units.sys-admin-only, unit.ended.
    """
    rules.check_can_register_units(by)
    rules.check_is_there(unit)
    beside = list(
        Unit.objects.select_for_update()
        .filter(valid_to__isnull=True, parent=unit.parent_id)
        .order_by("order", "pk")
    )
    place = beside.index(unit)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(beside):
        return
    orders = sorted(one.order for one in beside)
    if len(set(orders)) < len(orders):
        orders = [number * 10 for number in range(1, len(beside) + 1)]
    beside[place], beside[other] = beside[other], beside[place]
    moved = [one for one, order in zip(beside, orders, strict=True) if one.order != order]
    for one, order in zip(beside, orders, strict=True):
        one.order = order
    for one in moved:
        _save(one, "order")
    note("unit.reordered", *moved, by=by, at=at)


@transaction.atomic
def end_unit(unit: Unit, *, on: date, basis: str, version: int, by: User, at: datetime) -> Unit:
    """A unit is there until a day. Refused: units.sys-admin-only, unit.*, words.*, day.*."""
    rules.check_can_register_units(by)
    now = _ending(unit, on=on, basis=basis, version=version, at=at)
    rules.check_is_left_by_accounts(now, accounts=len(accounts_of_unit(now)))
    _save(now, "valid_to", "end_basis")
    note("unit.ended", now, by=by, at=at)
    return now


@transaction.atomic
def merge_unit(
    unit: Unit, *, into: Unit, on: date, basis: str, version: int, by: User, at: datetime
) -> Unit:
    """A unit goes into another one, and its accounts with it. Refused: as end_unit."""
    rules.check_can_register_units(by)
    rules.check_can_merge(unit, into)
    now = _ending(unit, on=on, basis=basis, version=version, at=at)
    now.successor = into
    _save(now, "valid_to", "end_basis", "successor")
    moved: list[Kept] = []
    for account in accounts_of_unit(now):
        account.unit = into
        account.version += 1
        account.save(update_fields=["unit", "version"])
        moved.append(account)
    note("unit.merged", now, *moved, by=by, at=at, facts={"accounts": len(moved)})
    return now


def _ending(unit: Unit, *, on: date, basis: str, version: int, at: datetime) -> Unit:
    now = _locked(unit, version, {_("撤并日期"): str(on)})
    rules.check_can_end(
        now,
        on=on,
        basis=basis,
        below=units_below(now, on),
        posts=open_posts(now, on),
        today=local_day(at),
    )
    now.valid_to, now.end_basis = on, basis.strip()
    return now


def _locked(unit: Unit, version: int, typed: dict[str, str]) -> Unit:
    """The unit as it stands, held until the end; a Conflict where it moved meanwhile."""
    now = Unit.objects.select_for_update().get(pk=unit.pk)
    if now.version != version:
        stands = {
            _("名称"): now.name,
            _("简称"): now.short_name,
            _("上级单位"): str(now.parent or "—"),
            _("类别"): str(now.get_kind_display()),
            _("撤并日期"): str(now.valid_to or "—"),
        }
        raise Conflict(
            "unit.changed",
            _("这个单位刚被别人改过，先看差异。"),
            mine=typed,
            theirs={label: stands[label] for label in typed},
        )
    return now


def _save(unit: Unit, *fields: str) -> None:
    unit.version += 1
    unit.save(update_fields=[*fields, "version"])
