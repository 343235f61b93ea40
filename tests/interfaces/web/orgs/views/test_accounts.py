import re
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse

from gongjian.foundation.orgs.models import Role, RoleGrant, Unit, User
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import register_units
from gongjian.foundation.records.models import LogEntry
from gongjian.interfaces.request import today
from interfaces.web.people import AT, a_demo, come_in, person
from small_plan import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def sys(client):
    a_demo()
    user = person("sys", "sys_admin")
    come_in(client, user)
    return user


@pytest.fixture
def sec(client):
    a_demo()
    user = person("sec", "sec_admin")
    come_in(client, user)
    return user


def post(client, name, user, **sent):
    return client.post(reverse(name, args=[user.uid]), {"key": uuid4(), **sent})


def create(client, **changes):
    form = {"key": UUID(int=7), "username": "yangmm", "display_name": "杨某某"} | changes
    return client.post(reverse("account_create"), form)


def shown_password(answer):
    return re.search(r"data-password>([^<]+)<", answer.content.decode())[1]


def acts():
    return list(LogEntry.objects.order_by("seq").values_list("act", flat=True))


def with_second_factor(user):
    User.objects.filter(pk=user.pk).update(second_factor="JBSWY3DP")
    return user


def may_log_in(username):
    return bool(
        authenticate(RequestFactory().post("/login/"), username=username, password=PASSWORD)
    )


@pytest.mark.usefixtures("sys")
def test_list_shows_each_account_with_its_roles(client):
    person("office", "campaign_office", "office_reviewer")

    page = client.get(reverse("accounts"))

    rows = [(row.username, row.display_name, row.roles, row.active) for row in page.context["rows"]]
    assert rows == [
        ("sys", "sys某", ("系统管理员",), True),
        ("office", "office某", ("攻坚办", "攻坚办审核人"), True),
    ]


@pytest.mark.usefixtures("sys")
def test_list_has_accounts_without_a_unit_last(client):
    unit = Unit(code="fgj", name="发展和改革局", short_name="发改局", kind="department")
    register_units([unit], by=None, at=AT)
    create(client, unit=unit.uid)

    page = client.get(reverse("accounts"))

    rows = [(row.username, row.unit) for row in page.context["rows"]]
    assert rows == [("yangmm", "发改局"), ("sys", "")]


@pytest.mark.usefixtures("sys")
def test_list_is_filtered_by_words(client):
    person("office", "campaign_office")

    page = client.get(reverse("accounts"), {"q": "offic"})

    assert [row.username for row in page.context["rows"]] == ["office"]


@pytest.mark.usefixtures("sys")
def test_list_goes_on_after_forty(client):
    User.objects.bulk_create(User(username=f"u{n:03}", display_name="某") for n in range(1, 50))

    first = client.get(reverse("accounts"), {"q": "u0"})
    second = client.get(reverse("accounts") + first.context["page"].next)

    assert [row.username for row in second.context["rows"]] == [f"u{n:03}" for n in range(41, 50)]
    assert second.context["page"].next is None


@pytest.mark.usefixtures("sys")
def test_list_takes_as_many_queries_for_three_as_for_one(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("accounts"))
    person("a1", "unit_reporter")
    person("a2", "unit_approver")

    with django_assert_num_queries(len(one.captured_queries)):
        client.get(reverse("accounts"))


@pytest.mark.usefixtures("sys")
def test_create_makes_an_account_whose_password_is_shown_once(client):
    unit = Unit(code="fgj", name="发展和改革局", short_name="发改局", kind="department")
    register_units([unit], by=None, at=AT)

    answer = create(client, unit=unit.uid, title="科长")

    made = User.objects.get(username="yangmm")
    assert (made.display_name, made.title, made.unit) == ("杨某某", "科长", unit)
    assert made.must_change_password
    assert made.check_password(shown_password(answer))
    assert not RoleGrant.objects.filter(user=made).exists()
    assert "data-password" not in client.get(reverse("account", args=[made.uid])).content.decode()


@pytest.mark.usefixtures("sys")
def test_create_by_a_double_click_makes_one(client):
    create(client)

    answer = create(client)

    made = User.objects.get(username="yangmm")
    assert answer.url == reverse("account", args=[made.uid])
    assert acts().count("account.created") == 2  # the administrator and this one


@pytest.mark.usefixtures("sys")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "杨某某"}, "username"),
        ({"username": "sys"}, "username"),
        ({"username": "y" * 41}, "username"),
        ({"display_name": " "}, "display_name"),
        ({"display_name": "长" * 41}, "display_name"),
        ({"display_name": "杨\x00某"}, "display_name"),
        ({"title": "长" * 61}, "title"),
    ],
)
def test_create_says_what_is_wrong_and_keeps_what_was_typed(client, changes, field):
    answer = create(client, **changes)

    assert answer.status_code == 409
    assert [name for name, _sentence in answer.context["errors"]] == [field]
    assert User.objects.count() == 1
    assert answer.context["form"].key == UUID(int=7)


@pytest.mark.usefixtures("sys")
def test_reset_password_gives_a_new_one_that_must_be_changed(client):
    office = person("office", "campaign_office")

    answer = post(client, "account_password", office)

    office.refresh_from_db()
    assert office.check_password(shown_password(answer))
    assert not office.check_password(PASSWORD)
    assert office.must_change_password


@pytest.mark.usefixtures("sys")
def test_a_closed_account_is_out_at_once_and_comes_back_when_reopened(client):
    office = person("office", "campaign_office")
    there = come_in(type(client)(), office)

    closed = post(client, "account_close", office)
    while_closed = may_log_in("office")
    opened = post(client, "account_reopen", office)

    assert closed.url == opened.url == reverse("account", args=[office.uid])
    assert (while_closed, may_log_in("office")) == (False, True)
    assert acts()[-2:] == ["account.closed", "account.reopened"]
    post(client, "account_close", office)
    assert there.get(reverse("home")).url.startswith(reverse("login"))


def test_nobody_closes_their_own_account(client, sys):
    answer = post(client, "account_close", sys)

    sys.refresh_from_db()
    assert answer.status_code == 409
    assert "不能停用自己的账号。" in answer.content.decode()
    assert sys.is_active


@pytest.mark.usefixtures("sec")
def test_unbind_takes_the_second_factor_off(client):
    office = with_second_factor(person("office", "campaign_office"))

    post(client, "account_unbind", office)

    office.refresh_from_db()
    assert office.second_factor == ""


@pytest.mark.usefixtures("sys")
@pytest.mark.parametrize("role", ["campaign_office", "sec_admin", "audit_admin"])
def test_who_resets_a_password_cannot_unbind_the_second_factor_too(client, role):
    other = with_second_factor(person("other", role))

    reset = post(client, "account_password", other)
    unbound = post(client, "account_unbind", other)

    other.refresh_from_db()
    assert (reset.status_code, unbound.status_code) == (200, 409)
    assert "管理员解绑" in unbound.content.decode()
    assert other.second_factor == "JBSWY3DP"
    assert acts().count("account.second-factor-removed") == 0


@pytest.mark.usefixtures("sec")
def test_who_gives_roles_and_unbinds_cannot_reset_a_password(client):
    other = person("other", "audit_admin")

    answers = [post(client, "account_password", other)]
    post(client, "role_revoke", other, role="audit_admin")
    post(client, "role_grant", other, role="sys_admin")
    answers.append(post(client, "account_password", other))

    other.refresh_from_db()
    assert [answer.status_code for answer in answers] == [409, 409]
    assert other.check_password(PASSWORD)


@pytest.mark.usefixtures("sys")
def test_a_closed_administrator_keeps_the_protection_of_the_role(client):
    other = person("other", "sys_admin")

    post(client, "account_close", other)
    answer = post(client, "account_password", other)

    other.refresh_from_db()
    assert answer.status_code == 409
    assert "由审计管理员重置" in answer.content.decode()
    assert other.check_password(PASSWORD)


def test_the_audit_administrator_stands_in_for_the_other_two(client):
    a_demo()
    come_in(client, person("audit", "audit_admin"))
    sys, sec = person("sys", "sys_admin"), with_second_factor(person("sec", "sec_admin"))

    reset, unbound = post(client, "account_password", sys), post(client, "account_unbind", sec)

    sys.refresh_from_db()
    sec.refresh_from_db()
    assert sys.check_password(shown_password(reset))
    assert (unbound.status_code, sec.second_factor) == (302, "")


@pytest.mark.usefixtures("sec")
def test_roles_are_given_and_taken(client):
    office = person("office")

    given = post(client, "role_grant", office, role="campaign_office")
    held = account("office", on=today()).roles
    taken = post(client, "role_revoke", office, role="campaign_office")

    assert given.url == taken.url == reverse("account", args=[office.uid])
    assert held == {"campaign_office"}
    assert account("office", on=today()).roles == frozenset()


@pytest.mark.usefixtures("sec")
@pytest.mark.parametrize(
    ("name", "role", "sentence"),
    [
        ("role_grant", "", "没有选角色，或没有这个角色。"),
        ("role_grant", "emperor", "没有选角色，或没有这个角色。"),
        ("role_grant", "campaign_office", "这个账号已经有这个角色了。"),
        ("role_revoke", "county_leader", "这个账号现在没有这个角色。"),
        ("role_grant", "audit_admin", "系统、安全、审计管理员互相排斥"),
    ],
)
def test_roles_are_refused_in_words(client, name, role, sentence):
    office = person("office", "campaign_office")

    answer = post(client, name, office, role=role)

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert account("office", on=today()).roles == {"campaign_office"}


def test_nobody_takes_their_own_role(client, sec):
    answer = post(client, "role_revoke", sec, role="sec_admin")

    assert answer.status_code == 409
    assert "不能撤销自己的角色" in answer.content.decode()
    assert account("sec", on=today()).roles == {"sec_admin"}


@pytest.mark.usefixtures("sys")
def test_the_two_administrators_have_different_acts(client):
    office = with_second_factor(person("office", "campaign_office"))
    sec = come_in(type(client)(), person("sec", "sec_admin"))
    address = reverse("account", args=[office.uid])

    for_sys, for_sec = client.get(address).content.decode(), sec.get(address).content.decode()

    def offers(page):
        return [f'action="{reverse(name, args=[office.uid])}"' in page for name in names]

    names = ("account_password", "account_unbind", "account_close", "role_grant")
    assert offers(for_sys) == [True, False, True, False]
    assert offers(for_sec) == [False, True, False, True]
    assert post(client, "role_grant", office, role="township").status_code == 409
    assert post(sec, "account_close", office).status_code == 409


def test_the_page_offers_only_roles_the_account_may_hold(client, sec):
    office, nobody = person("office", "campaign_office"), person("nobody")

    def offered(user):
        roles = client.get(reverse("account", args=[user.uid])).context["roles"]
        return {value for value, _label in roles}

    three = {Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN}
    assert offered(office) == set(Role) - three - {Role.CAMPAIGN_OFFICE}
    assert offered(nobody) == set(Role)
    assert offered(sec) == set()
