import pytest
from django.urls import reverse

from gongjian.foundation.orgs.models import RoleGrant, User
from gongjian.foundation.orgs.rules import check_can_see_business
from gongjian.foundation.records.queries import audit_findings, installation
from gongjian.interfaces.request import first_run_code, today, why_not
from interfaces.web.people import a_demo, person

pytestmark = pytest.mark.django_db
KEYS = ("sys_admin", "sec_admin", "audit_admin")


def typed(**changes):
    form = {"token": first_run_code(), "place": "示例县"}
    for number, key in enumerate(KEYS):
        form[f"{key}_name"] = f"管理{number}"
        form[f"{key}_username"] = f"keeper{number}"
        form[f"{key}_password"] = f"Own-Secret-{number}{number}"
    form.update(changes)
    return {name: value for name, value in form.items() if value is not None}


def send(client, **changes):
    return client.post(reverse("first_run"), typed(**changes))


def test_first_run_makes_three_administrators_with_passwords_of_their_own(
    client, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.HOME = tmp_path
    page = client.get(reverse("first_run"))

    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client)

    made = {user.username: user for user in User.objects.all()}
    grants = RoleGrant.objects.order_by("pk").values_list("user__username", "role")
    assert page.status_code == 200
    assert answer.url == reverse("login")
    assert list(grants) == [(f"keeper{n}", key) for n, key in enumerate(KEYS)]
    assert all(made[f"keeper{n}"].check_password(f"Own-Secret-{n}{n}") for n in range(3))
    assert not any(user.must_change_password for user in made.values())
    assert (installation().kind, installation().place) == ("real", "示例县")
    assert not installation().one_person
    assert audit_findings() == []


def test_none_of_the_three_sees_business_data(client):
    send(client)

    for user in User.objects.all():
        user.roles = frozenset(user.grants.in_force(today()).values_list("role", flat=True))
        assert why_not(check_can_see_business, user).startswith("系统、安全、审计管理员看不到")


def test_first_run_is_over_once_somebody_is_registered(client):
    send(client)

    again, page = send(client), client.get(reverse("first_run"))

    assert (again.status_code, page.status_code) == (404, 404)
    assert "三个管理员已经设好" in page.content.decode()
    assert User.objects.count() == 3


def test_first_run_is_over_in_a_demo(client):
    a_demo()
    person("office", "campaign_office")

    assert client.get(reverse("first_run")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"token": "000000000000"}, "token", "首次运行口令不对。它印在启动服务的窗口里。"),
        ({"token": None}, "token", "首次运行口令不对。它印在启动服务的窗口里。"),
        ({"place": "  "}, "place", "还没有填在哪里用，如“诸城市”"),
        ({"place": "县" * 61}, "place", "在哪里用最多 60 个字，现在是 61 个"),
        ({"place": "示例\x00县"}, "place", "在哪里用里有看不见的字符，请重新输入"),
        (
            {"sec_admin_name": "长" * 41},
            "sec_admin_name",
            "安全管理员的姓名最多 40 个字，现在是 41 个",
        ),
        (
            {"audit_admin_username": "a" * 41},
            "audit_admin_username",
            "审计管理员的账号最多 40 个字，现在是 41 个",
        ),
        ({"sec_admin_name": ""}, "sec_admin_name", "还没有填安全管理员的姓名"),
        ({"sec_admin_username": ""}, "sec_admin_username", "还没有填安全管理员的账号"),
        (
            {"sys_admin_password": "short"},
            "sys_admin_password",
            "系统管理员：密码至少 12 位，现在是 5 位。",
        ),
        (
            {"sec_admin_username": "keeper0"},
            "sys_admin_username",
            "账号 keeper0 已经有人用了，换一个。",
        ),
        (
            {"sec_admin_name": "管理0"},
            "one_person",
            "三个管理员应是三个人。只有一个人时，请勾选“一人兼任”，体检会一直提示。",
        ),
    ],
)
def test_first_run_says_what_is_missing_and_makes_nothing(client, changes, field, sentence):
    answer = send(client, **changes)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'<a href="#{field}">{sentence}</a>' in page
    assert f'id="{field}"' in page
    assert (User.objects.count(), installation()) == (0, None)


def test_first_run_keeps_what_was_typed_but_no_password(client):
    page = send(client, place="").content.decode()

    assert 'value="管理0"' in page
    assert 'value="keeper2"' in page
    assert "Own-Secret" not in page


def test_one_person_may_keep_all_three_keys_by_the_tick(client):
    one = {f"{key}_name": "独自" for key in KEYS}

    answer = send(client, one_person="on", **one)

    assert answer.url == reverse("login")
    assert installation().one_person
