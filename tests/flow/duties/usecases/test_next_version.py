"""What the version after an issue says, and what it asks nobody about."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.documents import read_document
from gongjian.flow.duties.models import Duty, Opinion
from gongjian.flow.duties.queries import (
    Allotment,
    duties_over,
    exported_list,
    lines_of,
    lines_to_ask,
    list_by_uid,
    list_json,
    list_word,
    list_xlsx,
    one_page,
    opinion_by_uid,
    since_issue,
    words_of,
)
from gongjian.flow.duties.usecases import (
    arrange_list,
    assign_target,
    decide_opinion,
    decide_silences,
    draft_list,
    object_line,
    return_list,
    send_list,
    settle_list,
)
from gongjian.flow.plan.models import Target
from gongjian.flow.plan.usecases import end_node, move_node
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.usecases import rename_unit
from gongjian.foundation.records.models import LogEntry, LogRow
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused
from small_county import small_county
from small_list import DUE, SENT, first_issue, signed

pytestmark = pytest.mark.django_db
LATER = DUE + timedelta(days=1)
DAY = local_day(LATER)
SENTENCE = "到期未答复，按征求意见稿执行"


@pytest.fixture
def county():
    """发改 and 攻坚办 answer for 新签约项目, in this order; V1 is issued."""
    county = small_county(june=False)
    units = county.units
    given = Allotment(
        lead=units["invest"], fills=units["invest"], responsible=(units["reform"], units["office"])
    )
    assign_target(county.signed, given, by=county.office, at=SENT)
    return county


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code


def opinions(duties):
    found = Opinion.objects.filter(line__list=duties, outcome="")
    return [opinion_by_uid(one.uid) for one in found]


def paper(county):
    return exported_list(county.campaign, on=DAY, by="攻坚办", draft=True)


def altered():
    """What the log says of rows and entries that it knows."""
    skipped = ("anchor-missing", "row-inserted")  # a small county is not noted
    return [one for one in audit_findings() if one.code not in skipped]


def words_in(content, name="list.docx"):
    return read_document(name, content).text


def test_a_version_that_only_takes_out_is_settled_without_asking(county):
    first_issue(county)
    for node in (county.milestone, county.task):
        end_node(node, "不再单列", version=node.version, by=county.office, at=LATER)
    draft = draft_list(county.campaign, by=county.office, at=LATER)

    sending = code_of(send_list, draft, version=draft.version, by=county.office, at=LATER)
    done = settle_list(draft, version=draft.version, by=county.office, at=LATER)
    back = return_list(done, "再看看", version=done.version, by=county.principal, at=LATER)
    back_to = back.state
    issued = signed(county, back, "诸攻坚办发〔2020〕9号", at=LATER)

    assert (sending, back_to) == ("list.nothing-to-ask", "draft")
    assert (issued.state, issued.sent_at, issued.due_at) == ("issued", None, None)
    assert [row["title"] for row in issued.content["removed"]] == [county.task.title]
    assert not Opinion.objects.filter(line__list=issued).exists()
    assert list_by_uid(issued.uid, reader=county.reporter) == issued
    assert altered() == []


def test_a_version_that_asks_or_differs_in_nothing_is_not_settled_as_a_draft(county):
    first_issue(county)
    draft = draft_list(county.campaign, by=county.office, at=LATER)

    nothing = code_of(settle_list, draft, version=draft.version, by=county.office, at=LATER)
    new = Allotment(lead=county.units["reform"], fills=county.units["reform"])
    assign_target(county.signed, new, basis="纪要第3期", by=county.office, at=LATER)
    asks = code_of(settle_list, draft, version=draft.version, by=county.office, at=LATER)

    assert (nothing, asks) == ("list.empty", "list.not-asked")


def test_a_line_moved_after_the_issue_is_told_and_asked_of_nobody(county):
    first_issue(county)
    node = Target.objects.get(pk=county.signed.pk)
    page_before = one_page(node, on=DAY, by="攻坚办").version

    move_node(node, 1, version=node.version, by=county.office, at=LATER)

    assert lines_to_ask(county.campaign, on=DAY) == []
    found = paper(county)
    moved = {line.title: found.changed(line) for line in found.lines if found.changed(line)}
    assert moved["新签约项目"] == {"code": ("1-1", "1-2")}
    assert "改动0项，新增0项，调出0项，编号变动2项" in words_in(list_word(found))
    assert "编号：1-1 → 1-2" in words_in(list_xlsx(found), "list.xlsx")
    page = one_page(Target.objects.get(pk=node.pk), on=DAY, by="攻坚办")
    assert page_before == "V1 诸攻坚办发〔2020〕3号"
    assert (page.code, page.version) == ("1-2", "V1 诸攻坚办发〔2020〕3号（该版编号 1-1）")


def test_a_unit_that_was_renamed_is_no_change_and_old_papers_keep_its_name(county):
    first = first_issue(county)
    for name in ("invest", "reform"):
        unit = Unit.objects.get(pk=county.units[name].pk)
        rename_unit(
            unit, name=f"新{unit.name}局", short_name=f"新{unit.short_name}", from_day=DAY,
            basis="机改", version=unit.version, by=county.sysadmin, at=LATER,
        )  # fmt: skip

    node = Target.objects.get(pk=county.signed.pk)
    duty = lines_of(actions=(), targets=[node.pk], tasks=(), on=DAY)["target", node.pk]
    found = paper(county)

    assert duty.lead == "新投促"
    assert since_issue(node, duty) is None
    assert lines_to_ask(county.campaign, on=DAY) == []
    assert not any(found.changed(line) for line in found.lines)
    assert "与上一版相比没有改动" in words_in(list_word(found))
    frozen = exported_list(county.campaign, on=DAY, by="攻坚办", version=first.number)
    assert {row["lead"]["short"] for row in json.loads(list_json(frozen))["rows"]} == {"投促"}


def test_a_successor_is_another_unit(county):
    first_issue(county)
    new = Unit.objects.create(code="new", name="投促", short_name="投促", kind="department")
    Duty.objects.filter(unit=county.units["invest"]).update(unit=new)

    node = Target.objects.get(pk=county.signed.pk)
    duty = lines_of(actions=(), targets=[node.pk], tasks=(), on=DAY)["target", node.pk]

    assert len(lines_to_ask(county.campaign, on=DAY)) == 3
    assert dict(since_issue(node, duty).said) == {"牵头单位": "投促", "填报单位": "投促"}


def reordered(county):
    units = county.units
    return Allotment(
        lead=units["invest"], fills=units["invest"], responsible=(units["office"], units["reform"])
    )


def test_another_order_alone_wants_no_basis_where_papers_have_the_official_one(county):
    first_issue(county)
    draft = draft_list(county.campaign, by=county.office, at=LATER)

    assign_target(county.signed, reordered(county), by=county.office, at=LATER)

    assert words_of(duties_over(county.signed)).responsible == "攻坚办、发改"
    assert code_of(send_list, draft, version=draft.version, by=county.office, at=LATER) == (
        "list.empty"
    )


def test_another_order_keeps_the_basis_on_which_the_units_were_changed(county):
    first_issue(county)
    units = county.units
    new = Allotment(
        lead=units["reform"], fills=units["reform"], responsible=(units["invest"], units["office"])
    )
    assign_target(county.signed, new, basis="纪要第3期", by=county.office, at=LATER)
    other = Allotment(
        lead=units["reform"], fills=units["reform"], responsible=(units["office"], units["invest"])
    )

    assign_target(county.signed, other, by=county.office, at=LATER)

    assert {duty.basis for duty in duties_over(county.signed)} == {"纪要第3期"}


def test_another_order_is_asked_of_nobody_while_a_version_is_out(county):
    first_issue(county)
    new = Allotment(lead=county.units["reform"], fills=county.units["reform"])
    assign_target(county.started, new, basis="纪要第3期", by=county.office, at=LATER)
    draft = draft_list(county.campaign, by=county.office, at=LATER)
    sent = send_list(draft, version=draft.version, by=county.office, at=LATER)

    assign_target(county.signed, reordered(county), by=county.office, at=LATER)

    assert [line.target for line in sent.lines.all()] == [county.started]


def test_another_order_wants_its_basis_where_papers_keep_the_one_given(county):
    first_issue(county, "given")

    assert code_of(assign_target, county.signed, reordered(county), by=county.office, at=LATER) == (
        "duty.no-basis"
    )


def test_the_paper_speaks_of_an_order_only_where_it_has_one(county):
    official = words_in(list_word(paper(county)))
    draft = draft_list(county.campaign, by=county.office, at=LATER)
    arrange_list(draft, "given", version=draft.version, by=county.office, at=LATER)

    assert "责任单位各办其事" in official
    assert "按顺序" not in official
    assert "责任单位按顺序各办其事" in words_in(list_word(paper(county)))


def test_an_issued_paper_says_beside_the_list_what_its_first_page_has_no_room_for(county):
    first_issue(county)
    issued = words_in(list_word(exported_list(county.campaign, on=DAY, by="攻坚办")))
    asked = words_in(list_word(paper(county)))

    assert issued.index("附件：") < issued.index("责任单位各办其事")
    assert asked.index("责任单位各办其事") < asked.index("附件：")


def decided_log(found, after):
    """What the log keeps of deciding these, after an entry of it."""
    entries = LogEntry.objects.filter(act="opinion.decided", seq__gt=after).order_by("seq")
    places = {str(one.uid): place for place, one in enumerate(found)}
    return [
        [(row.table, places.get(str(row.row), "ask"), row.deed)
         for row in LogRow.objects.filter(entry=entry).order_by("pk")]
        for entry in entries
    ]  # fmt: skip


def asked_with_an_objection(county):
    """A list that is out, with an objection and what it asks, and silences."""
    draft = draft_list(county.campaign, by=county.office, at=SENT)
    sent = send_list(draft, version=draft.version, by=county.office, at=SENT)
    objection = opinions(sent)[0]
    object_line(objection, county.units["office"], "不归我们", by=county.approver, at=SENT)
    return [one for one in opinions(sent) if one.because_of_id is None]


def test_silences_decided_at_once_are_as_if_decided_one_by_one(county):
    found = asked_with_an_objection(county)
    kept = [(one.outcome, one.sentence, one.version) for one in found]

    for one in found:
        decide_opinion(one, "kept", SENTENCE, version=one.version, by=county.office, at=DUE)
    singly = state(found), decided_log(found, 0)
    last = LogEntry.objects.order_by("-seq")[0].seq
    fresh = again(found, kept)
    with CaptureQueriesContext(connection) as asked:
        decide_silences(fresh, SENTENCE, by=county.office, at=DUE)

    assert (state(fresh), decided_log(fresh, last)) == singly
    assert len(singly[1]) == len(found) > 3
    assert len(asked) < 30
    assert altered() == []


def state(found):
    rows = Opinion.objects.filter(line__list=found[0].line.list).order_by("pk")
    return [
        (one.outcome, one.sentence, one.decided_by, one.decided_at, one.version) for one in rows
    ]


def again(found, kept):
    """The same questions as they were before anybody decided."""
    rows = Opinion.objects.filter(line__list=found[0].line.list)
    rows.filter(because_of__isnull=False).update(
        outcome="", sentence="", decided_by=None, decided_at=None, version=1
    )
    for one, (_outcome, _sentence, version) in zip(found, kept, strict=True):
        rows.filter(pk=one.pk).update(
            outcome="", sentence="", decided_by=None, decided_at=None, version=version
        )
    return [opinion_by_uid(one.uid) for one in found]


def test_silences_of_a_stale_page_are_all_left(county):
    found = asked_with_an_objection(county)
    decide_opinion(
        opinion_by_uid(found[-1].uid), "kept", "先定了", version=found[-1].version,
        by=county.office, at=DUE,
    )  # fmt: skip

    with pytest.raises(Conflict) as no:
        decide_silences(found, SENTENCE, by=county.office, at=DUE)

    assert no.value.code == "opinion.changed"
    assert [one.outcome for one in again_read(found)] == [""] * (len(found) - 1) + ["kept"]
    early = opinion_by_uid(found[1].uid)
    assert code_of(decide_silences, [early], SENTENCE, by=county.office, at=SENT) == (
        "opinion.not-due"
    )


def again_read(found):
    return [opinion_by_uid(one.uid) for one in found]
