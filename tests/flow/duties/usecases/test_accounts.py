"""No row is silently lost: rows in = new + changed + same + refused + asked + not a row."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.engine.ledger import Answers
from gongjian.flow.duties.usecases import weigh_ledger
from gongjian.flow.projects.queries import read_ledger
from gongjian.foundation.records.queries import adds_up
from small_county import JUNE
from small_register import small_register

HEAD = ["序号", "项目名称", "建设地点", "总投资", "年度累计完成投资", "实际开工", "牵头单位",
        "责任单位", "包靠领导", "形象进度"]  # fmt: skip
WORDS = (
    "1 待定 — 无 3000 1.2亿 -5 合计 小计 一、产业项目（2个） 甲项目 乙项目 示例纺织智能工厂项目 "
    "北镇 没有这个镇 2020.3 2020年 03/04/2020 13/4/2020 2030-1-1 发改 发改、投促 某某局 leader某 "
    "副市长 注：数据截至6月底 =1+1 #REF! 单位：万元"
)
CELL = st.sampled_from(["", "\u200b", "示" * 130, *WORDS.split()])
ROW = st.lists(CELL, min_size=0, max_size=len(HEAD))
SHEET = st.tuples(st.lists(ROW, max_size=2), st.booleans(), st.lists(ROW, max_size=12))


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sheet=SHEET)
def test_every_row_of_an_ugly_sheet_goes_somewhere(register, sheet):
    above, twice, rows = sheet
    lines = [*above, HEAD, *([HEAD] if twice else []), *rows]
    out = io.StringIO()
    csv.writer(out).writerows(lines)

    reading = read_ledger("台账.csv", io.BytesIO(out.getvalue().encode()), Answers())
    weighed, counts = weigh_ledger(reading, register.campaign, by=register.office, at=JUNE)
    for one in weighed:
        assert one.outcome not in ("refused", "asked") or one.reason
    totals = counts.totals(reading.not_rows())

    assert adds_up(totals)
    last = max((n for n, line in enumerate(lines, start=1) if any(c.strip() for c in line)),
               default=0)  # fmt: skip
    assert totals["rows_in"] >= last
