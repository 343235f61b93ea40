"""Ctrl K and its page: what a reader may open is found, everything else is not even counted."""

import re

import pytest
from django.urls import reverse

from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.search.usecases import rebuild_search
from gongjian.interfaces.jobs.search import SOURCES
from gongjian.interfaces.web.search.kinds import GROUPS, KINDS
from interfaces.web.people import come_in
from small_register import small_register

PALETTE = {"HX-Request": "true"}


@pytest.fixture
def register(db):  # noqa: ARG001
    return small_register(june=True)


@pytest.fixture
def found(county, client):
    """Ask as somebody of the small county; the entries follow first."""

    def ask(person, typed, *, palette=True, **more):
        rebuild_search(SOURCES)
        come_in(client, getattr(county, person))
        query = {"q": typed, **more}
        return client.get(reverse("search"), query, headers=PALETTE if palette else {})

    return ask


def titles(answer):
    return re.findall(r'data-title="([^"]*)"', answer.content.decode())


def links(answer):
    return re.findall(r'(?:role="option"|class="nm")[^>]* href="([^"]*)"', answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "title", "address"),
    [
        ("签约", "新签约项目", "/plan/targets/"),
        ("xqyxm", "新签约项目", "/plan/targets/"),
        ("台账建成", "台账建成", "/plan/milestones/"),
        ("jlqyxmtz", "建立签约项目台账", "/plan/tasks/"),
        ("双招", "双招双引", "/plan/actions/"),
        ("tuocu", None, None),
        ("tc", "投促", "/"),
    ],
)
def test_the_office_finds_every_kind_by_characters_and_by_initials(found, typed, title, address):
    answer = found("office", typed)

    if title is None:
        assert titles(answer) == []
    else:
        assert title in titles(answer)
        assert any(link.startswith(address) for link in links(answer))


def test_every_link_of_a_hit_opens(found, client, county):  # noqa: ARG001
    for typed in ("签约", "双招", "台账", "投促", "发改"):
        for link in links(found("office", typed)):
            assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_an_administrator_finds_no_business_and_a_unit_no_accounts(found):
    assert titles(found("sysadmin", "签约")) == []
    assert "reporter某" in titles(found("sysadmin", "reporter"))
    assert titles(found("reporter", "reporter")) == []
    assert titles(found("reporter", "签约"))


def test_the_page_marks_what_was_meant_and_keeps_it_whole(found):
    answer = found("office", "qy", palette=False).content.decode()

    assert "新<mark>签约</mark>项目" in answer


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("签", "再输一个字"), ("没有这种东西", "没有找到"), ("", "")],
)
def test_what_cannot_be_answered_has_its_sentence(found, typed, sentence):
    answer = found("office", typed)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert titles(answer) == []


def test_what_was_typed_is_shown_as_text(found):
    answer = found("office", "<script>alert(1)</script>", palette=False).content.decode()

    assert "<script>alert" not in answer


def test_the_page_shows_one_group_and_pages_it(found):
    for number in range(45):
        Unit.objects.create(
            code=f"X{number}", name="商务站", short_name=f"商务站{number}", kind="office"
        )

    all_of_it = found("office", "商务", palette=False)
    second = found("office", "商务", palette=False, group="units", page="2")

    assert "全部 45" in all_of_it.content.decode()
    assert len(titles(all_of_it)) == 40
    assert len(titles(second)) == 5
    assert titles(found("office", "商务", palette=False, group="documents")) == []
    assert len(titles(found("office", "商务", palette=False, group="nonsense", page="x"))) == 40


def test_a_piece_is_drawn_without_asking_for_the_frame(found, client, django_assert_num_queries):
    found("office", "签约")

    with django_assert_num_queries(
        5
    ):  # installation, session, account with unit and roles, counts, a group
        client.get(reverse("search"), {"q": "签约"}, headers=PALETTE)


def test_every_source_has_its_kind_and_every_group_its_name():
    assert {source.key for source in SOURCES} <= set(KINDS)
    assert {source.group for source in SOURCES} <= set(GROUPS)
    assert len({source.key for source in SOURCES}) == len(SOURCES)


def test_who_has_not_logged_in_is_led_to_the_door(client, db):  # noqa: ARG001
    assert client.get(reverse("search"), {"q": "签约"}).status_code == 302


def test_an_account_without_a_role_is_told_so(found, county):
    county.people["nobody"] = User.objects.create(username="nobody", display_name="nobody")

    assert found("nobody", "签约").status_code == 403


def test_a_project_is_found_with_its_one_page(client, register):
    rebuild_search(SOURCES)
    come_in(client, register.office)

    found = client.get(reverse("search"), {"q": "纺织"}, headers=PALETTE).content.decode()

    assert f'data-paper="/projects/{register.mill.uid}/one-page/"' in found
