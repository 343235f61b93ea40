import io
from datetime import date, datetime

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.foundation.orgs.models import Person, Post, PostHolding, Region, Unit
from gongjian.foundation.orgs.queries import people_plan, people_template, unit_plan, unit_template
from gongjian.foundation.orgs.usecases import (
    end_unit,
    import_people,
    import_units,
    register_units,
)
from gongjian.foundation.records.models import LogEntry
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Refused
from small_plan import a_person

AT = datetime(2020, 3, 20, 9, tzinfo=LOCAL)
TODAY = date(2020, 3, 20)
HEAD = "单位代码,名称,简称,别名,类别,层级,上级单位,区划代码,单位序,起始日期\n"
TWO = HEAD + (
    "lzc,龙都街道,龙都,,镇街园区,,gxj,,,\n"
    "gxj,工业和信息化局,工信局,经信局、工信委,部门,县级,,,7,2010-01-01\n"
)
PEOPLE = "姓名,手机,办公电话,单位,岗位,岗位类别,任职日期,账号,代管\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return a_person("sysadmin", "sys_admin")


def units(text, by, name="单位.csv"):
    content = text.encode() if isinstance(text, str) else text
    plan = unit_plan(name, content, today=TODAY)
    import_units(name, content, mark=plan.mark, by=by, at=AT)
    return plan


def people(text, by, at=AT, **only):
    content = text.encode()
    plan = people_plan("人员.csv", content, today=at.date(), **only)
    import_people("人员.csv", content, mark=plan.mark, by=by, at=at)
    return plan


def fates(plan):
    return [(row.line, row.state.value) for row in plan.rows]


def whys(text, what=unit_plan):
    plan = what("表.csv", text.encode(), today=TODAY)
    return [row.why for row in plan.rows if row.state == "refused"]


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code


def workbook(rows):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("单位")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TWO.encode(),
        ("\ufeff" + TWO).encode(),
        TWO.encode("gb18030"),
        TWO.replace("\n", "\r\n").encode(),
        TWO.replace(",", "\t").encode(),
        workbook([["单位登记表"], *(line.split(",") for line in TWO.splitlines())]),
    ],
    ids=["utf-8", "with its mark", "gb18030", "lines of Windows", "tabs", "xlsx under a title"],
)
def test_a_sheet_of_units_is_written_once_it_was_seen(admin, content):
    plan = unit_plan("单位", content, today=TODAY)
    assert Unit.objects.count() == 0

    import_units("单位", content, mark=plan.mark, by=admin, at=AT)

    rows = Unit.objects.order_by("pk").values_list(
        "code", "short_name", "kind", "level", "parent__code", "aliases", "valid_from"
    )
    assert list(rows) == [
        ("lzc", "龙都", "township", 5, "gxj", [], date(2000, 1, 1)),
        ("gxj", "工信局", "department", 4, None, ["经信局", "工信委"], date(2010, 1, 1)),
    ]
    entry = LogEntry.objects.get(act="units.imported")
    assert (entry.actor_id, entry.facts) == (admin.pk, {"new": 2, "changed": 0})
    assert [f for f in audit_findings() if f.code != "anchor-missing"] == []


def test_the_same_sheet_again_changes_nothing(admin):
    units(TWO, admin)
    plan = unit_plan("表", TWO.encode(), today=TODAY)

    assert fates(plan) == [(2, "same"), (3, "same")]
    assert code_of(units, TWO, admin) == "sheet.nothing"


def test_what_changed_stands_beside_what_was(admin):
    units(TWO, admin)

    plan = units(HEAD + "gxj,工业和信息化局,工信局,,办公机构,地级,,,9,\n", admin)

    assert [(c.label, c.old, c.new) for c in plan.rows[0].changes] == [
        ("类别", "部门", "办公机构"),
        ("层级", "县级", "地级"),
        ("单位序", "7", "9"),
    ]
    unit = Unit.objects.get(code="gxj")
    assert (unit.kind, unit.order, unit.version) == ("office", 9, 2)
    assert unit.aliases == ["经信局", "工信委"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",财政局,,,部门,,,,,", "没有填单位代码。"),
        ("czj,,,,部门,,,,,", "没有填名称。"),
        ("czj,财政局,,,局,,,,,", "没有“局”这个类别"),
        ("czj,财政局,,,部门,市,,,,", "没有“市”这个层级"),
        ("czj,财政局,,,部门,,没有的局,,,", "上级单位“没有的局”没有登记"),
        ("czj,财政局,,,部门,,财政局,,,", "上级单位绕回到它自己"),
        ("czj,财政局,,工信局,部门,,,,,", "“工信局”已经是工业和信息化局的名称"),
        ("gxj,工业和信息化局,工业局,,部门,,,,,", "系统里叫“工业和信息化局”（工信局）。更名"),
        ("gxj,工业和信息化局,,,部门,,,,,2011-01-01", "起始日期登记的是 2010-01-01"),
        (f"{'c' * 21},财政局,,,部门,,,,,", "单位代码最多 20 个字"),
        (f"czj,{'长' * 5000},,,部门,,,,,", "名称最多 60 个字，现在是 5000 个"),
        (f"czj,{'长' * 31},,,部门,,,,,", "名称超过 30 个字时要填简称。"),
        ("czj,财政\u202e局,,,部门,,,,,", "名称里有看不见的字符。"),
        ("czj,=HYPERLINK(1),,,部门,,,,,", "名称以 =、+、-、@ 开头"),
        ("czj,财政局,,,部门,,,,第一,", "单位序要写成整数"),
        ("czj,财政局,,,部门,,,,-1,", "单位序以 =、+、-、@ 开头"),
        ("czj,财政局,,,部门,,,,,2020-02-30", "起始日期“2020-02-30”不是日期"),
        ("czj,财政局,,,部门,,,,,0001-01-01", "起始日期“0001-01-01”不是日期"),
        ("czj,财政局,,,部门,,,37,,", "区划代码“37”应是 6、9 或 12 位数字"),
        ("czj,财政局,,,部门,,,370782,,", "区划代码 370782 还没有登记"),
    ],
)
def test_a_row_is_refused_in_words_and_the_others_stay(admin, line, why):
    units(TWO, admin)

    found = whys(HEAD + "swj,水务局,,,部门,,,,,\n" + line + "\n")

    assert len(found) == 1
    assert found[0].startswith(why)


def test_a_code_twice_is_refused_with_the_row_it_stood_in_first():
    found = whys(HEAD + "a,甲局,,,部门,,,,,\na,乙局,,,部门,,,,,\n")

    assert found == ["单位代码 a 和第 2 行重复。"]


def test_a_ring_of_parents_is_refused_whole_and_what_hangs_on_it_too():
    ring = "a,甲局,,,部门,,c,,,\nb,乙局,,,部门,,a,,,\nc,丙局,,,部门,,b,,,\nd,丁局,,,部门,,c,,,\n"

    assert len(whys(HEAD + ring)) == 4


def test_a_closed_unit_is_not_opened_by_a_sheet(admin):
    units(TWO, admin)
    unit = Unit.objects.get(code="lzc")
    end_unit(unit, on=TODAY, basis="示例1号", version=unit.version, by=admin, at=AT)

    assert whys(HEAD + "lzc,龙都街道,龙都,,部门,,,,,\n") == ["这个单位到 2020-03-20 已撤并。"]


def test_a_region_is_named_once_and_stands_under_the_wider_one(admin):
    head = HEAD.replace("区划代码", "区划代码,区划名称")
    units(
        head + "a,甲街道,,,镇街园区,,,370782001,密州街道,,\n" + "b,乙局,,,部门,,,370782,诸城市,,\n",
        admin,
    )

    assert list(Region.objects.values_list("code", "name", "parent__code")) == [
        ("370782", "诸城市", None),
        ("370782001", "密州街道", "370782"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02", "sheet.not-text"),
        (b"PK\x03\x04 broken", "sheet.unreadable"),
        ("名称,简称\n甲,甲\n".encode(), "sheet.heading"),
        (HEAD.encode(), "sheet.empty"),
        (HEAD.replace("简称", "电话").encode() + b"a", "sheet.odd-column"),
        (HEAD.replace("简称", "名称").encode() + b"a", "sheet.odd-column"),
        ((HEAD + "a,甲,,,部门,,,,,,多\n").encode(), "sheet.ragged"),
        (HEAD.encode() + b"a" * 1024 * 1024, "sheet.large"),
        ((HEAD + "".join(f"{n},甲{n},,,部门,,,,,\n" for n in range(5001))).encode(), "sheet.long"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused(content, code):
    assert code_of(unit_plan, "表", content, today=TODAY) == code


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "这个文件是空的"),
        (b" \r\n\t\n", "这个文件是空的"),
        ("这是一份说明\n".encode(), "没有找到表头：第 1 行是“这是一份说明”"),
        ("a,甲,部门\nb,乙,部门\n".encode("gb18030"), "第 1 行是“a、甲、部门”"),
        ("单位代码,名称\na,甲\n".encode("gb18030"), "表头里缺这几列：类别"),
        (b"%PDF-1.7\n", "不是表格，只是名字像"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "另存为 xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(504)
            + "EncryptedPackage".encode("utf-16-le"),
            "这个文件加了密",
        ),
        (b"PK\x03\x04 broken", "这个文件损坏了"),
    ],
)
def test_the_sentence_says_what_is_wrong_and_what_to_do(content, says):
    with pytest.raises(Refused) as no:
        unit_plan("表.xlsx", content, today=TODAY)

    assert says in str(no.value)
    assert "请" in str(no.value)


@pytest.mark.parametrize(
    "content",
    [
        "示例县单位登记表\n单位：个\n单位代码,名称,类别\na,甲,部门\n",
        "单位,,归类\n单位代码,名称,类别\na,甲,部门\n",
        "单位代码,名称,类别\n单位代码,名称,类别\na,甲,部门\n",
        "单位代码*, 名 称 （全称）,类别\na,甲,部门\n",
        "单位代码;名称;类别\na;甲;部门\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_titles_two_heads_and_marks_are_read_over(content, encoding):
    plan = unit_plan("表.xlsx", content.encode(encoding), today=TODAY)

    assert [(row.title, row.state) for row in plan.rows] == [("甲", "new")]


def test_a_formula_shows_its_value_and_runs_nowhere():
    rows = [line.split(",") for line in TWO.splitlines()]
    rows[1][1] = "=1+1"  # xlsxwriter writes a formula, with the value 0

    plan = unit_plan("表.xlsx", workbook(rows), today=TODAY)

    assert plan.rows[0].title == "0"


def test_what_moved_since_the_preview_is_not_written(admin):
    plan = unit_plan("表", TWO.encode(), today=TODAY)
    register_units(
        [Unit(code="gxj", name="工业和信息化局", short_name="工信局", kind="department")],
        by=None,
        at=AT,
    )

    code = code_of(import_units, "表", TWO.encode(), mark=plan.mark, by=admin, at=AT)

    assert (code, Unit.objects.count()) == ("sheet.moved", 1)


def test_only_the_system_administrator_brings_units_in():
    office = a_person("office", "campaign_office")

    assert code_of(units, TWO, office) == "units.sys-admin-only"


def test_five_thousand_units_are_compared_and_written_in_a_few_queries(admin):
    text = HEAD + "".join(f"u{n},单位{n},,,部门,,{'u0' if n else ''},,,\n" for n in range(5000))
    with CaptureQueriesContext(connection) as seen:
        units(text, admin)

    assert Unit.objects.filter(parent__code="u0").count() == 4999
    assert len(seen) < 300


def holdings():
    rows = PostHolding.objects.order_by("pk").values_list(
        "person__name", "post__unit__short_name", "post__name", "acting", "valid_from", "valid_to"
    )
    return list(rows)


def test_a_sheet_of_people_puts_them_on_their_posts(admin):
    units(TWO, admin)
    a_person("gxj1", "unit_reporter", unit=Unit.objects.get(code="gxj"))
    text = PEOPLE + (
        "甲,13800000001,0536-0000001,工信局,局长,单位主要负责人,2020-01-01,gxj1,\n"
        "甲,13800000001,,龙都街道,书记,,2020-02-01,,是\n"
    )

    people(text, admin)

    assert holdings() == [
        ("甲", "工信局", "局长", False, date(2020, 1, 1), None),
        ("甲", "龙都", "书记", True, date(2020, 2, 1), None),
    ]
    person = Person.objects.get()
    assert (person.mobile, person.account.username) == ("13800000001", "gxj1")
    assert Post.objects.get(name="局长").kind == "head"
    assert code_of(people, text, admin) == "sheet.nothing"
    assert [f for f in audit_findings() if f.code != "anchor-missing"] == []


def test_a_post_of_somebody_else_is_handed_over_by_a_sheet(admin):
    units(TWO, admin)
    people(PEOPLE + "甲,13800000001,,工信局,局长,,2020-01-01,,\n", admin)

    plan = people(PEOPLE + "乙,13800000002,,工信局,局长,,2020-03-01,,\n", admin)

    assert [(c.old, c.new) for c in plan.rows[0].changes] == [("甲", "乙")]
    assert holdings() == [
        ("甲", "工信局", "局长", False, date(2020, 1, 1), date(2020, 3, 1)),
        ("乙", "工信局", "局长", False, date(2020, 3, 1), None),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",,,工信局,局长,,,,", "没有填姓名。"),
        ("甲,,,没有的局,局长,,,,", "没有登记单位“没有的局”。"),
        ("甲,138,,工信局,局长,,,,", "手机号要写成 11 位数字。"),
        ("甲,,打我,工信局,局长,,,,", "办公电话只写数字和横线。"),
        ("甲,,,工信局,局长,大官,,,", "没有“大官”这个岗位类别"),
        ("甲,,,工信局,局长,,昨天,,", "任职日期“昨天”不是日期"),
        ("甲,,,工信局,局长,,2009-12-31,,", "任职日期早于单位设立的日期。"),
        ("甲,,,工信局,局长,,,nobody,", "没有账号 nobody"),
        ("甲,,,工信局,局长,,,,也许", "代管一列填“是”"),
        ("甲\u202e,,,工信局,局长,,,,", "姓名里有看不见的字符。"),
        (f"{'甲' * 5000},,,工信局,局长,,,,", "姓名最多 40 个字"),
        ("+甲,,,工信局,局长,,,,", "姓名以 =、+、-、@ 开头"),
        ("丙,13800000001,,龙都,书记,,,,", "这个账号或手机号登记的是甲"),
        ("丙,,,工信局,科长,,2019-01-01,,", "甲 2020-01-01 才任这个岗位"),
    ],
)
def test_a_person_is_refused_in_words(admin, line, why):
    units(TWO, admin)
    people(PEOPLE + "甲,13800000001,,工信局,科长,,2020-01-01,,\n", admin)

    found = whys(PEOPLE + line + "\n", people_plan)

    assert len(found) == 1
    assert found[0].startswith(why)


def test_two_holders_of_one_post_in_a_sheet_are_one_too_many(admin):
    units(TWO, admin)

    found = whys(PEOPLE + "甲,,,工信局,局长,,,,\n乙,,,工信局,局长,,,,\n", people_plan)

    assert found == ["工信局的岗位“局长”和第 2 行重复，一个岗位一个人。"]


def test_one_number_is_one_persons(admin):
    units(TWO, admin)
    text = "甲,13800000001,,工信局,局长,,,,\n乙,13800000001,,龙都,书记,,,,\n"

    assert whys(PEOPLE + text, people_plan) == ["手机号和第 2 行的甲一样。"]


def test_a_unit_head_brings_in_the_own_people_alone(admin):
    units(TWO, admin)
    unit = Unit.objects.get(code="gxj")
    head = a_person("head", "unit_approver", unit=unit)

    plan = people(PEOPLE + "甲,,,工信局,局长,,,,\n乙,,,龙都,书记,,,,\n", head, only=unit)

    assert fates(plan) == [(2, "new"), (3, "refused")]
    assert [row[0] for row in holdings()] == ["甲"]


def test_the_templates_are_read_back():
    for template, plan in ((unit_template, unit_plan), (people_template, people_plan)):
        assert code_of(plan, "模板.xlsx", template(at=AT), today=TODAY) == "sheet.empty"
