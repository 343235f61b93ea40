"""A version of the list: put to the units, answered, decided, signed, issued, frozen."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from gongjian.documents import read_document
from gongjian.flow.duties.models import Duty, DutyList, ListLine, Opinion
from gongjian.flow.duties.queries import (
    Allotment,
    changes_in_bulk,
    consultation,
    digest_of,
    doc_no_tidied,
    duties_over,
    exported_list,
    issued_lines,
    issued_list,
    issued_number,
    leader_standing,
    lines_of,
    list_by_uid,
    list_word,
    list_xlsx,
    opinion_by_uid,
    sheet_lines,
    silent_units,
    since_issue,
    state_of,
    words_of,
)
from gongjian.flow.duties.usecases import (
    approve_list,
    assign_in_bulk,
    assign_target,
    assign_units,
    claim_lines,
    decide_opinion,
    decide_silences,
    draft_list,
    issue_list,
    name_leader,
    object_line,
    return_list,
    send_list,
    settle_list,
)
from gongjian.flow.plan.models import Campaign, Definition, Target, Task
from gongjian.flow.plan.usecases import move_node
from gongjian.foundation.orgs.models import Post, PostHolding, Role, Unit
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import grant_role
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.days import LOCAL, local_day
from gongjian.lib.refusals import Conflict, Refused
from small_county import MEASURES, small_county

pytestmark = pytest.mark.django_db
SENT = datetime(2020, 4, 29, 9, tzinfo=LOCAL)  # a Wednesday before the holidays of May
INSIDE = SENT + timedelta(hours=3)
DUE = datetime(2020, 5, 6, 18, tzinfo=LOCAL)  # Thursday counts, Friday to Tuesday do not
AFTER = DUE + timedelta(hours=1)
SENTENCE = "按职能分工定"


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def sent(county):
    draft = draft_list(county.campaign, by=county.office, at=SENT)
    return send_list(draft, version=draft.version, by=county.office, at=SENT)


def asked(county, unit, subject=None, role="lead"):
    """What one unit is asked about one piece of work."""
    found = Opinion.objects.filter(unit=county.units[unit], role=role, withdrawn_at=None)
    rows = [one for one in found if subject is None or subject.pk == one.line.target_id]
    return opinion_by_uid(rows[0].uid)


def settled(county, duties, *, at=AFTER):
    """Everybody silent, the silences kept, the list settled."""
    fresh = list_by_uid(duties.uid, reader=county.office)
    silent = [
        one
        for one in Opinion.objects.filter(line__list=duties, because_of=None, outcome="")
        if one.answer == "none" and one.withdrawn_at is None
    ]
    decide_silences(silent, SENTENCE, by=county.office, at=at)
    return settle_list(fresh, version=fresh.version, by=county.office, at=at)


def issued(county, duties, doc_no="诸攻坚办发〔2020〕3号", *, at=AFTER):
    done = settled(county, duties, at=at)
    done = approve_list(done, version=done.version, by=county.principal, at=at)
    return issue_list(
        done, doc_no, day=local_day(at), version=done.version, by=county.office, at=at
    )


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code


def test_everybody_is_asked_and_has_two_workdays(sent):
    opinions = Opinion.objects.filter(line__list=sent)

    assert sent.state == DutyList.State.CONSULTING
    assert sent.due_at == DUE
    assert {(one.unit.code, one.role) for one in opinions} == {
        ("invest", "lead"),
        ("reform", "responsible"),
    }
    assert opinions.count() == 4
    assert sent.lines.count() == 3


def test_a_unit_claims_all_its_lines_at_once(county, sent):
    mine = list(Opinion.objects.filter(unit=county.units["invest"]))

    claim_lines([opinion_by_uid(one.uid) for one in mine], by=county.approver, at=INSIDE)

    told = consultation(sent, at=INSIDE)
    assert [(unit.code, unit.claimed, unit.open) for unit in told.units] == [
        ("invest", 3, 0),
        ("reform", 0, 1),
    ]


@pytest.mark.usefixtures("sent")
def test_the_unit_that_is_named_is_asked_too_and_the_office_decides(county):
    objection = asked(county, "invest", county.signed)

    object_line(objection, county.units["reform"], "项目归口发改", by=county.approver, at=INSIDE)
    ask = objection.asks.get()
    early = code_of(
        decide_opinion,
        opinion_by_uid(objection.uid),
        "moved",
        SENTENCE,
        version=objection.version,
        by=county.office,
        at=INSIDE,
    )
    claim_lines([opinion_by_uid(ask.uid)], by=county.other_approver, at=INSIDE)
    decide_opinion(
        opinion_by_uid(objection.uid),
        "moved",
        SENTENCE,
        stays="supporting",
        version=objection.version,
        by=county.office,
        at=INSIDE,
    )

    assert (ask.unit.code, ask.role) == ("reform", "lead")
    assert early == "opinion.not-heard"
    words = words_of(duties_over(county.signed))
    assert (words.lead, words.supporting, words.fills) == ("发改", "投促", "发改")
    ask.refresh_from_db()
    assert ask.sentence == SENTENCE


@pytest.mark.usefixtures("sent")
def test_keeping_needs_no_hearing_and_changes_no_duty(county):
    before = words_of(duties_over(county.signed))
    objection = asked(county, "invest", county.signed)
    object_line(objection, county.units["reform"], "理由", by=county.approver, at=INSIDE)

    decide_opinion(
        objection, "kept", SENTENCE, version=objection.version, by=county.office, at=INSIDE
    )

    assert words_of(duties_over(county.signed)) == before


@pytest.mark.parametrize(("outcome", "unit"), [("kept", None), ("other", "office")])
def test_a_decision_ends_what_was_asked_because_of_the_objection(county, sent, outcome, unit):
    objection = asked(county, "invest", county.signed)
    object_line(objection, county.units["reform"], "理由", by=county.approver, at=INSIDE)
    ask = objection.asks.get()

    decide_opinion(
        opinion_by_uid(objection.uid), outcome, SENTENCE,
        unit=county.units[unit] if unit else None,
        version=objection.version, by=county.office, at=INSIDE,
    )  # fmt: skip

    ask = opinion_by_uid(ask.uid)
    assert state_of(ask, at=INSIDE) == state_of(ask, at=AFTER) == "over"
    open_still = [o for o in sent_opinions(sent) if not o.outcome and o.answer == "none"]
    assert consultation(sent, at=INSIDE).waiting == len(open_still)
    assert code_of(claim_lines, [ask], by=county.other_approver, at=INSIDE) == "opinion.settled"


def sent_opinions(sent):
    return Opinion.objects.filter(line__list=sent, withdrawn_at=None)


@pytest.mark.usefixtures("sent")
def test_who_leads_a_line_gets_no_second_part_on_it(county):
    line, helps = asked(county, "invest", county.signed).line, county.units["reform"]
    line.opinions.exclude(unit=county.units["invest"]).delete()
    part = Opinion.objects.create(
        line=line, unit=helps, role="responsible", asked_at=SENT, due_at=DUE
    )

    code = code_of(
        object_line, part, county.units["invest"], "理由", by=county.other_approver, at=INSIDE
    )

    assert code == "opinion.leads-already"


def test_opinions_stand_in_the_order_of_the_list(county, sent):
    line = sent.lines.get(target=county.signed)
    line.opinions.all().delete()
    for unit, role in (("reform", "supporting"), ("office", "supporting"), ("invest", "lead")):
        Opinion.objects.create(
            line=line, unit=county.units[unit], role=role, asked_at=SENT, due_at=DUE
        )

    def names():
        return silent_units(sent, at=AFTER)[line.subject_key]

    official = names()
    sent.unit_order = "given"
    assert (official, names()) == ("投促、攻坚办、发改", "发改、攻坚办、投促")


@pytest.mark.usefixtures("sent")
def test_a_third_unit_is_told_what_was_decided(county):
    objection = asked(county, "invest", county.signed)
    object_line(objection, county.units["reform"], "理由", by=county.approver, at=INSIDE)

    decide_opinion(
        objection,
        "other",
        SENTENCE,
        unit=county.units["office"],
        version=objection.version,
        by=county.office,
        at=INSIDE,
    )

    told = Opinion.objects.get(unit=county.units["office"])
    assert (told.outcome, told.sentence) == ("kept", SENTENCE)
    assert words_of(duties_over(county.signed)).lead == "攻坚办"


def test_silence_is_shown_and_has_to_be_decided(county, sent):
    opinion = asked(county, "invest", county.signed)

    told = consultation(sent, at=AFTER)
    refused = code_of(settle_list, sent, version=sent.version, by=county.office, at=AFTER)
    settled(county, sent)

    assert (told.silent, told.waiting, told.undecided) == (4, 0, 4)
    assert state_of(opinion, at=AFTER) == "silent"
    assert refused == "list.undecided"
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.sentence) == ("none", SENTENCE)


def test_nobody_settles_while_units_may_answer(county, sent):
    assert (
        code_of(settle_list, sent, version=sent.version, by=county.office, at=INSIDE)
        == "list.units-may-answer"
    )


@pytest.mark.parametrize(
    ("who", "at", "code"),
    [
        ("other_approver", INSIDE, "opinion.not-yours"),
        ("reporter", INSIDE, "opinion.head-answers"),
        ("principal", INSIDE, "opinion.not-yours"),
        ("office", INSIDE, "opinion.no-paper"),
        ("approver", DUE, "opinion.late"),
        ("approver", AFTER, "opinion.late"),
    ],
)
@pytest.mark.usefixtures("sent")
def test_who_may_not_answer_is_told_why(county, who, at, code):
    opinion = asked(county, "invest", county.signed)

    assert code_of(claim_lines, [opinion], by=county.people[who], at=at) == code


@pytest.mark.usefixtures("sent")
def test_the_last_second_is_in_time(county):
    opinion = asked(county, "invest", county.signed)

    claim_lines([opinion], by=county.approver, at=DUE - timedelta(seconds=1))

    opinion.refresh_from_db()
    assert opinion.answer == "claimed"


@pytest.mark.usefixtures("sent")
def test_the_office_enters_a_letter(county):
    opinion = asked(county, "invest", county.signed)

    claim_lines([opinion], paper="投促函〔2020〕1号", by=county.office, at=INSIDE)

    opinion.refresh_from_db()
    assert (opinion.answer, opinion.paper) == ("claimed", "投促函〔2020〕1号")


@pytest.mark.usefixtures("sent")
def test_a_unit_answers_once(county):
    opinion = asked(county, "invest", county.signed)
    reform = county.units["reform"]
    object_line(opinion, reform, "理由", by=county.approver, at=INSIDE)

    again = opinion_by_uid(opinion.uid)
    assert code_of(object_line, again, reform, "又一个", by=county.approver, at=INSIDE) == (
        "opinion.answered"
    )
    assert code_of(claim_lines, [again], by=county.approver, at=INSIDE) == "opinion.answered"


@pytest.mark.usefixtures("sent")
def test_an_old_page_objects_to_nothing_twice(county):
    opinion = asked(county, "invest", county.signed)
    stale = opinion_by_uid(opinion.uid)
    claim_lines([opinion], by=county.approver, at=INSIDE)

    code = code_of(
        object_line, stale, county.units["reform"], "理由", by=county.approver, at=INSIDE
    )

    assert code == "opinion.answered"
    assert not Opinion.objects.filter(because_of=opinion).exists()


@pytest.mark.parametrize(
    ("better", "reason", "code"),
    [
        (None, "理由", "opinion.no-better"),
        ("invest", "理由", "opinion.better-is-self"),
        ("reform", " ", "opinion.no-reason"),
        ("reform", "长" * 5000, "duty.too-long"),
    ],
)
@pytest.mark.usefixtures("sent")
def test_an_objection_names_another_unit_and_says_why(county, better, reason, code):
    opinion = asked(county, "invest", county.signed)
    unit = county.units[better] if better else None

    assert code_of(object_line, opinion, unit, reason, by=county.approver, at=INSIDE) == code


@pytest.mark.usefixtures("sent")
def test_a_unit_that_ended_meanwhile_is_not_the_better_one(county):
    Unit.objects.filter(code="reform").update(valid_to=date(2020, 4, 1))
    gone = Unit.objects.get(code="reform")
    opinion = asked(county, "invest", county.signed)

    assert (
        code_of(object_line, opinion, gone, "理由", by=county.approver, at=INSIDE)
        == "opinion.unit-ended"
    )


@pytest.mark.parametrize(
    ("outcome", "sentence", "unit", "code"),
    [
        ("", "话", None, "opinion.no-outcome"),
        ("kept", "", None, "opinion.no-sentence"),
        ("kept", "长" * 5000, None, "duty.too-long"),
        ("other", "话", None, "opinion.no-unit"),
        ("other", "话", "invest", "opinion.same-unit"),
    ],
)
@pytest.mark.usefixtures("sent")
def test_a_decision_is_whole(county, outcome, sentence, unit, code):
    opinion = asked(county, "invest", county.signed)
    object_line(opinion, county.units["reform"], "理由", by=county.approver, at=INSIDE)

    assert (
        code_of(
            decide_opinion,
            opinion,
            outcome,
            sentence,
            unit=county.units[unit] if unit else None,
            version=opinion.version,
            by=county.office,
            at=INSIDE,
        )
        == code
    )


@pytest.mark.usefixtures("sent")
def test_what_was_decided_is_not_decided_again(county):
    opinion = asked(county, "invest", county.signed)
    object_line(opinion, county.units["reform"], "理由", by=county.approver, at=INSIDE)
    stale = opinion_by_uid(opinion.uid)
    decide = {"version": opinion.version, "by": county.office, "at": INSIDE}
    decide_opinion(opinion, "kept", SENTENCE, **decide)

    assert code_of(decide_opinion, opinion, "kept", "再定", **decide) == "opinion.decided"
    with pytest.raises(Conflict) as no:
        decide_opinion(stale, "kept", "再定", **decide)
    assert no.value.code == "opinion.changed"
    assert SENTENCE in no.value.theirs.values()


@pytest.mark.parametrize(
    ("state", "code"), [("open", "opinion.not-due"), ("claimed", "opinion.claimed")]
)
@pytest.mark.usefixtures("sent")
def test_what_needs_no_decision_gets_none(county, state, code):
    opinion = asked(county, "invest", county.signed)
    if state == "claimed":
        claim_lines([opinion], by=county.approver, at=INSIDE)
        opinion = opinion_by_uid(opinion.uid)

    decide = {"version": opinion.version, "by": county.office, "at": INSIDE}
    assert code_of(decide_opinion, opinion, "kept", SENTENCE, **decide) == code


def test_an_empty_list_is_not_sent(county):
    empty = Campaign.objects.create(name="空", year=2021)
    draft = draft_list(empty, by=county.office, at=SENT)

    assert code_of(send_list, draft, version=1, by=county.office, at=SENT) == "list.empty"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"role": "responsible"}, "list.no-lead"), ({"confirmed": None}, "list.unconfirmed")],
)
def test_what_is_not_whole_is_not_sent(county, change, code):
    duty = Duty.objects.get(task=county.task)
    if "role" in change:
        duty.role = change["role"]
    else:
        duty.confirmed_by = duty.confirmed_at = None
    duty.save()
    draft = draft_list(county.campaign, by=county.office, at=SENT)

    assert code_of(send_list, draft, version=1, by=county.office, at=SENT) == code


@pytest.mark.usefixtures("sent")
def test_one_version_is_in_the_making(county):
    assert code_of(draft_list, county.campaign, by=county.office, at=SENT) == "list.in-the-making"


def test_whoever_drafted_does_not_sign(county, sent):
    grant_role(county.office, Role.PRINCIPAL_LEADER, by=None, at=SENT)
    both = account("office", on=local_day(AFTER))
    done = settled(county, sent)

    assert code_of(approve_list, done, version=done.version, by=both, at=AFTER) == "list.own-draft"
    assert (
        code_of(approve_list, done, version=done.version, by=county.leader, at=AFTER)
        == "list.principal-signs"
    )


def test_a_principal_leader_sends_it_back_with_the_reason(county, sent):
    done = settled(county, sent)

    assert code_of(return_list, done, " ", version=done.version, by=county.principal, at=AFTER) == (
        "list.no-reason"
    )
    back = return_list(done, "外资两项再议", version=done.version, by=county.principal, at=AFTER)

    assert (back.state, back.returned_why) == ("consulting", "外资两项再议")
    again = settle_list(back, version=back.version, by=county.office, at=AFTER)
    assert again.state == "decided"


def test_a_stale_page_moves_nothing(county, sent):
    done = settled(county, sent)
    stale = list_by_uid(sent.uid, reader=county.office)
    approve_list(done, version=done.version, by=county.principal, at=AFTER)

    with pytest.raises(Conflict) as no:
        approve_list(stale, version=stale.version, by=county.principal, at=AFTER)

    assert no.value.code == "list.changed"


@pytest.mark.parametrize(
    ("doc_no", "code"),
    [
        ("", "list.no-doc-no"),
        ("12号", "list.doc-no-shape"),
        ("诸攻坚办发〔20〕3号", "list.doc-no-shape"),
        ("诸" * 5000, "list.doc-no-shape"),
        ("诸攻坚办发〔1999〕4号", "list.doc-no-year"),
        ("诸攻坚办发〔2019〕4号", "list.doc-no-year"),
        ("诸攻坚办发〔2021〕4号", "list.doc-no-year"),
    ],
)
def test_nothing_is_issued_without_its_number(county, sent, doc_no, code):
    assert code_of(issued, county, sent, doc_no) == code


def test_doc_no_tidied_takes_any_brackets():
    assert doc_no_tidied("诸攻坚办发[2020] 3 号") == "诸攻坚办发〔2020〕3号"
    assert doc_no_tidied("诸攻坚办发（2020）3号") == "诸攻坚办发〔2020〕3号"


@pytest.mark.parametrize("day", [date(2020, 5, 5), date(2020, 5, 7)])
def test_it_is_issued_between_its_signature_and_today(county, sent, day):
    done = settled(county, sent)
    done = approve_list(done, version=done.version, by=county.principal, at=AFTER)

    code = code_of(
        issue_list,
        done,
        "诸攻坚办发〔2020〕3号",
        day=day,
        version=done.version,
        by=county.office,
        at=AFTER,
    )

    assert code == "list.issue-day"


def test_the_issue_is_frozen_in_rows_and_bytes(county, sent):
    done = issued(county, sent)
    before = exported_list(county.campaign, on=local_day(AFTER), by="某")

    assign_target(
        county.signed,
        Allotment(lead=county.units["reform"], fills=county.units["reform"]),
        basis="专题会议纪要第3期",
        by=county.office,
        at=AFTER + timedelta(days=1),
    )

    after = exported_list(county.campaign, on=local_day(AFTER), by="某")
    assert after == before
    assert done.sha256 == digest_of(done.content)
    assert done.register_no == "ZQ-2020-001"
    line = ListLine.objects.get(list=done, target=county.signed)
    assert line.words == done.content["rows"][0]
    assert line.words["lead"]["short"] == "投促"
    mine = ("dutylist", "listline", "opinion")
    assert [
        f
        for f in audit_findings()
        if str(f).lower().find("dutylist") > 0 or any(m in str(f) for m in mine)
    ] == []


def test_after_the_issue_a_change_has_a_basis(county, sent):
    issued(county, sent)
    allotment = Allotment(lead=county.units["reform"], fills=county.units["reform"])

    assert (
        code_of(assign_target, county.signed, allotment, by=county.office, at=AFTER)
        == "duty.no-basis"
    )
    assert (
        code_of(
            assign_target, county.signed, allotment, basis="长" * 5000, by=county.office, at=AFTER
        )
        == "duty.too-long"
    )


def test_the_next_version_asks_about_what_changed_alone(county, sent):
    issued(county, sent)
    later = AFTER + timedelta(days=1)
    draft = draft_list(county.campaign, by=county.office, at=later)
    unchanged = code_of(send_list, draft, version=1, by=county.office, at=later)
    assign_target(
        county.signed,
        Allotment(lead=county.units["reform"], fills=county.units["reform"]),
        basis="纪要第3期",
        by=county.office,
        at=later,
    )

    second = send_list(draft, version=1, by=county.office, at=later)
    done = issued(county, second, "诸攻坚办发〔2020〕9号", at=second.due_at)

    assert unchanged == "list.empty"
    assert [line.target for line in second.lines.filter(consulted=True)] == [county.signed]
    assert done.lines.count() == 3
    changed = done.lines.get(target=county.signed)
    assert (changed.before["lead"]["short"], changed.words["lead"]["short"]) == ("投促", "发改")
    assert done.lines.get(task=county.task).before == {}
    assert issued_list(county.campaign) == done
    assert len(issued_lines(done)) == 3


def test_a_number_is_given_once(county, sent):
    issued(county, sent)
    later = AFTER + timedelta(days=1)
    assign_target(
        county.signed,
        Allotment(lead=county.units["reform"], fills=county.units["reform"]),
        basis="纪要",
        by=county.office,
        at=later,
    )
    draft = draft_list(county.campaign, by=county.office, at=later)
    second = send_list(draft, version=1, by=county.office, at=later)

    assert code_of(issued, county, second, at=second.due_at) == "list.doc-no-taken"


def test_while_it_waits_for_the_signature_no_duty_moves(county, sent):
    settled(county, sent)
    allotment = Allotment(lead=county.units["reform"])

    assert (
        code_of(assign_units, county.task, allotment, by=county.office, at=AFTER)
        == "duty.list-closed"
    )


@pytest.mark.usefixtures("sent")
def test_a_change_under_consultation_asks_the_new_unit_anew(county):
    opinion = asked(county, "invest", county.signed)
    claim_lines([opinion], by=county.approver, at=INSIDE)

    assign_target(
        county.signed,
        Allotment(lead=county.units["reform"], fills=county.units["reform"]),
        by=county.office,
        at=INSIDE,
    )

    opinion.refresh_from_db()
    assert opinion.withdrawn_at == INSIDE
    fresh = asked(county, "reform", county.signed)
    assert (fresh.answer, fresh.asked_at) == ("none", INSIDE)
    assert code_of(claim_lines, [opinion_by_uid(opinion.uid)], by=county.approver, at=INSIDE) == (
        "opinion.withdrawn"
    )


def test_in_bulk_old_stands_beside_new(county):
    reform = county.units["reform"]
    subjects = [county.signed, county.started, county.task]

    changes = changes_in_bulk(subjects, reform, "lead", old_lead="supporting")

    assert [(c.before.lead, c.after.lead, c.after.supporting, c.loses_lead) for c in changes] == [
        ("投促", "发改", "投促", "投促"),
        ("投促", "发改", "投促", "投促"),
        ("投促", "发改", "投促", "投促"),
    ]
    seen = {change.uid: change.token for change in changes}
    assign_in_bulk(
        subjects, reform, "lead", old_lead="supporting", seen=seen, by=county.office, at=SENT
    )
    leads = {line.lead.code for line in sheet_lines(county.campaign, on=local_day(SENT))}
    assert leads == {"reform"}


def test_in_bulk_all_or_nothing(county):
    invest, reform = county.units["invest"], county.units["reform"]
    subjects = [county.signed, county.task]
    seen = {c.uid: c.token for c in changes_in_bulk(subjects, reform, "lead", old_lead="")}
    assign_units(county.task, Allotment(lead=county.units["office"]), by=county.office, at=SENT)

    with pytest.raises(Conflict) as no:
        assign_in_bulk(subjects, reform, "lead", seen=seen, by=county.office, at=SENT)

    assert no.value.code == "bulk.changed"
    assert words_of(duties_over(county.signed)).lead == "投促"
    seen = {c.uid: c.token for c in changes_in_bulk([county.signed], invest, "lead", old_lead="")}
    act = {"seen": seen, "by": county.office, "at": SENT}
    assert code_of(assign_in_bulk, [county.signed], invest, "lead", **act) == "bulk.all-skipped"
    assert code_of(assign_in_bulk, [], invest, "lead", **act) == "bulk.nothing"
    assert code_of(assign_in_bulk, [county.signed], invest, "boss", **act) == "bulk.role"


def another_post(county):
    return Post.objects.create(
        unit=county.units["leaders"],
        name="市长",
        kind=Post.Kind.LEADER,
        valid_from=date(2019, 1, 1),
    )


@pytest.mark.parametrize("signed", [False, True])
def test_while_it_waits_for_the_signature_no_leader_changes(county, sent, signed):
    post = another_post(county)
    done = settled(county, sent)
    if signed:
        approve_list(done, version=done.version, by=county.principal, at=AFTER)
    before = leader_standing(county.signed.action, on=local_day(AFTER))

    for subject in (county.signed, county.signed.action, county.task):
        code = code_of(name_leader, subject, post, basis="纪要", by=county.office, at=AFTER)
        assert code == "duty.list-closed"

    assert leader_standing(county.signed.action, on=local_day(AFTER)) == before


def test_after_the_issue_a_leader_changes_on_a_basis_alone(county, sent):
    post = another_post(county)
    issued(county, sent)

    code = code_of(name_leader, county.signed, post, by=county.office, at=AFTER)
    named = name_leader(county.signed, post, basis="纪要第3期", by=county.office, at=AFTER)

    assert code == "duty.no-basis"
    assert named.basis == "纪要第3期"


def test_who_sponsors_a_project_is_not_in_the_list(county, sent):
    issued(county, sent)
    project = county.campaign.projects.create(name="示例项目")

    assert name_leader(project, another_post(county), by=county.office, at=AFTER).basis == ""


def test_what_is_issued_is_what_was_signed(county, sent):
    done = settled(county, sent)
    done = approve_list(done, version=done.version, by=county.principal, at=AFTER)
    signed = exported_list(county.campaign, on=local_day(AFTER), by="某", draft=True).lines
    county.task.measures = "签发以后改的措施"
    county.task.save()
    waiting = exported_list(county.campaign, on=local_day(AFTER), by="某", draft=True).lines

    done = issue_list(
        done,
        "诸攻坚办发〔2020〕3号",
        day=local_day(AFTER),
        version=done.version,
        by=county.office,
        at=AFTER,
    )

    assert "签发以后改的措施" not in str(done.content)
    assert done.content["signed_by"] == county.principal.display_name
    assert done.sha256 == digest_of(done.content)
    assert [line.measures for line in waiting] == [line.measures for line in signed]
    live = {line.uid: line for line in sheet_lines(county.campaign, on=local_day(AFTER))}
    frozen = issued_lines(done)[str(county.task.uid)]
    assert not live[str(county.task.uid)].same_as(frozen)


def test_a_leader_named_under_consultation_puts_the_line_to_its_units(county, sent):
    issued(county, sent)
    later = AFTER + timedelta(days=1)
    allotment = Allotment(lead=county.units["reform"], fills=county.units["reform"])
    assign_target(county.signed, allotment, basis="纪要", by=county.office, at=later)
    draft = draft_list(county.campaign, by=county.office, at=later)
    second = send_list(draft, version=1, by=county.office, at=later)

    name_leader(county.task, another_post(county), basis="纪要", by=county.office, at=later)

    assert {line.subject_key for line in second.lines.all()} == {
        ("target", county.signed.pk),
        ("task", county.task.pk),
    }
    assert Opinion.objects.filter(line__list=second, line__task=county.task).count() == 1


@pytest.mark.usefixtures("sent")
def test_a_part_that_a_decision_ended_is_asked_of_nobody(county):
    units = county.units
    allotment = Allotment(
        lead=units["invest"], fills=units["invest"], supporting=(units["reform"],)
    )
    assign_target(county.signed, allotment, by=county.office, at=SENT)
    objection = asked(county, "invest", county.signed)
    old = asked(county, "reform", county.signed, role="supporting")
    object_line(objection, units["reform"], "理由", by=county.approver, at=INSIDE)
    ask = opinion_by_uid(objection.asks.get().uid)
    claim_lines([ask], by=county.other_approver, at=INSIDE)

    decide = {"version": objection.version, "by": county.office, "at": INSIDE}
    decide_opinion(opinion_by_uid(objection.uid), "moved", SENTENCE, **decide)

    old.refresh_from_db()
    ask.refresh_from_db()
    assert (old.withdrawn_at, ask.withdrawn_at) == (INSIDE, None)


def test_what_came_without_a_lead_unit_is_neither_settled_nor_signed(county, sent):
    done = settled(county, sent)
    Task.objects.create(
        action=county.signed.action, seq=9, title="新加的任务", deadline=date(2020, 12, 31)
    )

    sign = {"version": done.version, "by": county.principal, "at": AFTER}
    assert code_of(approve_list, done, **sign) == "list.no-lead"
    back = return_list(done, "新加的任务没有牵头单位", **sign)
    settle = {"version": back.version, "by": county.office, "at": AFTER}
    assert code_of(settle_list, back, **settle) == "list.no-lead"


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        ("leader", "牵头领导 3 项"),
        ("measures", "工作措施 1 项"),
        ("definition", "口径 1 项"),
    ],
)
def test_a_blank_in_the_five_is_neither_settled_nor_signed(county, sent, blank, said):
    done = settled(county, sent)
    if blank == "leader":
        PostHolding.objects.update(valid_to=date(2020, 5, 1))  # the post stands vacant
    elif blank == "definition":
        Definition.objects.filter(task=county.task).delete()
    else:
        Target.objects.filter(pk=county.signed.pk).update(measures=" ")
    sign = {"version": done.version, "by": county.principal, "at": AFTER}

    with pytest.raises(Refused) as unsigned:
        approve_list(done, **sign)
    back = return_list(done, "五定不全", **sign)
    unsettled = code_of(settle_list, back, version=back.version, by=county.office, at=AFTER)

    assert (unsigned.value.code, unsettled) == ("list.gaps", "list.gaps")
    assert said in unsigned.value.sentence


def test_who_is_refused_after_the_signature_is_not_sent_to_have_it_returned(county, sent):
    done = settled(county, sent)
    approve_list(done, version=done.version, by=county.principal, at=AFTER)

    with pytest.raises(Refused) as no:
        assign_units(
            county.task, Allotment(lead=county.units["reform"]), by=county.office, at=AFTER
        )

    assert "退回" not in no.value.sentence
    assert "印发以后再改" in no.value.sentence


def test_the_issue_says_who_never_answered(county, sent):
    opinion = asked(county, "invest", county.signed)
    claim_lines([opinion], by=county.approver, at=INSIDE)

    done = issued(county, sent)

    silent = {row["code"]: row["silent"] for row in done.content["rows"]}
    assert silent == {"1-1": "", "1-2": "投促、发改", "1-3": "投促"}
    exported = exported_list(county.campaign, on=local_day(AFTER), by="某")
    paper = read_document("list.docx", list_word(exported)).text
    assert "到期未答复：1-2 投促、发改；1-3 投促。" in paper
    assert MEASURES in paper
    assert "（发改填报）" in paper
    words, page = sheet_of(list_xlsx(exported))
    assert "未答复" in words
    assert "填报单位" in words
    assert '<mergeCell ref="A3:M3"/>' in page
    assert "1　双招双引" in words


def sheet_of(content):
    book = ZipFile(BytesIO(content))
    return [book.read(f"xl/{part}.xml").decode() for part in ("sharedStrings", "worksheets/sheet1")]


def test_a_line_moved_after_the_issue_says_its_number_on_paper(county, sent):
    issued(county, sent)
    node = Target.objects.get(pk=county.signed.pk)
    later = AFTER + timedelta(days=1)

    def said():
        day = local_day(later)
        duty = lines_of(actions=(), targets=[node.pk], tasks=(), on=day)["target", node.pk]
        return since_issue(node, duty)

    was = f"{node.action.seq}-{node.seq}"
    assert said() is None
    assert issued_number(node) == ("诸攻坚办发〔2020〕3号", was)

    node = move_node(node, 1, version=node.version, by=county.office, at=later)

    assert dict(said().said) == {"编号": was}
    assert issued_number(node)[1] == was
    assert issued_number(county.started.action) is None
