"""People and posts: registered, appointed, handed over, ended. Nothing is rewritten."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Person, Post, PostHolding, Unit, User
from gongjian.foundation.orgs.queries import holdings_of_post, person_of, units_of
from gongjian.foundation.orgs.rules import people as rules
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused

NO_MOBILE = "0"  # typed to take a number out


@transaction.atomic
def register_person(
    name: str,
    *,
    mobile: str = "",
    office_phone: str = "",
    account: User | None = None,
    unit: Unit | None = None,
    by: User | None,
    at: datetime,
) -> Person:
    """Keep somebody who will hold posts; `unit` is the one they are registered for.

    Refused: people.not-yours, person.*, words.*.
    """
    if by is not None:
        rules.check_can_keep_people(by, unit=unit)
    rules.check_person(name=name, mobile=mobile, office_phone=office_phone)
    if account is not None:
        rules.check_can_tie(account, person=person_of(account))
    person = Person.objects.create(
        name=name.strip(), mobile=mobile, office_phone=office_phone, account=account
    )
    note("person.registered", person, by=by, at=at)
    return person


@transaction.atomic
def edit_person(
    person: Person,
    *,
    name: str,
    mobile: str,
    office_phone: str,
    account: User | None,
    version: int,
    by: User,
    at: datetime,
) -> Person:
    """Correct a name or number, tie an account; "" leaves the mobile as it is, "0" takes it out.

    Refused: as register_person; person.changed.
    """
    rules.check_can_keep_person(by, units=units_of(person, local_day(at)))
    now = Person.objects.select_for_update().get(pk=person.pk)
    mobile = {"": now.mobile, NO_MOBILE: ""}.get(mobile, mobile)
    rules.check_person(name=name, mobile=mobile, office_phone=office_phone)
    if now.version != version:
        raise Conflict(
            "person.changed",
            _("这个人的资料刚被别人改过，先看差异。"),
            mine={_("姓名"): name, _("办公电话"): office_phone},
            theirs={_("姓名"): now.name, _("办公电话"): now.office_phone},
        )
    if account is not None and account.pk != now.account_id:
        rules.check_can_tie(account, person=person_of(account))
    now.name, now.mobile, now.office_phone = name.strip(), mobile, office_phone
    now.account = account
    now.version += 1
    now.save(update_fields=["name", "mobile", "office_phone", "account", "version"])
    note("person.edited", now, by=by, at=at)
    return now


@transaction.atomic
def open_post(
    unit: Unit,
    name: str,
    *,
    kind: Post.Kind,
    order: int = 0,
    from_day: date,
    by: User | None,
    at: datetime,
) -> Post:
    """Set up a post in a unit. Refused: people.not-yours, post.taken, post.unit-*, words.*."""
    if by is not None:
        rules.check_can_keep_people(by, unit=unit)
    rules.check_post(name=name, unit=unit, from_day=from_day, today=local_day(at))
    try:
        with transaction.atomic():
            post = Post.objects.create(
                unit=unit, name=name.strip(), kind=kind, order=order, valid_from=from_day
            )
    except IntegrityError as twice:
        words = {"unit": unit, "post": name}
        raise Refused("post.taken", _("%(unit)s已经有岗位“%(post)s”。") % words) from twice
    note("post.opened", post, by=by, at=at)
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: User, at: datetime) -> Post:
    """A post is there until a day. Refused: people.not-yours, post.still-held, post.ended."""
    rules.check_can_keep_people(by, unit=post.unit)
    now = _locked(post)
    rules.check_can_end_post(now, on=on, holders=holdings_of_post(now), today=local_day(at))
    now.valid_to = on
    now.version += 1
    now.save(update_fields=["valid_to", "version"])
    note("post.ended", now, by=by, at=at)
    return now


@transaction.atomic
def hand_over_post(
    post: Post,
    *,
    to: Person,
    from_day: date,
    basis: str = "",
    acting: bool = False,
    by: User | None,
    at: datetime,
) -> PostHolding:
    """Put somebody on a post from a day; who is there ends on it. Vacant posts just begin.

    Later rooms wrap this, to hand over what hangs on the post.
    Refused: people.not-yours, post.*, words.*, day.*.
    """
    if by is not None:
        rules.check_can_keep_people(by, unit=post.unit)
        rules.check_can_keep_person(by, units=units_of(to, local_day(at)))
    locked = _locked(post)
    held = holdings_of_post(locked)
    now = next((one for one in held if one.valid_to is None), None)
    others = [one for one in held if one is not now]
    if now is not None:
        rules.check_can_hand_over(now, to=to, from_day=from_day, acting=acting)
    rules.check_can_take_post(
        locked, from_day=from_day, others=others, basis=basis, today=local_day(at)
    )
    if now is not None:
        now.valid_to = from_day
        now.save(update_fields=["valid_to"])
    new = PostHolding.objects.create(
        person=to, post=locked, acting=acting, basis=basis.strip(), valid_from=from_day
    )
    locked.version += 1
    locked.save(update_fields=["version"])
    post.version = locked.version
    rows = (new, locked) if now is None else (new, locked, now)
    act = "post.filled" if now is None else "post.handed-over"
    note(act, *rows, by=by, at=at, facts={"acting": int(acting)})
    return new


@transaction.atomic
def leave_post(
    holding: PostHolding, *, on: date, basis: str = "", by: User, at: datetime
) -> PostHolding:
    """Somebody leaves a post, which is vacant from that day. Refused: holding.*, people.*."""
    rules.check_can_keep_people(by, unit=holding.post.unit)
    post = _locked(holding.post)
    now = PostHolding.objects.select_for_update().select_related("person").get(pk=holding.pk)
    rules.check_can_leave_post(now, on=on, basis=basis, today=local_day(at))
    now.valid_to = on
    now.end_basis = basis.strip()
    now.save(update_fields=["valid_to", "end_basis"])
    post.version += 1
    post.save(update_fields=["version"])
    note("post.left", now, post, by=by, at=at)
    return now


def show_phone(person: Person, *, shares: bool = False, by: User, at: datetime) -> str:
    """Somebody's whole number, and a line in the log that it was shown to whom.

    `shares`: a later room found that the two have a duty or a task force in common.
    Refused: phone.not-yours.
    """
    units = units_of(person, local_day(at))
    rules.check_can_see_phone(person, by=by, units=units, shares=shares)
    note("phone.shown", person, by=by, at=at, facts={"person": person.pk})
    return person.mobile


def _locked(post: Post) -> Post:
    """The post as it stands, held until the end. Refused: post.changed."""
    now = Post.objects.select_for_update().get(pk=post.pk)
    if now.version != post.version:
        raise Refused(
            "post.changed", _("这个岗位刚被别人办过任免。请刷新后再看，你的操作没有生效。")
        )
    return now
