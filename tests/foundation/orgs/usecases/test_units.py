import pytest

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.usecases import register_unit_table, register_units
from gongjian.foundation.records.models import LogEntry
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.refusals import Refused
from interfaces.web.people import AT, a_demo, person

pytestmark = pytest.mark.django_db
HEADING = "编码,名称,简称,类别,上级编码,别名\n"
TWO = HEADING + "gxj,工业和信息化局,工信局,部门,,经信局、工信委\nlzc,龙都街道,龙都,镇街园区,gxj,\n"


@pytest.fixture
def sys():
    a_demo()
    return person("sys", "sys_admin")


def described():
    return list(
        Unit.objects.values_list(
            "code", "name", "short_name", "kind", "level", "parent__code", "aliases", "order"
        )
    )


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code, no.value.sentence


@pytest.mark.parametrize(
    "content",
    [
        TWO.encode(),
        ("\ufeff" + TWO).encode(),
        TWO.encode("gb18030"),
        TWO.replace("\n", "\r\n").encode(),
        TWO.replace(",", "\t").encode(),
    ],
    ids=["utf-8", "utf-8 with its mark", "gb18030", "lines of Windows", "tabs"],
)
def test_a_table_is_registered_in_its_order_after_those_there_are(sys, content):
    first = Unit(code="fgj", name="发展和改革局", short_name="发改局", kind="department")
    register_units([first], by=None, at=AT)

    register_unit_table(content, by=sys, at=AT)

    department, township = Unit.Kind.DEPARTMENT, Unit.Kind.TOWNSHIP
    assert described() == [
        ("fgj", "发展和改革局", "发改局", department, 4, None, [], 10),
        ("gxj", "工业和信息化局", "工信局", department, 4, None, ["经信局", "工信委"], 20),
        ("lzc", "龙都街道", "龙都", township, 5, "gxj", [], 30),
    ]
    entry = LogEntry.objects.order_by("seq").last()
    assert (entry.act, entry.actor_id, entry.facts) == ("units.registered", sys.pk, {"count": 2})


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (",财政局,财政局,部门,,", "第 3 行：没有填编码。"),
        ("czj,,财政局,部门,,", "第 3 行：没有填名称。"),
        ("czj,财政局,财政局,局,,", "第 3 行：没有“局”这个类别，可以填：领导班子、办公机构、"),
        ("gxj,财政局,财政局,部门,,", "第 3 行：编码 gxj 已经有单位用了。"),
        ("fgj,财政局,财政局,部门,,", "第 3 行：编码 fgj 已经有单位用了。"),
        ("czj,财政局,财政局,部门,zzz,", "第 3 行：上级编码 zzz 没有登记，也不在这一行上面。"),
        ("czj,财政局,财政局,部门,,工信局", "第 3 行：“工信局”已经是工业和信息化局的名称、"),
        (f"{'c' * 21},财政局,财政局,部门,,", "第 3 行：编码超过 20 个字。"),
        (f"czj,{'长' * 61},财政局,部门,,", "第 3 行：名称超过 60 个字。"),
        (f"czj,{'长' * 31},,部门,,", "第 3 行：名称超过 30 个字时要填简称。"),
        ("czj,财政\u200b局,财政局,部门,,", "第 3 行：名称里有看不见的字符。"),
    ],
)
def test_a_wrong_line_refuses_the_whole_table_by_its_number(sys, line, sentence):
    known = Unit(code="fgj", name="发展和改革局", short_name="发改局", kind="department")
    register_units([known], by=None, at=AT)
    table = HEADING + "gxj,工业和信息化局,工信局,部门,,\n" + line + "\n"

    code, words = refusal(register_unit_table, table.encode(), by=sys, at=AT)

    assert (code, words[: len(sentence)]) == ("units.rows", sentence)
    assert Unit.objects.count() == 1


def test_every_wrong_line_is_named_up_to_ten(sys):
    table = HEADING + "a,某局,某局,局,,\n" * 12

    _code, words = refusal(register_unit_table, table.encode(), by=sys, at=AT)

    assert [f"第 {n} 行" in words for n in (2, 11, 12)] == [True, True, False]
    assert words.endswith("还有 2 行有错。")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "units.table-unreadable"),
        (b"\x89PNG\r\n\x00\x00", "units.table-unreadable"),
        ("单位,人数\n".encode(), "units.table-heading"),
        ("编码,名称,类别,电话\n".encode(), "units.table-heading"),
        (HEADING.encode(), "units.table-empty"),
        ((HEADING + "a,b,c,部门,,,多\n").encode(), "units.table-ragged"),
        ((HEADING + '"' + "长" * 140000).encode(), "units.table-broken"),
        (b"a" * (1024 * 1024 + 1), "units.table-large"),
    ],
)
def test_what_is_no_table_of_units_is_refused_in_words(sys, content, code):
    assert refusal(register_unit_table, content, by=sys, at=AT)[0] == code


def test_only_the_system_administrator_registers_units():
    a_demo()
    office = person("office", "campaign_office")

    table = refusal(register_unit_table, TWO.encode(), by=office, at=AT)
    unit = Unit(code="fgj", name="发展和改革局", short_name="发改局", kind="department")
    direct = refusal(register_units, [unit], by=office, at=AT)

    assert (table[0], direct[0]) == ("units.sys-admin-only", "units.sys-admin-only")
    assert not Unit.objects.exists()


def test_a_code_that_came_meanwhile_registers_none(sys):
    def unit(code):
        return Unit(code=code, name=f"{code}局", short_name=code, kind="department")

    register_units([unit("fgj")], by=sys, at=AT)

    code, _words = refusal(register_units, [unit("gxj"), unit("fgj")], by=sys, at=AT)

    assert code == "units.taken"
    assert list(Unit.objects.values_list("code", flat=True)) == ["fgj"]


def test_the_log_answers_for_units_of_a_table(
    sys, tmp_path, settings, django_capture_on_commit_callbacks
):
    settings.HOME = tmp_path

    with django_capture_on_commit_callbacks(execute=True):
        register_unit_table(TWO.encode(), by=sys, at=AT)

    assert audit_findings() == []
