"""Whether two people have a duty or a task force in common."""

from datetime import date

from django.db.models import Q

from gongjian.flow.duties.models import KINDS, Duty, Sponsorship, TaskForceMember
from gongjian.foundation.orgs.models import Person, User
from gongjian.foundation.orgs.queries import in_force, person_of, posts_of, units_of


def share_work(person: Person, reader: User, *, on: date) -> bool:
    """The same piece of work or the same task force, by unit or by post. A constant number."""
    mine = person_of(reader.whose_hand)
    my_units = {reader.unit_id} if reader.unit_id else set()
    my_posts = {holding.post_id for holding in posts_of(mine, on)} if mine else set()
    their_units = {unit.pk for unit in units_of(person, on)}
    their_posts = {holding.post_id for holding in posts_of(person, on)}
    if _forces(my_units, my_posts, on) & _forces(their_units, their_posts, on):
        return True
    return bool(_work(my_units, my_posts, on) & _work(their_units, their_posts, on))


def _forces(units: set[int], posts: set[int], on: date) -> set[int]:
    places = TaskForceMember.objects.filter(in_force(on)).filter(
        Q(unit__in=units) | Q(post__in=posts)
    )
    return set(places.values_list("force", flat=True))


def _work(units: set[int], posts: set[int], on: date) -> set[tuple[str, int]]:
    led = Sponsorship.objects.filter(in_force(on), post__in=posts)
    answered = Duty.objects.filter(in_force(on), unit__in=units, confirmed_at__isnull=False)
    rows = [*led.values(*KINDS), *answered.values(*KINDS)]
    return {(kind, row[kind]) for row in rows for kind in KINDS if row[kind] is not None}
