"""Bare projects: registered once, changed by one at a time, their sums in 元."""

from decimal import Decimal

import pytest

from gongjian.flow.projects.queries import code_warning
from gongjian.flow.projects.rules import investment_of
from gongjian.flow.projects.usecases import ProjectWords, change_project, register_project
from gongjian.lib.refusals import Conflict, Refused
from small_county import JUNE, small_county

CODE = "2305-371121-04-01-122324"


@pytest.mark.parametrize(
    ("typed", "unit", "amount"),
    [("6.2", "yi", "620000000"), ("1,250.5", "wan", "12505000"), ("", "wan", None)],
)
def test_investment_of_is_kept_in_yuan(typed, unit, amount):
    assert investment_of(typed, unit) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(("typed", "unit"), [("-1", "wan"), ("9" * 40, "yi"), ("6.2", "元")])
def test_investment_of_refuses_what_is_no_sum(typed, unit):
    with pytest.raises(Refused) as no:
        investment_of(typed, unit)

    assert no.value.code == "project.sum"


def test_code_warning_warns_and_blocks_nothing():
    assert code_warning(CODE) == ""
    assert "最后一位" in code_warning(CODE[:-1] + "5")


@pytest.mark.django_db
def test_a_code_is_registered_once_and_a_stale_form_loses_nothing():
    county = small_county(june=False)
    act = {"by": county.office, "at": JUNE}
    bare = ProjectWords("示例项目", code=CODE.replace("-", ""))
    project = register_project(county.campaign, bare, **act)

    with pytest.raises(Refused) as twice:
        register_project(county.campaign, bare, **act)
    change_project(project, ProjectWords("示例项目二期"), version=1, **act)
    with pytest.raises(Conflict) as stale:
        change_project(project, ProjectWords("示例项目三期"), version=1, **act)
    with pytest.raises(Refused) as other:
        register_project(county.campaign, bare, by=county.reporter, at=JUNE)

    assert twice.value.code == "project.known"
    assert "示例项目二期" in stale.value.theirs.values()
    assert other.value.code == "office.only"
