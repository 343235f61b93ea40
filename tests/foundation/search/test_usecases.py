"""The entries follow the log: what an act may have changed is compared, and nothing else."""

from dataclasses import replace

import pytest

from foundation.search.things import AT, Room, some_act, thing
from gongjian.foundation.records.usecases import note
from gongjian.foundation.search.models import SearchEntry
from gongjian.foundation.search.queries import acts_behind
from gongjian.foundation.search.usecases import follow_log, rebuild_search, wrong_entries

pytestmark = pytest.mark.django_db


def titles():
    return sorted(SearchEntry.objects.values_list("title", flat=True))


def test_what_an_act_brought_renamed_or_took_is_followed():
    old, gone = thing("旧名"), thing("要走的")
    room = Room(old, gone)
    some_act()
    follow_log([room.source])
    room.things = [replace(old, title="新名"), thing("新来的")]
    some_act()

    assert follow_log([room.source]) == 3
    assert titles() == ["新名", "新来的"]
    assert acts_behind() == 0
    assert wrong_entries([room.source]) == {}


def test_a_renamed_thing_is_heard_by_its_new_name():
    old = thing("旧名")
    room = Room(old)
    rebuild_search([room.source])
    room.things = [replace(old, title="发改局")]

    rebuild_search([room.source])

    assert SearchEntry.objects.get().initials.startswith("|fgj|")


def test_an_act_elsewhere_renews_nothing(django_assert_num_queries):
    room = Room(thing("旧名"))
    some_act()
    follow_log([room.source])
    room.things = []
    note("elsewhere.done", by=None, at=AT)

    assert follow_log([room.source]) == 0
    assert titles() == ["旧名"]
    with django_assert_num_queries(2):
        follow_log([room.source])


def test_what_was_changed_past_the_log_is_found_and_rebuilt():
    room = Room(thing("甲乙"), thing("丙丁"))
    rebuild_search([room.source])
    SearchEntry.objects.filter(title="甲乙").update(title="假的")
    SearchEntry.objects.filter(title="丙丁").delete()

    assert wrong_entries([room.source]) == {"a": 2}
    assert rebuild_search([room.source]) == 2
    assert wrong_entries([room.source]) == {}


def test_a_second_rebuild_writes_nothing():
    room = Room(thing("甲乙"))
    rebuild_search([room.source])

    assert rebuild_search([room.source]) == 0
