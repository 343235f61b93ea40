import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.foundation.orgs.models import Unit, UnitName
from gongjian.foundation.orgs.queries import unit_by_code
from gongjian.foundation.orgs.usecases import register_units, rename_unit
from interfaces.web.people import AT, a_demo, come_in, person

pytestmark = pytest.mark.django_db
HEAD = "单位代码,名称,简称,别名,类别,层级,上级单位,区划代码,单位序,起始日期\n"


@pytest.fixture(autouse=True)
def admin(client):
    a_demo()
    user = person("sys", "sys_admin")
    come_in(client, user)
    return user


def many(count=45):
    register_units(
        [
            Unit(code=f"u{n:02}", name=f"单位{n:02}", short_name=f"位{n:02}", kind="department")
            for n in range(1, count + 1)
        ],
        by=None,
        at=AT,
    )


def text(answer):
    return answer.content.decode()


def preview(client, content, name="units_import"):
    file = SimpleUploadedFile("单位.csv", content.encode())
    return client.post(reverse(name), {"file": file})


def hidden(answer):
    """What the confirming form of a preview sends."""
    return dict(re.findall(r'name="(name|content|mark)" value="([^"]*)"', text(answer)))


def test_the_tree_is_in_the_offices_order_and_goes_on_after_forty(client):
    many()

    first = client.get(reverse("units"))
    second = client.get(reverse("units") + first.context["page"].next)

    assert [row.code for row in first.context["rows"]] == [f"u{n:02}" for n in range(1, 41)]
    assert [row.code for row in second.context["rows"]] == [f"u{n:02}" for n in range(41, 46)]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"q": "单位02"}, ["u02"]),
        ({"kind": "office"}, ["u03"]),
        ({"level": "5"}, ["u01"]),
        ({"q": "没有的"}, []),
        ({"on": "不是日期"}, ["u01", "u02", "u03"]),
        ({"on": "1999-12-31"}, []),
    ],
)
def test_the_tree_is_filtered(client, asked, codes):
    many(3)
    Unit.objects.filter(code="u03").update(kind="office")
    Unit.objects.filter(code="u01").update(level=5)

    page = client.get(reverse("units"), asked)

    assert [row.code for row in page.context["rows"]] == codes


def test_a_unit_stands_under_its_parent_with_the_name_of_the_day(client, admin):
    many(3)
    first, second = unit_by_code("u01"), unit_by_code("u03")
    Unit.objects.filter(pk=second.pk).update(parent=first)
    rename_unit(first, name="新局", short_name="新", from_day=AT.date(), version=1, by=admin, at=AT)

    now = client.get(reverse("units"))
    then = client.get(reverse("units"), {"on": "2020-06-01"})

    assert [(r.short_name, r.depth, r.parent) for r in now.context["rows"]] == [
        ("新", 0, ""),
        ("位03", 1, "新"),
        ("位02", 0, ""),
    ]
    assert [r.name for r in then.context["rows"]] == ["单位01", "单位03", "单位02"]
    assert "这是 2020-06-01 的单位和名称" in text(then)


@pytest.mark.parametrize("page", ["units", "people"])
def test_lists_ask_the_same_number_of_queries_for_more_rows(client, page):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse(page))
        return len(seen)

    many(2)
    few = asked()
    register_units(
        [
            Unit(code=f"x{n}", name=f"又{n}", short_name=f"又{n}", kind="department", parent=None)
            for n in range(30)
        ],
        by=None,
        at=AT,
    )

    assert asked() == few


def change(client, page, unit, **sent):
    return client.post(reverse(page, args=[unit.uid]), {"version": unit.version} | sent)


def test_a_unit_is_renamed_on_its_page_and_both_names_stand_there(client):
    many(1)
    unit = unit_by_code("u01")

    answer = change(
        client,
        "unit_rename",
        unit,
        name="新局",
        short_name="新",
        from_day="2020-06-01",
        basis="1号",
    )
    page = text(client.get(answer.url))

    assert "新局" in page
    assert "单位01" in page
    assert "2020-06-01" in page
    assert UnitName.objects.get().basis == "1号"


def test_a_form_filled_from_an_old_version_shows_both_values(client):
    many(1)
    unit = unit_by_code("u01")
    first = {"name": "甲局", "short_name": "甲", "from_day": "2020-06-01"}
    change(client, "unit_rename", unit, **first)

    answer = change(client, "unit_rename", unit, **first | {"name": "乙局"})

    assert answer.status_code == 409
    assert 'data-code="unit.changed"' in text(answer)
    assert "甲局" in text(answer)
    assert "乙局" in text(answer)


@pytest.mark.parametrize(
    ("name", "sent", "code"),
    [
        ("unit_rename", {}, "day.typed"),
        ("unit_rename", {"from_day": "2020-06-01"}, "words.missing"),
        ("unit_rename", {"from_day": "昨天", "name": "x"}, "day.typed"),
        ("unit_move", {"kind": "x", "level": "4"}, "unit.kind-typed"),
        ("unit_move", {"kind": "office", "level": "十"}, "unit.level-typed"),
        ("unit_end", {"on": "2020-06-29"}, "words.missing"),
        ("unit_end", {"on": "2020-06-30", "basis": "1号"}, "unit.end-ahead"),
    ],
)
def test_what_a_vandal_sends_is_refused_on_the_page(client, name, sent, code):
    many(1)

    answer = change(client, name, unit_by_code("u01"), **sent)

    assert answer.status_code == 409
    assert f'data-code="{code}"' in text(answer)


def test_a_unit_goes_into_another_and_its_page_says_so(client):
    many(2)
    gone, into = unit_by_code("u01"), unit_by_code("u02")

    answer = change(client, "unit_end", gone, on="2020-06-29", basis="1号", into=into.uid)

    assert "到 2020-06-29 已撤并" in text(client.get(answer.url))
    assert "2020-06-29 并入" in text(client.get(reverse("unit", args=[into.uid])))


def test_a_unit_moves_up(client):
    many(2)

    client.post(reverse("unit_order", args=[unit_by_code("u02").uid]), {"to": "up"})

    assert [r.code for r in client.get(reverse("units")).context["rows"]] == ["u02", "u01"]


def test_a_sheet_is_previewed_and_written_only_when_confirmed(client):
    seen = preview(client, HEAD + "a,甲局,,,部门,,,,,\nb,,,,部门,,,,,\n")
    before = Unit.objects.count()

    done = client.post(reverse("units_import_confirm"), hidden(seen))

    assert (before, done.status_code) == (0, 302)
    assert "没有填名称。" in text(seen)
    assert [u.name for u in Unit.objects.all()] == ["甲局"]


def test_a_sheet_that_moved_meanwhile_is_shown_anew(client):
    seen = preview(client, HEAD + "a,甲局,,,部门,,,,,\n")
    register_units([Unit(code="a", name="甲局", short_name="甲局", kind="office")], by=None, at=AT)

    answer = client.post(reverse("units_import_confirm"), hidden(seen))

    assert answer.status_code == 409
    assert 'data-code="sheet.moved"' in text(answer)
    assert "办公机构" in text(answer)


@pytest.mark.parametrize("content", ["", "不是base64", "YWJj"])
def test_a_confirmation_of_nothing_writes_nothing(client, content):
    answer = client.post(
        reverse("units_import_confirm"), {"name": "x", "content": content, "mark": "x"}
    )

    assert answer.status_code == 409
    assert Unit.objects.count() == 0


def test_no_file_is_said_in_words(client):
    answer = client.post(reverse("units_import"), {"key": uuid4()})

    assert answer.status_code == 409
    assert "还没有选文件。" in text(answer)


@pytest.mark.parametrize("name", ["units_template", "people_template"])
def test_the_templates_are_workbooks(client, name):
    answer = client.get(reverse(name))

    assert io.BytesIO(answer.content).read(2) == b"PK"
    assert "xlsx" in answer["Content-Disposition"]


def test_the_ways_to_change_are_shown_to_who_may(client):
    many(1)
    page = reverse("unit", args=[unit_by_code("u01").uid])
    rename = reverse("unit_rename", args=[unit_by_code("u01").uid])
    office = come_in(type(client)(), person("office", "campaign_office"))

    assert rename in text(client.get(page))
    assert rename not in text(office.get(page))
    assert reverse("units_import") not in text(office.get(reverse("units")))
