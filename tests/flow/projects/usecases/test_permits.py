"""The checklist before construction: from the template, kept by the project's unit."""

from datetime import date

import pytest

from gongjian.flow.projects.queries import permit_template
from gongjian.flow.projects.usecases import PermitWords, begin_checklist, change_permit
from gongjian.lib.refusals import Conflict, Refused
from small_county import JUNE
from small_register import wrong_rows


def test_the_template_lies_before_a_project_once(register):
    items = begin_checklist(register.mill, by=register.clerk, at=JUNE)

    assert [item.code for item in items] == [line.code for line in permit_template("enterprise")]
    assert sum(item.applicable for item in items) < len(items)
    with pytest.raises(Refused) as no:
        begin_checklist(register.mill, by=register.clerk, at=JUNE)
    assert no.value.code == "permit.begun"
    assert wrong_rows() == []


def test_a_line_is_kept_with_its_number(register):
    item = begin_checklist(register.mill, by=register.clerk, at=JUNE)[0]
    said = PermitWords(applied_on=date(2020, 2, 1), done_on=date(2020, 2, 3), doc_no=" 示例备1号 ")

    change_permit(item, said, version=1, by=register.clerk, at=JUNE)

    assert (item.doc_no, item.done_on, item.version) == ("示例备1号", date(2020, 2, 3), 2)
    with pytest.raises(Conflict) as told:
        change_permit(item, PermitWords(), version=1, by=register.clerk, at=JUNE)
    assert (told.value.mine["文号"], told.value.theirs["文号"]) == ("未填", "示例备1号")


@pytest.mark.parametrize(
    "said",
    [
        PermitWords(done_on=date(2020, 7, 1)),
        PermitWords(applied_on=date(2020, 3, 1), done_on=date(2020, 2, 1)),
    ],
)
def test_a_permit_is_not_done_before_it_was(register, said):
    item = begin_checklist(register.mill, by=register.clerk, at=JUNE)[0]

    with pytest.raises(Refused) as no:
        change_permit(item, said, version=1, by=register.clerk, at=JUNE)

    assert no.value.code == "permit.dates"
