"""Setting a task force up, changing who is in it, ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import TaskForce, TaskForceMember
from gongjian.flow.duties.queries import Subject, kind_of, places_of
from gongjian.foundation.orgs.models import Post, Unit, User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused

Role = TaskForceMember.Role


@dataclass(frozen=True, slots=True)
class ForceWords:
    """A task force as a form says it; the order of each part is the printed order."""

    name: str
    basis: str = ""
    heads: Sequence[Post] = ()
    deputies: Sequence[Post] = ()
    units: Sequence[Unit] = ()
    liaisons: Sequence[Post] = ()
    officers: Sequence[Post] = ()

    def places(self) -> list[tuple[str, Post | Unit]]:
        """(role, who) each once, in order."""
        roles: tuple[tuple[str, Sequence[Post | Unit]], ...] = (
            (Role.HEAD, self.heads),
            (Role.DEPUTY, self.deputies),
            (Role.MEMBER, self.units),
            (Role.LIAISON, self.liaisons),
            (Role.OFFICER, self.officers),
        )
        return list(dict.fromkeys((role, who) for role, named in roles for who in named))


def make_force(subject: Subject, words: ForceWords, *, by: User, at: datetime) -> TaskForce:
    """Set a task force up over a piece of work. Refused: office.only, force.*, force.known."""
    return make_forces([(subject, words)], by=by, at=at)[0]


@transaction.atomic
def make_forces(
    rows: Sequence[tuple[Subject, ForceWords]], *, by: User, at: datetime
) -> list[TaskForce]:
    """Set many task forces up, each under the same rules and with its own entry in the log; all
    of them, or none. Refused as make_force."""
    day = local_day(at)
    for _subject, words in rows:
        _check(words, by=by, on=day)
    forces = [
        TaskForce(
            **{kind_of(subject): subject},
            name=words.name.strip(),
            basis=words.basis.strip(),
            valid_from=day,
        )
        for subject, words in rows
    ]
    try:
        with transaction.atomic():
            TaskForce.objects.bulk_create(forces)
    except IntegrityError as twice:
        raise Refused("force.known", _("这一项已经有专班了，请在原来的专班上改。")) from twice
    members = [
        _members(force, words.places(), day=day)
        for force, (_subject, words) in zip(forces, rows, strict=True)
    ]
    TaskForceMember.objects.bulk_create([one for placed in members for one in placed])
    note_each(
        [
            Deed("force.made", (force, *placed))
            for force, placed in zip(forces, members, strict=True)
        ],
        by=by,
        at=at,
    )
    return forces


@transaction.atomic
def change_force(
    force: TaskForce, words: ForceWords, *, version: int, by: User, at: datetime
) -> TaskForce:
    """Say who is in it from today; who leaves stays on record. Conflict: force.changed."""
    day = local_day(at)
    _check(words, by=by, on=day)
    still = TaskForce.objects.filter(pk=force.pk, version=version, valid_to__isnull=True)
    if not still.update(name=words.name.strip(), basis=words.basis.strip(), version=version + 1):
        raise _conflict(force, words)
    force.refresh_from_db()
    there = {(member.role, member.unit or member.post): member for member in places_of(force)}
    wanted = words.places()
    gone = [member for place, member in there.items() if place not in wanted]
    ended = [member for member in gone if member.valid_from < day]
    TaskForceMember.objects.filter(pk__in=[one.pk for one in ended]).update(valid_to=day)
    removed = [member for member in gone if member.valid_from >= day]
    note("force.changed", force, *ended, removed=removed, by=by, at=at)
    TaskForceMember.objects.filter(pk__in=[one.pk for one in removed]).delete()
    kept = [member for place, member in there.items() if place in wanted]
    fresh = _placed(force, [place for place in wanted if place not in there], day=day)
    ordered = _ordered([*kept, *fresh], wanted)
    note("force.places", *ordered, by=by, at=at)
    return force


@transaction.atomic
def end_force(force: TaskForce, *, version: int, by: User, at: datetime) -> TaskForce:
    """The task force ends today. Refused: office.only; Conflict: force.changed."""
    rules.check_can_keep_force(by)
    day = local_day(at)
    still = TaskForce.objects.filter(pk=force.pk, version=version, valid_to__isnull=True)
    if not still.update(valid_to=max(day, force.valid_from), version=version + 1):
        raise _conflict(force, None)
    force.refresh_from_db()
    members = places_of(force)
    for member in members:
        member.valid_to = max(day, member.valid_from)
        member.save(update_fields=["valid_to"])
    note("force.ended", force, *members, by=by, at=at)
    return force


def _check(words: ForceWords, *, by: User, on: date) -> None:
    rules.check_can_keep_force(by)
    rules.check_force_is_whole(
        words.name, words.basis, heads=words.heads, deputies=words.deputies, units=len(words.units)
    )
    for _role, who in words.places():
        if who.valid_to is not None and who.valid_to <= on:
            raise Refused("force.ended-place", _("“%(who)s”已经撤销，请另选。") % {"who": str(who)})


def _placed(
    force: TaskForce, places: Sequence[tuple[str, Post | Unit]], *, day: date
) -> list[TaskForceMember]:
    return TaskForceMember.objects.bulk_create(_members(force, places, day=day))


def _members(
    force: TaskForce, places: Sequence[tuple[str, Post | Unit]], *, day: date
) -> list[TaskForceMember]:
    return [
        TaskForceMember(
            force=force,
            role=role,
            post=who if isinstance(who, Post) else None,
            unit=who if isinstance(who, Unit) else None,
            order=order,
            valid_from=day,
        )
        for order, (role, who) in enumerate(places, start=1)
    ]


def _ordered(
    members: Sequence[TaskForceMember], wanted: Sequence[tuple[str, Post | Unit]]
) -> list[Kept]:
    for member in members:
        member.order = wanted.index((member.role, member.unit or member.post)) + 1
        member.save(update_fields=["order"])
    return list(members)


def _conflict(force: TaskForce, words: ForceWords | None) -> Conflict:
    theirs = TaskForce.objects.get(pk=force.pk)
    label = str(_("专班"))
    return Conflict(
        "force.changed",
        _("这个专班刚被别人改过，你的改动没有保存。请看新的再改。"),
        mine={label: words.name if words else str(_("撤销"))},
        theirs={label: theirs.name if theirs.valid_to is None else str(_("已撤销"))},
    )
