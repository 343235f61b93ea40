"""Writing a bulletin: by the office, kept with its facts, numbered once it names a snapshot."""

from dataclasses import asdict

import pytest

from flow.bulletins.county import local, office, until
from gongjian.flow.bulletins.models import Bulletin
from gongjian.flow.bulletins.queries import (
    bulletin_by_uid,
    bulletin_facts,
    bulletin_rows,
    bulletin_word,
    count_bulletins,
    facts_as_json,
    written_bulletin,
)
from gongjian.flow.bulletins.usecases import write_bulletin
from gongjian.flow.plan.queries import campaign_of_year
from gongjian.flow.progress.queries import period_by_key
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.records.models import LogEntry
from gongjian.foundation.records.queries import audit_findings
from gongjian.interfaces.cli.demo.command import NOW
from gongjian.lib.refusals import Missing, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]

JULY_2 = local(2020, 7, 2, 9)


def test_a_written_bulletin_is_kept_with_its_facts_and_its_paper():
    june = period_by_key("2020-06")
    expected = written_bulletin(bulletin_facts(campaign_of_year(2020), june, at=NOW))

    kept = write_bulletin(june, by=office(NOW), at=NOW)

    kept = Bulletin.objects.get(pk=kept.pk)
    assert kept.title == "关于1—6月份全市重点工作攻坚进展情况的通报"
    assert kept.figures == facts_as_json(expected.figures)
    assert [block["kind"] for block in kept.body] == [block.kind for block in expected.blocks]
    assert kept.body[1]["pieces"] == [asdict(piece) for piece in expected.blocks[1].pieces]
    assert bytes_of(kept.file) == bulletin_word(expected, at=NOW)
    assert (kept.written_by.username, kept.written_at) == ("office", NOW)


def test_a_draft_takes_no_number_and_a_frozen_bulletin_the_next_of_its_year():
    draft = write_bulletin(period_by_key("2020-06"), by=office(NOW), at=NOW)
    until(JULY_2)

    frozen = write_bulletin(period_by_key("2020-06"), by=office(JULY_2), at=JULY_2)
    again = write_bulletin(period_by_key("2020-06"), by=office(JULY_2), at=JULY_2)

    assert (draft.number, draft.snapshot) == (0, None)
    assert (frozen.number, frozen.snapshot.number) == (6, "S-2020-06")  # five in the demo
    assert again.number == 7
    assert again.file == frozen.file


def test_a_written_bulletin_stands_in_the_log_and_changes_nothing_else():
    before = LogEntry.objects.count()

    kept = write_bulletin(period_by_key("2020-06"), by=office(NOW), at=NOW)

    acts = LogEntry.objects.order_by("seq").values_list("act", "actor_name")[before:]
    assert list(acts) == [("file.kept", "田青禾"), ("bulletin.written", "田青禾")]
    entry = LogEntry.objects.latest("seq")
    assert entry.facts == {"figures": len(kept.figures)}
    assert [(row.table, row.row) for row in entry.rows.all()] == [("gongjian_bulletin", kept.pk)]
    # The anchor is written after a commit, and a test commits nothing.
    assert {finding.code for finding in audit_findings()} == {"anchor-short"}


@pytest.mark.parametrize(
    "username", ["office.review", "leader1", "principal", "sysadmin", "secadmin", "auditadmin"]
)
def test_only_the_office_writes_a_bulletin(username):
    before = count_bulletins()

    with pytest.raises(Refused) as no:
        write_bulletin(period_by_key("2020-06"), by=account(username, on=NOW.date()), at=NOW)

    assert no.value.code == "office.only"
    assert count_bulletins() == before


def test_the_demo_office_wrote_one_after_each_freeze():
    rows = bulletin_rows()

    assert [(row.number, row.period, row.snapshot) for row in rows] == [
        (5, "2020-05", "S-2020-05"),
        (4, "2020-04", "S-2020-04"),
        (3, "2020-03", "S-2020-03"),
        (2, "2020-02", "S-2020-02"),
        (1, "2020-01", "S-2020-01"),
    ]
    assert [row.number for row in bulletin_rows(offset=1, limit=2)] == [4, 3]
    assert count_bulletins() == 5


def test_a_bulletin_is_there_for_who_works_on_the_plan_only():
    uid = bulletin_rows()[0].uid

    assert bulletin_by_uid(uid, reader=account("leader1", on=NOW.date())).number == 5
    with pytest.raises(Missing) as no:
        bulletin_by_uid(uid, reader=account("sysadmin", on=NOW.date()))
    assert no.value.code == "bulletin.missing"
