"""A bulletin that was issued keeps the names of its day."""

import json
from datetime import timedelta

from gongjian.flow.bulletins.usecases import write_bulletin
from gongjian.flow.progress.queries import period_by_key
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.orgs.queries import unit_by_code
from gongjian.foundation.orgs.usecases import rename_unit
from gongjian.lib.days import local_day
from small_county import JUNE_FROZEN

AT = JUNE_FROZEN + timedelta(days=1)
NAME = "招商引资促进局"


def told(bulletin):
    """All words of a bulletin as it is kept."""
    bulletin.refresh_from_db()
    return json.dumps([bulletin.body, bulletin.figures], ensure_ascii=False)


def test_a_bulletin_issued_before_a_renaming_still_prints_the_old_name(county):
    county.accepted(county.signed, 58)
    county.freeze()
    period = period_by_key("2020-06")
    issued = write_bulletin(period, by=county.office, at=AT)
    before, word = told(issued), bytes_of(issued.file)

    unit = unit_by_code("invest")
    rename_unit(unit, name=NAME, short_name=NAME, from_day=local_day(AT), version=1, by=None, at=AT)
    anew = write_bulletin(period, by=county.office, at=AT)

    assert unit.short_name in before
    assert told(issued) == before
    assert bytes_of(issued.file) == word
    assert NAME in told(anew)
