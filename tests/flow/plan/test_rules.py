"""One test a refusal: who may do what with a plan, and when."""

import pytest

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries import taken_candidates
from gongjian.foundation.orgs.models import Role
from gongjian.lib.refusals import Refused
from small_plan import a_candidate, a_person, a_read_plan, accept_all, an_office, an_uploaded_plan

pytestmark = pytest.mark.django_db


def code_of(rule, *about, **who):
    with pytest.raises(Refused) as no:
        rule(*about, **who)
    return no.value.code


@pytest.mark.parametrize("role", [Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN])
def test_administrators_do_not_read_the_plan(role):
    who = a_person("someone", role)

    assert code_of(rules.check_can_read_plan, who) == "business.not-for-administrators"


@pytest.mark.parametrize("role", [Role.OFFICE_REVIEWER, Role.UNIT_REPORTER, Role.COUNTY_LEADER])
def test_only_the_office_brings_plans_in_and_reviews(role):
    who = a_person("someone", role)

    rules.check_can_read_plan(who)
    assert code_of(rules.check_can_upload, who) == "office.only"
    if role == "office_reviewer":
        rules.check_can_review(who)  # the office's second account judges findings, too
    else:
        assert code_of(rules.check_can_review, who) == "review.office-only"


@pytest.mark.parametrize("name", ["a.docx", "a.WPS", "a.pdf", "a.xls", "a.et", "a.csv", "a.html"])
def test_a_plan_comes_in_a_kind_that_can_be_read(name):
    rules.check_can_bring(name, size=1)


@pytest.mark.parametrize("name", ["a.exe", "a.jpg", "a.ofd", "方案"])
def test_a_file_that_holds_no_text_is_no_plan(name):
    assert code_of(rules.check_can_bring, name, size=1) == "file.kind"


def test_a_plan_that_is_being_read_is_not_judged():
    office = an_office()
    document = an_uploaded_plan(office)

    assert code_of(rules.check_can_decide, document, by=office) == "plan.not-read"


def test_an_adopted_plan_is_not_judged_again():
    office = an_office()
    document = PlanDocument(state=PlanDocument.State.ADOPTED)

    assert code_of(rules.check_can_decide, document, by=office) == "plan.adopted"


def test_a_rejection_says_why():
    office = an_office()
    candidate = a_candidate(a_read_plan(office), "到位资金", office)

    rules.check_can_reject(candidate, by=office, why="重复")
    assert code_of(rules.check_can_reject, candidate, by=office, why=" ") == "candidate.no-reason"


def test_nothing_is_adopted_unseen():
    office = an_office()
    document = a_read_plan(office)

    code = code_of(rules.check_can_adopt, document, by=office, pending=1, taken=[])

    assert code == "plan.unseen"


def test_nothing_taken_is_nothing_to_adopt():
    office = an_office()
    document = a_read_plan(office)

    code = code_of(rules.check_can_adopt, document, by=office, pending=0, taken=[])

    assert code == "plan.nothing-taken"


def test_what_is_taken_stands_under_an_action_that_is_taken():
    office = an_office()
    document = a_read_plan(office)
    accept_all(document, office)
    taken = taken_candidates(document)
    targets = [c for c in taken if c.kind != Candidate.Kind.ACTION]

    rules.check_can_adopt(document, by=office, pending=0, taken=taken)
    code = code_of(rules.check_can_adopt, document, by=office, pending=0, taken=targets)

    assert code == "plan.homeless"
