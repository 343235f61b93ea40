"""What was taken away and is brought in again changes nothing."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongjian.engine.ledger import Answers
from gongjian.flow.projects.models import Nature, PlanClass
from gongjian.flow.projects.queries import (
    Basis,
    ledger_objects,
    ledger_table,
    read_ledger,
    table_csv,
    table_json,
    table_xlsx,
)
from gongjian.flow.projects.usecases import YearWords, register_projects, weigh_ledger
from gongjian.foundation.records.usecases import undone
from small_county import BEGIN, JUNE

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking takes minutes and shows no more
SHARED = [HealthCheck.function_scoped_fixture]
LETTERS = "示例新区智能装备制造产业园二期一标段扩建ABCxyz0129（）()·-—“”《》、/&<>'\"+😀🏭"
WORDS = st.text(LETTERS, min_size=1, max_size=24).map(str.strip)
LIVE = st.sampled_from(["=1+1", "+86 示例", "-10%", "@示例", "'=甲", "=cmd|' /C calc'!A0", "\t=甲"])
CENTS = st.integers(0, 10**13).map(lambda cents: Decimal(cents).scaleb(-2))
DATES = st.one_of(
    st.none(),
    st.sampled_from(
        [
            (date(2020, 6, 12), "day"),
            (date(2020, 6, 20), "ten_day"),
            (date(2020, 2, 29), "ten_day"),
            (date(2020, 9, 30), "month"),
            (date(2020, 6, 30), "quarter"),
            (date(2021, 12, 31), "half"),
            (date(2022, 12, 31), "year"),
        ]
    ),
)
PROJECT = st.fixed_dictionaries(
    {
        "name": st.one_of(WORDS.map("示例{}".format), LIVE),
        "owner": st.one_of(st.just(""), WORDS, LIVE),
        "scope": st.one_of(
            st.just(""),
            WORDS,
            LIVE,
            st.just("新建厂房\n两条生产线"),
            st.just("标准厂房及配套，" * 300),
        ),
        "remark": st.one_of(st.just(""), WORDS, LIVE),
        "nature": st.sampled_from(["", *Nature.values]),
        "industry": st.sampled_from(["", "C1499", "D44"]),
        "total_investment": st.one_of(st.none(), CENTS),
        "start": DATES,
        "finish": DATES,
        "plan_class": st.sampled_from(["", *PlanClass.values]),
        "plan_investment": st.one_of(st.none(), CENTS),
        "coded": st.booleans(),
    }
)


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
@settings(
    max_examples=10, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PROJECT, min_size=1, max_size=8, unique_by=lambda one: spelt(one["name"])))
def test_what_was_exported_changes_nothing_when_it_comes_back(register, form, projects):
    with undone():
        kept(register, projects)

        name, content = exported(register, form)
        reading = read_ledger(name, io.BytesIO(content), Answers())
        weighed, _counts = weigh_ledger(reading, register.campaign, by=None, at=JUNE)
        fates = [(one.outcome, one.title, one.old, one.new, one.reason) for one in weighed]

    assert [fate for fate in fates if fate[0] != "same"] == []
    assert len(fates) == len(projects) + 2
    asked = [one["kind"] for sheet in reading.report()["sheets"] for one in sheet["asked"]]
    assert [kind for kind in asked if kind != "slip"] == []  # a mill may cost ten thousand times


def kept(register, projects):
    """The projects in the register."""
    rows = []
    for number, said in enumerate(projects, start=10):
        start, finish = said["start"] or (None, ""), said["finish"] or (None, "")
        words = register.words(
            said["name"],
            code=f"2020-370782-17-03-{number:06}" if said["coded"] else "",
            owner=said["owner"],
            scope=said["scope"],
            remark=said["remark"],
            nature=said["nature"],
            industry=said["industry"],
            uscc="",
            total_investment=said["total_investment"],
            planned_start=start[0],
            planned_start_precision=start[1],
            planned_finish=finish[0],
            planned_finish_precision=finish[1],
        )
        rows.append((words, YearWords(said["plan_class"], said["plan_investment"])))
    register_projects(register.campaign, rows, by=register.people["office"], at=BEGIN)


def exported(register, form):
    """The register as a file of that form."""
    objects = ledger_objects(register.campaign, known_at=JUNE, answering={})
    table = ledger_table(register.campaign, objects, basis=Basis(JUNE.date(), JUNE), by="测试")
    if form == "json":
        return "projects.json", table_json(table, named="projects", objects=objects)
    return f"projects.{form}", {"xlsx": table_xlsx, "csv": table_csv}[form](table)


def spelt(name):
    """A name as the register tells two apart."""
    return "".join(sign for sign in name if sign not in "“”\"'《》 \t").casefold()
