"""Leaders through their posts: who leads what and who sponsors what on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Sponsorship
from gongjian.flow.duties.queries.subjects import TABLES, Subject, kind_of, subject_key
from gongjian.flow.plan.models import Action, Campaign
from gongjian.foundation.orgs.models import Person, Post, PostHolding, Role, User
from gongjian.foundation.orgs.queries import in_force
from gongjian.foundation.orgs.rules import LEADERS
from gongjian.foundation.records.queries import prepared

Key = tuple[str, int]
LEADING = (Post.Kind.PRINCIPAL, Post.Kind.LEADER)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who stands in a post on a day: nobody while it is vacant, or somebody who acts in it."""

    post: str
    post_uid: UUID
    unit: str
    name: str = ""
    person: int | None = None
    person_uid: UUID | None = None
    acting: bool = False

    @property
    def words(self) -> str:
        """The name as a table shows it: 温怀谷, 温怀谷（代管）, 副市长（空缺）."""
        if not self.name:
            return _("%(post)s（空缺）") % {"post": self.post}
        return _("%(name)s（代管）") % {"name": self.name} if self.acting else self.name


def holders(posts: Iterable[Post], *, on: date) -> dict[int, Holder]:
    """Who stands in each of these posts, by its key. One query; units come with the posts."""
    wanted = {post.pk: post for post in posts}
    held: dict[int, PostHolding] = {}
    for holding in _holdings(posts=wanted.keys(), on=on) if wanted else ():
        # An acting holder yields to one who was appointed.
        if holding.post_id not in held or held[holding.post_id].acting:
            held[holding.post_id] = holding
    return {key: _holder(post, held.get(key)) for key, post in wanted.items()}


@prepared
def _holdings(*, posts: Collection[int], on: date) -> QuerySet[PostHolding]:
    held = PostHolding.objects.filter(in_force(on), post__in=posts)
    return held.select_related("person")


def leader_lines(campaign: Campaign, *, on: date) -> dict[Key, Holder]:
    """{("action", 3): its leader}; sponsors of projects among them. Two queries."""
    rows = _sponsorships(campaign=campaign.pk, on=on)
    standing = holders([row.post for row in rows], on=on)
    return {row.subject_key: standing[row.post_id] for row in rows}


@prepared
def _sponsorships(*, campaign: int, on: date) -> QuerySet[Sponsorship]:
    rows = Sponsorship.objects.filter(over_campaign(campaign)).filter(in_force(on))
    return rows.select_related("post__unit")


def leader_over(lines: dict[Key, Holder], key: Key, *, action: int | None) -> Holder | None:
    """The leader of a target or task: its own, else that of its action."""
    return lines.get(key) or (lines.get(("action", action)) if action else None)


@dataclass(frozen=True, slots=True)
class Standing:
    """The leader of one piece of work as a form shows it: the row, the post, who stands in it."""

    uid: UUID
    post_uid: UUID
    holder: Holder
    basis: str
    since: date


def leader_standing(subject: Subject, *, on: date) -> Standing | None:
    """Who leads or sponsors one piece of work itself. Two queries."""
    row = (
        Sponsorship.objects.filter(**{kind_of(subject): subject}, valid_to__isnull=True)
        .select_related("post__unit")
        .first()
    )
    if row is None:
        return None
    holder = holders([row.post], on=on)[row.post_id]
    return Standing(row.uid, row.post.uid, holder, row.basis, row.valid_from)


def leaders_over_each(subjects: Iterable[Subject]) -> dict[Key, Sponsorship]:
    """Who leads or sponsors each of many; their rows are held until commit.

    Two queries a kind of work.
    """
    keys = [subject_key(subject) for subject in subjects]
    found: dict[Key, Sponsorship] = {}
    for kind in dict.fromkeys(kind for kind, _pk in keys):
        wanted = [pk for of, pk in keys if of == kind]
        list(TABLES[kind]._default_manager.select_for_update().filter(pk__in=wanted))
        rows = Sponsorship.objects.filter(**{f"{kind}__in": wanted}, valid_to__isnull=True)
        found |= {row.subject_key: row for row in rows.select_related("post")}
    return found


def leading_posts(*, on: date) -> list[Holder]:
    """The posts of leaders on a day, with who stands in them. Two queries."""
    posts = Post.objects.filter(in_force(on), kind__in=LEADING).select_related("unit")
    return list(holders(posts, on=on).values())


def actions_led_by(reader: User, *, on: date) -> set[int]:
    """The actions a leader answers for through posts held on the day; the principal's are all."""
    if Role.PRINCIPAL_LEADER in reader.roles:
        return set(Action.objects.values_list("pk", flat=True))
    if Role.COUNTY_LEADER not in reader.roles:
        return set()
    rows = Sponsorship.objects.filter(in_force(on), action__isnull=False)
    posts = posts_held_by(Person.objects.filter(account=reader.whose_hand.pk), on=on)
    return {key for key in rows.filter(post__in=posts).values_list("action", flat=True) if key}


def actions_in_hand(reader: User) -> QuerySet[Action]:
    """The actions of which a reader's post is the leader, as posts and leaders stand now.

    For questions that know no day: whoever was named for a day to come counts already.
    """
    posts = PostHolding.objects.filter(person__account=reader.whose_hand.pk, valid_to__isnull=True)
    led = Sponsorship.objects.filter(post__in=posts.values("post"), valid_to__isnull=True)
    return Action.objects.filter(pk__in=led.values("action"))


def own_leading_post(reader: User, *, on: date) -> UUID | None:
    """The post of a leader that the reader stands in: the way to their own sheet. One query."""
    if LEADERS.isdisjoint(reader.roles):
        return None
    held = PostHolding.objects.filter(in_force(on), person__account=reader.whose_hand.pk)
    own = held.filter(post__kind__in=LEADING).order_by("post__order", "pk")
    return own.values_list("post__uid", flat=True).first()


def posts_held_by(people: QuerySet[Person], *, on: date) -> list[int]:
    """The posts these people stand in on a day. One query."""
    held = PostHolding.objects.filter(in_force(on), person__in=people)
    return list(held.values_list("post", flat=True))


def over_campaign(campaign: Campaign | int) -> Q:
    """Rows over any piece of work of a campaign."""
    return (
        Q(action__campaign=campaign)
        | Q(target__action__campaign=campaign)
        | Q(task__action__campaign=campaign)
        | Q(project__campaign=campaign)
    )


def _holder(post: Post, holding: PostHolding | None) -> Holder:
    unit = post.unit.short_name
    if holding is None:
        return Holder(post.name, post.uid, unit)
    return Holder(
        post=post.name,
        post_uid=post.uid,
        unit=unit,
        name=holding.person.name,
        person=holding.person_id,
        person_uid=holding.person.uid,
        acting=holding.acting,
    )
