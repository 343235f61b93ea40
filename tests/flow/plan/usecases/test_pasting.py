from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.plan.models import Milestone, Target, Task
from gongjian.flow.plan.queries import plan_actions
from gongjian.flow.plan.usecases import plant_pasted, read_pasted
from gongjian.lib.refusals import Refused
from small_county import JUNE

HEAD = "所属行动\t任务名称\t目标值\t单位\t完成时限\t工作措施\t牵头单位\n"
DAY = date(2020, 6, 29)


def read(county, text, home=None, **more):
    return read_pasted(county.campaign, text, home=home, by=county.office, at=JUNE, **more)


def plant(county, text, home=None, **more):
    return plant_pasted(county.campaign, text, home=home, by=county.office, at=JUNE, **more)


def test_each_line_is_new_known_or_refused_with_a_sentence(county):
    text = HEAD + (
        "双招双引\t到位资金\t≥140\t亿元\t2020年12月底\t专班推进\t发改\n"
        "\t新签约项目\t150\t个\t\t\t\n"
        "\t盯办台账\t\t\t2月30日\t\t\n"
        "没有的行动\t某事\t\t\t6月底\t\t\n"
        "双招双引\t核查\t-5\t个\t6月底\t\t\n"
    )

    pasted = read(county, text)

    assert [(line.number, line.state) for line in pasted.lines] == [
        (2, "new"), (3, "same"), (4, "refused"), (5, "refused"), (6, "refused"),
    ]  # fmt: skip
    assert "2月30日" in pasted.lines[2].why
    assert "没有的行动" in pasted.lines[3].why
    assert "负数" in pasted.lines[4].why
    assert pasted.notes == ("“牵头单位”不在这里写入：责任在责任清单里明确。",)
    assert Target.objects.count() == 2


def test_confirmed_lines_are_written_and_the_refused_are_handed_back(county):
    text = HEAD + "双招双引\t到位资金\t140\t亿元\t12月底\t专班\t\n\t盯办\t\t\t2月30日\t\t\n"

    count, pasted = plant(county, text)

    row = plan_actions(county.campaign, on=DAY)[0].targets[-1]
    assert (count, row.metric, row.value, row.measures) == (
        1, "到位资金", Decimal(14_000_000_000), "专班",
    )  # fmt: skip
    assert pasted.left.splitlines()[0].startswith("所属行动\t任务名称")
    assert "盯办" in pasted.left
    assert "到位资金" not in pasted.left


def test_pasting_twice_writes_once(county):
    text = HEAD + "双招双引\t盯办台账\t\t\t6月底\t\t\n双招双引\t盯办台账\t\t\t7月底\t\t\n"
    plant(county, text)

    with pytest.raises(Refused) as no:
        plant(county, text)

    assert no.value.code == "paste.nothing"
    assert Task.objects.filter(title="盯办台账").count() == 1


def test_quarters_become_milestones_and_a_cell_with_a_break_is_one_cell(county):
    text = '任务名称\t一季度\t三季度\t完成时限\n"拿地\n即开工"\t印发办法\t全面推行\t2020/9/30\n'

    plant(county, text, home=county.signed.action)

    task = Task.objects.get(title="拿地 即开工")
    assert list(task.milestones.values_list("text", "day")) == [
        ("印发办法", date(2020, 3, 31)), ("全面推行", date(2020, 9, 30)),
    ]  # fmt: skip


def test_the_unit_above_the_table_and_the_number_of_an_action_are_understood(county):
    text = "单位：万元\t\t\n序号\t行动\t指标\t目标值\n1\t1\t纾困资金\t6—8\n"

    plant(county, text)

    target = Target.objects.get(metric="纾困资金")
    value = target.values.get()
    assert (value.value, value.value_max) == (Decimal(60000), Decimal(80000))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "paste.empty"),
        ("  \n \t\n", "paste.empty"),
        ("一列而已\n第二行\n", "paste.no-header"),
        ("甲\t乙\n丙\t丁\n", "paste.no-header"),
        (HEAD + "双招双引\t某事\t\t\t6月底\t\t\n" * 5000, "paste.too-long"),
    ],
)
def test_what_is_no_table_is_refused_whole(county, text, code):
    with pytest.raises(Refused) as no:
        read(county, text)

    assert no.value.code == code


def test_hostile_cells_do_no_harm(county):
    cells = ["=1+1", "<script>", "长" * 301, "\0", "a" * 3000]
    text = HEAD + "".join(f"双招双引\t{cell}\t\t\t6月底\t\t\n" for cell in cells)

    pasted = read(county, text)

    assert [line.state for line in pasted.lines] == ["new", "new", "refused", "refused", "refused"]


@pytest.mark.parametrize("rows", [3, 300])
def test_the_preview_asks_the_same_however_long(county, rows, django_assert_num_queries):
    lines = "".join(f"双招双引\t任务{n}\t\t\t6月底\t\t\n" for n in range(rows))

    with django_assert_num_queries(4):
        pasted = read(county, HEAD + lines)

    assert pasted.counts["new"] == rows


def test_only_the_office_pastes(county):
    with pytest.raises(Refused) as no:
        read_pasted(county.campaign, HEAD, home=None, by=county.reporter, at=JUNE)

    assert no.value.code == "office.only"
    assert Milestone.objects.count() == 1


def test_a_row_of_what_is_there_brings_what_it_lacks(county):
    Task.objects.filter(pk=county.task.pk).update(measures="")
    county.task.definitions.all().delete()
    head = "任务名称\t工作措施\t口径\n"
    row = f"{county.task.title}\t每周调度\t台账建成并报送为完成\n"

    assert read(county, head + row).counts["fills"] == 0  # an import leaves what is there alone
    preview = read(county, head + row * 2, completes=True)
    assert preview.counts["fills"] == 1
    assert "每周调度" in preview.lines[0].why

    count, _pasted = plant(county, head + row, completes=True)

    task = Task.objects.get(pk=county.task.pk)
    assert (count, task.measures) == (1, "每周调度")
    assert task.definitions.get().text == "台账建成并报送为完成"
    assert read(county, head + row, completes=True).counts["fills"] == 0


def test_what_is_written_already_stays(county):
    Task.objects.filter(pk=county.task.pk).update(measures="原有措施")
    text = f"任务名称\t工作措施\n{county.task.title}\t别的措施\n"

    assert read(county, text, completes=True).counts["fills"] == 0
    assert Task.objects.get(pk=county.task.pk).measures == "原有措施"


def test_an_unknown_action_is_shown_as_it_was_written(county):
    text = "所属行动\t任务名称\n双招双引\t办好一件事\n没有的行动\t办好另一件事\n"

    lines = read(county, text).lines

    assert [(line.state, line.action) for line in lines][1] == ("refused", "没有的行动")
