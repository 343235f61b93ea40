from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.usecases import register_units
from interfaces.web.people import AT, a_demo, come_in, person

pytestmark = pytest.mark.django_db
TABLE = "编码,名称,简称,类别,上级编码,别名\ngxj,工业和信息化局,工信局,部门,,经信局、工信委\n"


@pytest.fixture(autouse=True)
def sys(client):
    a_demo()
    user = person("sys", "sys_admin")
    come_in(client, user)
    return user


def send(client, text, *, key=None):
    file = SimpleUploadedFile("单位.csv", text.encode())
    return client.post(reverse("units"), {"key": key or uuid4(), "file": file})


def many():
    register_units(
        [
            Unit(code=f"u{n:02}", name=f"单位{n:02}", short_name=f"位{n:02}", kind="department")
            for n in range(1, 46)
        ],
        by=None,
        at=AT,
    )


def test_the_list_is_in_the_offices_order_and_goes_on_after_forty(client):
    many()

    first = client.get(reverse("units"))
    second = client.get(reverse("units") + first.context["page"].next)

    assert [row.code for row in first.context["rows"]] == [f"u{n:02}" for n in range(1, 41)]
    assert [row.code for row in second.context["rows"]] == [f"u{n:02}" for n in range(41, 46)]


def test_the_list_is_filtered_by_words(client):
    many()

    page = client.get(reverse("units"), {"q": "单位07"})

    assert [row.code for row in page.context["rows"]] == ["u07"]


def test_a_table_registers_its_units_once(client):
    key = UUID(int=7)

    first, again = send(client, TABLE, key=key), send(client, TABLE, key=key)
    page = client.get(reverse("units"))

    assert (first.status_code, again.status_code) == (302, 302)
    rows = [(row.code, row.name, row.kind, row.aliases) for row in page.context["rows"]]
    assert rows == [("gxj", "工业和信息化局", "部门", ("经信局", "工信委"))]
    assert "经信局、工信委" in page.content.decode()


def test_a_wrong_table_is_refused_with_its_line_and_nothing_is_kept(client):
    answer = send(client, TABLE + "gxj,又一个局,又一局,部门,,\n")

    assert answer.status_code == 409
    assert "第 3 行：编码 gxj 已经有单位用了。" in answer.content.decode()
    assert not Unit.objects.exists()


def test_no_file_is_said_in_words(client):
    answer = client.post(reverse("units"), {"key": uuid4()})

    assert answer.status_code == 409
    assert "还没有选文件。" in answer.content.decode()


def test_the_way_there_is_shown_to_the_system_administrator_alone(client):
    sec = come_in(type(client)(), person("sec", "sec_admin"))
    there = f'href="{reverse("units")}"'

    assert there in client.get(reverse("accounts")).content.decode()
    assert there not in sec.get(reverse("accounts")).content.decode()
    assert sec.get(reverse("units")).status_code == 403
