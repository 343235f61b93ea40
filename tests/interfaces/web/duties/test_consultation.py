"""The second version put to its units: what each is asked, who may answer, letters."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.flow.duties.models import Duty, Opinion
from gongjian.flow.duties.queries import Allotment, filler_moves
from gongjian.flow.duties.usecases import (
    approve_list,
    assign_target,
    decide_opinion,
    decide_silences,
    draft_list,
    object_line,
    send_list,
    settle_list,
)
from gongjian.foundation.orgs.models import Post
from gongjian.foundation.records.models import LogEntry
from gongjian.lib.days import local_day
from small_county import BACKEND, JUNE, small_county
from small_list import first_issue

pytestmark = pytest.mark.django_db
LETTER = "发改函〔2020〕1号"


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def draft(county):
    """V1 is issued; 发改 came to support the signed projects; V2 is a draft."""
    office = county.office
    first_issue(county)
    units = county.units
    allotment = Allotment(
        lead=units["invest"], fills=units["invest"], supporting=(units["reform"],)
    )
    assign_target(county.signed, allotment, basis="纪要第3期", by=office, at=JUNE)
    return draft_list(county.campaign, by=office, at=JUNE)


@pytest.fixture
def sent(county, draft):
    return send_list(draft, version=draft.version, by=county.office, at=JUNE)


@pytest.fixture
def web(client, county):
    def of(name):
        client.force_login(county.people[name], backend=BACKEND)
        return client

    return of


def page(answer):
    return answer.content.decode()


def asked(county, unit):
    return Opinion.objects.get(
        unit=county.units[unit], withdrawn_at=None, line__list__number=2, line__target=county.signed
    )


def opened(web, sent, opinion):
    """The version with the form of an answer open."""
    given = {"line": opinion.line.uid, "of": opinion.uid}
    return page(web("office").get(reverse("duty_list", args=[sent.uid]), given))


def test_the_draft_names_the_lines_and_the_units_it_will_ask(web, draft):
    shown = page(web("office").get(reverse("duty_list", args=[draft.uid])))

    assert "要征求 2 个单位：" in shown
    assert "1-1 新签约项目" in shown
    assert "1-2 新开工项目" not in shown
    assert '<del class="g-old">—</del> → <ins class="g-new">发改</ins>' in shown


@pytest.mark.usefixtures("sent")
def test_a_unit_reads_the_line_it_is_asked_about_and_what_changed(web, county):
    shown = page(web("approver").get(reverse("asks")))

    assert reverse("target", args=[county.signed.uid]) in shown
    for words in ("150个以上", "2020-12-31", "以签订协议并备案的为准", "leader某"):
        assert f"<dd>{words}</dd>" in shown
    assert '<del class="g-old">—</del> → <ins class="g-new">发改</ins>' in shown


def test_the_office_reads_what_changed_beside_the_answers(web, sent):
    shown = page(web("office").get(reverse("duty_list", args=[sent.uid])))

    rows = shown.split("<tbody>", 1)[1]
    assert '<del class="g-old">—</del> → <ins class="g-new">发改</ins>' in rows


@pytest.mark.usefixtures("sent")
def test_who_may_not_answer_is_told_so_and_sees_no_button(web):
    shown = page(web("reporter").get(reverse("asks")))

    assert "请单位审核人来办" in shown
    assert reverse("asks_claim") not in shown
    assert "提异议" not in shown.split("<table", 1)[1]
    assert reverse("asks_claim") in page(web("approver").get(reverse("asks")))


def test_the_office_enters_an_objection_by_letter(web, county, sent):
    opinion = asked(county, "reform")
    address = reverse("opinion_letter", args=[opinion.uid])
    typed = {
        "answer": "objected",
        "paper": LETTER,
        "better": str(county.units["office"].uid),
        "reason": "不是发改的职责",
    }
    shown = opened(web, sent, opinion)

    bare = web("office").post(address, typed | {"reason": ""})
    done = web("office").post(address, typed)

    assert address in shown
    assert bare.status_code == 409
    assert f'value="{LETTER}"' in page(bare)
    assert "提异议要写理由" in page(bare)
    assert done.status_code == 302
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.paper, opinion.better) == (
        "objected",
        LETTER,
        county.units["office"],
    )


@pytest.mark.parametrize("answer", ["", "x", "none"])
@pytest.mark.usefixtures("sent")
def test_a_letter_says_one_of_two_things(web, county, answer):
    opinion = asked(county, "reform")

    sent = web("office").post(
        reverse("opinion_letter", args=[opinion.uid]), {"answer": answer, "paper": LETTER}
    )

    assert sent.status_code == 409
    opinion.refresh_from_db()
    assert opinion.answer == "none"


def test_the_better_unit_answers_by_letter_too(web, county, sent):
    objection = asked(county, "invest")
    object_line(objection, county.units["office"], "理由", by=county.approver, at=JUNE)
    ask = objection.asks.get()
    shown = opened(web, sent, ask)

    done = web("office").post(
        reverse("opinion_letter", args=[ask.uid]), {"answer": "claimed", "paper": LETTER}
    )

    assert reverse("opinion_letter", args=[ask.uid]) in shown
    assert done.status_code == 302
    ask.refresh_from_db()
    assert ask.answer == "claimed"


def test_the_form_says_that_nothing_moves_before_the_signature(web, county, sent):
    late = sent.due_at + timedelta(minutes=1)
    standing = list(Opinion.objects.filter(line__list=sent))
    decide_silences(standing, "维持", by=county.office, at=late)
    sent.refresh_from_db()
    settle_list(sent, version=sent.version, by=county.office, at=late)
    post = Post.objects.get()
    address = reverse("work_leader", args=["target", county.signed.uid])

    shown = page(web("office").get(reverse("work_assign", args=["target", county.signed.uid])))
    refused = web("office").post(address, {"post": str(post.uid), "basis": "纪要"})

    assert "这时不能改责任" in shown
    assert address not in shown
    assert refused.status_code == 409


def test_a_leader_without_a_basis_is_refused_and_nothing_typed_is_lost(web, county, draft):  # noqa: ARG001
    post = Post.objects.get()
    address = reverse("work_leader", args=["target", county.signed.uid])

    refused = web("office").post(address, {"post": str(post.uid), "basis": ""})

    assert refused.status_code == 409
    assert "改责任要写依据" in page(refused)
    assert f'<option value="{post.uid}" selected>' in page(refused)


@pytest.mark.parametrize("which", ["duty_list", "asks"])
def test_pages_ask_as_often_whatever_the_version_holds(
    web, county, sent, which, django_assert_max_num_queries
):
    address = reverse("asks") if which == "asks" else reverse("duty_list", args=[sent.uid])
    client = web("approver" if which == "asks" else "office")
    with django_assert_max_num_queries(80) as one:
        client.get(address)
    duty = Duty.objects.get(task=county.task, valid_to=None)
    line = sent.lines.create(task=county.task, order=9)
    Opinion.objects.create(
        line=line, unit=duty.unit, role=duty.role, asked_at=JUNE, due_at=sent.due_at
    )

    with django_assert_max_num_queries(len(one)):
        shown = page(client.get(address))

    assert "建立签约项目台账" in shown


@pytest.mark.parametrize(
    "name",
    ["duties", "duty_lists", "duty_list", "asks", "coverage", "forces", "handovers"],
)
def test_the_bar_of_a_phone_has_its_own_tabs(web, sent, name):
    address = reverse(name, args=[sent.uid] if name == "duty_list" else [])

    shown = page(web("approver").get(address))

    bar = shown.split('<nav class="g-tab"', 1)[1].split("</nav>", 1)[0]
    assert 'href=""' not in bar
    assert f'href="{reverse("desk")}"' in bar


def test_pages_say_what_the_issue_says_of_a_line_that_changed(web, county, sent):
    client = web("reporter")

    listed = page(client.get(reverse("duties")))
    changed = page(client.get(reverse("target", args=[county.signed.uid])))
    same = page(client.get(reverse("task", args=[county.task.uid])))

    assert listed.count("V1 印发的是：配合单位 无</small>") == 1
    assert "V2 征求意见中" in changed
    assert "依据 纪要第3期" in changed
    assert '配合单位 <del class="g-old">无</del>' in changed
    assert "印发的是" not in same
    assert sent.state == "consulting"


def test_a_silence_is_decided_by_itself(web, county, sent):
    Opinion.objects.filter(line__list=sent).update(due_at=JUNE - timedelta(hours=1))
    silent = asked(county, "reform")
    address = reverse("opinion_decide", args=[silent.uid])
    shown = opened(web, sent, silent)

    done = web("office").post(
        address,
        {
            "outcome": "other",
            "unit": str(county.units["office"].uid),
            "stays": "",
            "sentence": "改由攻坚办配合",
            "version": silent.version,
        },
    )

    assert address in shown
    assert 'value="moved"' not in shown
    assert done.status_code == 302
    silent.refresh_from_db()
    assert silent.outcome == "other"
    standing = Duty.objects.filter(target=county.signed, valid_to=None, role="supporting")
    assert [duty.unit for duty in standing] == [county.units["office"]]


@pytest.mark.parametrize(
    ("who", "words"),
    [("approver", "等你单位认领或提异议"), ("reporter", "请单位审核人来办"), ("office", "")],
)
@pytest.mark.usefixtures("sent")
def test_the_desk_tells_a_unit_what_it_is_asked(web, who, words):
    lists = web(who).get(reverse("desk")).context["lists"]

    assert [words in item[2] for item in lists] == ([True] if words else [])


def test_the_desk_leads_the_office_and_the_principal_to_the_next_step(web, county, sent):
    def told(name):
        return [item[3] for item in web(name).get(reverse("desk")).context["lists"]]

    Opinion.objects.filter(line__list=sent).update(due_at=JUNE - timedelta(hours=1))
    to_decide = told("office"), told("principal")
    standing = list(Opinion.objects.filter(line__list=sent))
    decide_silences(standing, "维持", by=county.office, at=JUNE)
    to_settle = told("office")
    sent.refresh_from_db()
    done = settle_list(sent, version=sent.version, by=county.office, at=JUNE)
    to_sign = told("office"), told("principal"), told("leader")
    approve_list(done, version=done.version, by=county.principal, at=JUNE)

    assert to_decide == (["去定"], [])
    assert to_settle == ["定稿"]
    assert to_sign == ([], ["签发"], [])
    assert told("office") == ["印发"]


def test_another_filler_is_said_on_the_list_and_to_both_units(web, county, draft):
    units = county.units
    moved = Allotment(lead=units["invest"], fills=units["invest"], supporting=(units["reform"],))

    assign_target(county.started, moved, basis="纪要第4期", by=county.office, at=JUNE)

    said = "6月29日起由投促填报，原由发改填报；依据 纪要第4期"
    for reader in ("other_reporter", "reporter"):
        assert said in page(web(reader).get(reverse("desk")))
        assert "原由发改填报" in page(web(reader).get(reverse("asks")))
    listed = page(web("office").get(reverse("duties")))
    assert "V1 印发的是：填报单位 发改；" in listed
    shown = page(web("office").get(reverse("duty_list", args=[draft.uid])))
    assert '填报单位</span> <del class="g-old">发改</del> → <ins class="g-new">投促</ins>' in shown


def test_a_filler_alone_is_a_difference_of_the_next_version(web, county, draft):
    units = county.units
    moved = Allotment(lead=units["invest"], fills=units["invest"], responsible=(units["reform"],))

    assign_target(county.started, moved, basis="纪要第4期", by=county.office, at=JUNE)

    shown = page(web("office").get(reverse("duty_list", args=[draft.uid])))
    assert "1-2 新开工项目" in shown
    since = page(web("office").get(reverse("target", args=[county.started.uid])))
    assert '填报单位 <del class="g-old">发改</del>' in since


def test_a_decision_that_moves_who_fills_is_told(county, draft):
    units = county.units
    asked_more = Allotment(
        lead=units["invest"], fills=units["reform"], supporting=(units["office"],)
    )
    assign_target(county.started, asked_more, basis="纪要", by=county.office, at=JUNE)
    sent = send_list(draft, version=draft.version, by=county.office, at=JUNE)
    opinion = Opinion.objects.get(
        line__list=sent, line__target=county.started, unit=units["reform"], withdrawn_at=None
    )
    object_line(opinion, units["office"], "不归我们", by=county.other_approver, at=JUNE)
    late = sent.due_at + timedelta(minutes=1)
    opinion.refresh_from_db()

    decide_opinion(
        opinion, "moved", "改由攻坚办", version=opinion.version, by=county.office, at=late
    )

    for unit in ("reform", "invest"):
        told = filler_moves(units[unit], on=local_day(late))
        assert [(move.old, move.new, move.mine) for move in told] == [
            ("发改", "投促", unit == "invest")
        ]
    assert filler_moves(units["leaders"], on=local_day(late)) == []
    assert filler_moves(units["reform"], on=local_day(late) + timedelta(days=40)) == []


@pytest.mark.usefixtures("sent")
def test_several_lines_are_looked_at_again_before_they_are_claimed(web, county):
    both = Opinion.objects.filter(withdrawn_at=None, line__list__number=2)
    both.update(unit=county.units["invest"])
    Opinion.objects.filter(pk=both.last().pk).update(role="supporting")
    uids = [str(one.uid) for one in both]

    looked = web("approver").post(reverse("asks_claim"), {"opinion": uids})

    assert looked.status_code == 200
    assert looked.context["counts"] == [("牵头单位", 1), ("配合单位", 1)]
    assert not both.filter(answer="claimed").exists()
    done = web("approver").post(reverse("asks_claim"), {"opinion": uids, "sure": "1"})
    assert done.status_code == 302
    assert both.filter(answer="claimed").count() == 2


def test_a_draft_made_in_error_is_scrapped_with_a_reason(web, county, draft):
    address = reverse("duty_list_step", args=[draft.uid, "scrap"])
    client = web("office")

    bare = client.post(address, {"version": draft.version, "why": " "})
    done = client.post(address, {"version": draft.version, "why": "误起草"})
    again = client.post(address, {"version": draft.version, "why": "误起草"})

    assert (bare.status_code, done.status_code, again.status_code) == (409, 302, 409)
    assert "作废要写原因" in page(bare)
    listed = page(client.get(reverse("duty_lists")))
    assert "已作废" in listed
    assert "误起草" in listed
    assert "这份草稿没有发出，已作废" in page(client.get(reverse("duty_list", args=[draft.uid])))
    assert LogEntry.objects.filter(act="list.scrapped").count() == 1
    assert draft_list(county.campaign, by=county.office, at=JUNE).number == draft.number


def test_what_was_sent_is_not_scrapped(web, sent):
    address = reverse("duty_list_step", args=[sent.uid, "scrap"])

    refused = web("office").post(address, {"version": sent.version, "why": "误起草"})

    assert refused.status_code == 409
    assert "发出以后不能作废" in page(refused)


def test_only_the_office_scraps(web, draft):
    address = reverse("duty_list_step", args=[draft.uid, "scrap"])

    refused = web("reporter").post(address, {"version": draft.version, "why": "误起草"})

    assert refused.status_code == 404  # a draft is not there for them
