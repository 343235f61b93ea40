"""A ledger into the register: matched by key, written in batches, taken up again, taken back."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongjian.flow.projects.models import AmountChange, DateChange, Project, ProjectYear
from gongjian.flow.projects.usecases import (
    ProjectWords,
    YearWords,
    add_to_list,
    answer_project_import,
    ask_to_undo_project_import,
    bring_project_ledger,
    change_project,
    import_projects,
    register_project,
    start_project_import,
)
from gongjian.flow.projects.usecases.imports import writing
from gongjian.foundation.records.models import ImportMemory, ImportRow, ImportRun, LogEntry
from gongjian.foundation.records.queries import adds_up, audit_findings
from gongjian.foundation.records.usecases import Said
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.refusals import Refused
from ledger_books import book, row
from small_county import JUNE
from small_register import PAPER, wrong_rows


def brought(register, content, *, name="台账.xlsx", at=JUNE, said=None):
    office = register.people["office"]
    return bring_project_ledger(register.campaign, name, content, by=office, at=at, said=said)


def written(register, content, **more):
    """Brought in, started, and done by the worker."""
    run = brought(register, content, **more)
    at = more.get("at", JUNE)
    start_project_import(run, version=run.version, by=register.people["office"], at=at)
    do_due(lambda: at)
    run.refresh_from_db()
    assert run.state == "done", run.reason
    return run


def undone(register, run, *, at=JUNE):
    ask_to_undo_project_import(run, version=run.version, by=register.people["office"], at=at)
    do_due(lambda: at)
    run.refresh_from_db()
    return run


def wrong():
    """What the proof of the log finds about the register and about imports."""
    return wrong_rows() + [found for found in audit_findings() if "import" in found.table]


def counts(run):
    return tuple(run.totals[name] for name in ("new", "changed", "same", "refused", "asked"))


THREE = [
    ["一、产业项目（2个）", "", "", "", "", "", 5000],
    row(1, "示例冷链项目", start="2020.3", remark="用地已批"),
    row(2, "示例饲料项目", total=2000, nature="新开工"),
    ["二、基础设施（1个）", "", "", "", "", "", 1000],
    row(1, "示例道路工程", total=1000, place="示例北镇府前街", nature="新建"),
    ["", "合计", "", "", "", "", 6000],
    ["注：投资以备案证明为准"],
]


def test_a_trial_says_what_would_change_and_writes_nothing(register):
    run = brought(register, book(*THREE))

    assert (run.state, counts(run)) == ("read", (3, 0, 0, 0, 0))
    assert run.totals["rows_in"] == 10
    assert adds_up(run.totals)
    assert Project.objects.count() == 2
    assert ImportRow.objects.count() == 0


def test_rows_become_projects_with_what_a_ledger_says_of_them(register):
    run = written(register, book(*THREE))

    assert counts(run) == (3, 0, 0, 0, 0)
    assert adds_up(run.totals)
    cold = Project.objects.get(name="示例冷链项目")
    year = ProjectYear.objects.get(project=cold)
    assert (cold.total_investment, cold.category, cold.remark) == (
        Decimal(30_000_000), "industry", "用地已批",
    )  # fmt: skip
    assert (cold.planned_start, cold.planned_start_precision) == (date(2020, 3, 31), "month")
    assert (cold.planned_finish, cold.planned_finish_precision) == (date(2021, 12, 31), "year")
    assert (year.plan_class, year.plan_investment) == ("continued", Decimal(10_000_000))
    road = Project.objects.get(name="示例道路工程")
    assert (road.township, road.site) == (register.township, "示例北镇府前街")
    assert (road.nature, road.category) == ("new", "infrastructure")
    assert [r.outcome for r in run.rows.all()] == ["new"] * 3
    assert [r.row for r in run.rows.all()] == [5, 6, 8]


def test_the_same_file_again_changes_nothing(register):
    content = book(*THREE)
    written(register, content)
    before = LogEntry.objects.filter(act__startswith="project.").count()

    run = brought(register, content)

    assert counts(run) == (0, 0, 3, 0, 0)
    with pytest.raises(Refused) as no:
        start_project_import(run, version=run.version, by=register.people["office"], at=JUNE)
    assert no.value.code == "import.nothing"
    assert LogEntry.objects.filter(act__startswith="project.").count() == before


def test_a_newer_file_updates_by_key_with_old_beside_new_and_wipes_nothing(register):
    written(register, book(row(1, "示例冷链项目", "2020-370782-36-03-041207", remark="用地已批")))
    newer = book(
        row(7, "示例冷链项目", "2020-370782-36-03-041207", total=3600, finish="2022.6", owner="",
            remark="—")
    )  # fmt: skip

    run = written(register, newer, name="7月台账.xlsx")

    assert counts(run) == (0, 1, 0, 0, 0)
    changed = run.rows.get()
    assert changed.old == {"total_investment": "30000000.00", "planned_finish": "2021-12-31 year"}
    assert changed.new == {"total_investment": "36000000.00", "planned_finish": "2022-06-30 month"}
    cold = Project.objects.get(name="示例冷链项目")
    assert (cold.owner, cold.remark, cold.seq) == ("示例公司", "用地已批", 1)
    moved = DateChange.objects.filter(project=cold).last()
    assert (moved.old, moved.new) == (date(2021, 12, 31), date(2022, 6, 30))
    assert "7月台账.xlsx" in moved.reason
    assert str(run.uid)[:8] in moved.reason
    assert moved.by == register.people["office"]
    assert AmountChange.objects.filter(project=cold).last().new == Decimal(36_000_000)


def test_a_date_given_less_exactly_contradicts_nothing(register):
    written(register, book(row(1, "示例冷链项目", start="2020-03-12")))

    run = brought(register, book(row(1, "示例冷链项目", start="2020年一季度")))

    assert counts(run) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (row(1, "示例纺织 智能工厂项目", "2020-370782-17-03-000001"), "changed"),  # by code
        (row(1, "示例 “纺织”智能工厂项目", ""), "changed"),  # by name and township
        (row(1, "示例纺织智能工厂项目", "", place=""), "changed"),  # no township said
        (row(1, "示例纺织智能工厂项目", "2020-370782-17-03-000099"), "asked"),  # another code
        (row(1, "示例乳业扩建项目", "2020-370782-17-03-000001"), "asked"),  # two projects in one
        (row(1, "示例新项目", "", total=-1), "refused"),
        (row(1, "示" * 121), "refused"),
        (row(1, ""), "refused"),
    ],
)
def test_a_row_is_matched_by_its_keys_and_asked_where_they_disagree(register, line, outcome):
    register.dairy.name = "示例乳业扩建项目"
    words = replace(ProjectWords.of(register.dairy), name="示例乳业扩建项目")
    change_project(register.dairy, words, version=1, by=register.people["office"], at=JUNE)

    run = brought(register, book(line))

    assert [found["outcome"] for found in run.preview] == [outcome]
    assert adds_up(run.totals)


def test_rows_about_one_project_are_asked_where_they_differ(register):
    content = book(row(1, "甲项目"), row(2, "甲项目"), row(3, "甲项目", total=4000))

    run = written(register, content)

    assert counts(run) == (1, 0, 1, 0, 1)
    assert "第 4 行" in run.rows.get(outcome="asked").reason


def test_a_row_that_is_asked_goes_where_a_person_says(register):
    content = book(row(1, "示例纺织智能工厂项目", "2020-370782-17-03-000099"), row(2, "乙项目"))
    run = brought(register, content)
    assert counts(run) == (1, 0, 0, 0, 1)

    said = Said(rows={"台账!4": str(register.mill.uid)})
    office = register.people["office"]
    run = answer_project_import(run, said, version=run.version, by=office, at=JUNE)

    assert counts(run) == (1, 1, 0, 0, 0)
    run = answer_project_import(
        run, Said(rows={"台账!4": "new"}), version=run.version, by=office, at=JUNE
    )
    assert counts(run) == (2, 0, 0, 0, 0)


def test_ten_imported_rows_are_as_ten_registered_singly(register):
    names = [f"示例第{n}项目" for n in range(1, 11)]
    office = register.people["office"]
    for n, name in enumerate(names, start=1):
        words = ProjectWords(
            name=f"{name}（单）", owner="示例公司", township=register.township, seq=n,
            total_investment=Decimal(10_000_000 * n), planned_start=date(2020, 3, 31),
            planned_start_precision="month", planned_finish=date(2021, 12, 31),
            planned_finish_precision="year",
        )  # fmt: skip
        year = YearWords("continued", Decimal(10_000_000))
        register_project(register.campaign, words, by=office, at=JUNE, year=year)

    written(
        register, book(*(row(n, name, total=1000 * n) for n, name in enumerate(names, start=1)))
    )

    def kept(project):
        words = asdict(replace(ProjectWords.of(project), township=None, name=""))
        year = ProjectYear.objects.get(project=project)
        moved = list(DateChange.objects.filter(project=project).values_list("kind", "new"))
        sums = list(AmountChange.objects.filter(project=project).values_list("old", "new"))
        entry = LogEntry.objects.get(
            act="project.registered", rows__table=project._meta.db_table, rows__row=project.pk
        )
        named = sorted(entry.rows.values_list("table", "deed"))
        return words, year.plan_class, year.plan_investment, moved, sums, entry.actor_id, named

    for name in names:
        single, batch = (Project.objects.get(name=f"{name}{mark}") for mark in ("（单）", ""))
        assert kept(single) == kept(batch)
        assert single.registered_on == batch.registered_on
    assert wrong() == []


def test_a_run_that_was_killed_goes_on_where_it_was(register, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 3)
    content = book(*(row(n, f"示例第{n}项目") for n in range(1, 11)))
    run = brought(register, content)
    start_project_import(run, version=run.version, by=register.people["office"], at=JUNE)
    write, done = writing._write, []

    def killed(*given, **more):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return write(*given, **more)

    monkeypatch.setattr(writing, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        import_projects(str(run.uid), at=JUNE)
    assert Project.objects.count() == 2 + 6

    monkeypatch.setattr(writing, "_write", write)
    import_projects(str(run.uid), at=JUNE)
    import_projects(str(run.uid), at=JUNE)

    run.refresh_from_db()
    assert (run.state, counts(run)) == ("done", (10, 0, 0, 0, 0))
    assert Project.objects.count() == 2 + 10
    assert [r.number for r in run.rows.all()] == list(range(1, 11))
    assert adds_up(run.totals)
    assert wrong() == []


def test_a_worker_that_lost_its_run_writes_nothing(register):
    run = brought(register, book(*THREE))
    start_project_import(run, version=run.version, by=register.people["office"], at=JUNE)
    stale = ImportRun.objects.get(pk=run.pk)
    import_projects(str(run.uid), at=JUNE)

    judge, office = writing.Judge(register.campaign, on=JUNE.date()), register.people["office"]
    with pytest.raises(Refused) as no:
        writing._write(stale, [], judge, register.campaign, by=office, at=JUNE)

    assert no.value.code == "import.taken-over"


def test_one_row_that_is_refused_while_writing_stays_out_alone(register):
    content = book(row(1, "甲项目"), row(2, "乙项目", "2020-370782-17-03-000077"), row(3, "丙项目"))
    run = brought(register, content)
    start_project_import(run, version=run.version, by=register.people["office"], at=JUNE)
    judge = writing.Judge

    class Late(judge):
        """Knows the register as it was before somebody registered the same code."""

        def __init__(self, *given, **more):
            super().__init__(*given, **more)
            words = ProjectWords(name="别的项目", code="2020-370782-17-03-000077")
            register_project(register.campaign, words, by=register.people["office"], at=JUNE)

    writing.Judge = Late
    try:
        import_projects(str(run.uid), at=JUNE)
    finally:
        writing.Judge = judge

    run.refresh_from_db()
    assert counts(run) == (2, 0, 0, 1, 0)
    assert "已经登记过" in run.rows.get(outcome="refused").reason
    assert wrong() == []


def test_an_import_is_taken_back_while_nobody_touched_it(register):
    first = written(register, book(row(1, "甲项目"), row(2, "乙项目"), row(3, "丙项目")))
    later = JUNE + timedelta(hours=1)
    second = written(register, book(row(1, "甲项目", total=4000), row(2, "丁项目")), at=later)
    words = replace(ProjectWords.of(Project.objects.get(name="乙项目")), remark="改过")
    office = register.people["office"]
    change_project(Project.objects.get(name="乙项目"), words, version=1, by=office, at=later)

    second = undone(register, second, at=later)

    assert second.state == "undone"
    kept = Project.objects.get(name="甲项目")
    assert kept.total_investment == Decimal(30_000_000)
    assert AmountChange.objects.filter(project=kept).last().reason.startswith("撤销导入")
    assert not Project.objects.filter(name="丁项目").exists()
    assert [(r.undone, r.left) for r in second.rows.all()] == [(True, ""), (True, "")]

    first = undone(register, first, at=later)

    assert sorted(Project.objects.values_list("name", flat=True)) == sorted(
        [register.mill.name, register.dairy.name, "甲项目", "乙项目"]
    )
    left = {r.title: r.left for r in first.rows.all()}
    assert left["丙项目"] == ""
    assert "又改过" in left["甲项目"]
    assert "又改过" in left["乙项目"]
    assert wrong() == []


def test_a_project_that_something_hangs_on_is_left(register):
    run = written(register, book(row(1, "甲项目", nature="续建")))
    project = Project.objects.get(name="甲项目")
    add_to_list(register.listed, [project], PAPER, by=register.people["office"], at=JUNE)

    run = undone(register, run)

    assert "阶段" in run.rows.get().left
    assert Project.objects.filter(name="甲项目").exists()


def test_what_a_person_said_of_columns_is_remembered(register):
    head = ["序号", "名头", "资金盘子", "备注"]
    first = book([1, "甲项目", 100, ""], [2, "乙项目", 200, ""], head=head)
    run = brought(register, first, said=Said(maps={"B": "name", "C": "total_investment"}))
    start_project_import(run, version=run.version, by=register.people["office"], at=JUNE)
    do_due(lambda: JUNE)

    again = brought(register, book([1, "丙项目", 300, ""], head=head), name="8月台账.xlsx")

    assert sorted(ImportMemory.objects.values_list("header", "field")) == [
        ("名头", "name"), ("资金盘子", "total_investment"),
    ]  # fmt: skip
    assert counts(again) == (1, 0, 0, 0, 0)
    assert again.preview[0]["new"]["total_investment"] == "3000000.00"


def test_which_of_two_columns_of_one_name_is_known_of_that_file_alone(register):
    head = ["序号", "项目名称", "总投资（万元）", "备注", "备注"]
    content = book([1, "甲项目", 100, "取这个", "不取"], [2, "乙项目", 200, "", "不取"], head=head)
    run = brought(register, content, said=Said(maps={"D": "remark", "E": ""}))
    start_project_import(run, version=run.version, by=register.people["office"], at=JUNE)
    do_due(lambda: JUNE)

    again = brought(register, content)
    other = [["序号", "项目名称", "总投资（万元）", "备注"], [1, "丙项目", 300, "照收"]]
    third = brought(register, book(other[1], head=other[0]), name="别的台账.xlsx")

    assert not ImportMemory.objects.filter(header="备注").exists()
    assert counts(again) == (0, 0, 2, 0, 0)
    assert third.preview[0]["new"]["remark"] == "照收"


def test_the_name_of_a_stage_that_is_known_is_no_progress(register):
    """Our own 项目台账 prints it where nobody told how far the site is."""
    head = ["序号", "项目名称", "建设单位", "形象进度"]
    register.reached(register.mill, "signed", date(2020, 2, 10))
    mill = [1, register.mill.name, register.mill.owner]

    same = brought(register, book([*mill, "正式签约（2020年2月10日）"], head=head))
    told = brought(register, book([*mill, "基础开挖"], head=head), name="b.xlsx")

    assert (counts(same), counts(told)) == ((0, 0, 1, 0, 0), (0, 1, 0, 0, 0))


def test_what_a_workbook_does_not_bring_back_is_no_change(register):
    """Unseen signs in a name, blanks and breaks round a remark."""
    head = ["序号", "项目名称", "总投资（万元）", "备注"]
    written(register, book([1, "示例\u200b冷链\ufeff项目", 100, "前后空格"], head=head))
    Project.objects.filter(name__contains="冷链").update(
        name="示例\u202e冷链\u200b项目", remark="前后\n空格  "
    )

    again = brought(register, book([1, "示例冷链项目", 100, "前后空格"], head=head))

    assert counts(again) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer"])
def test_only_the_office_brings_a_ledger(register, who):
    with pytest.raises(Refused) as no:
        bring_project_ledger(
            register.campaign, "台账.xlsx", book(), by=register.people[who], at=JUNE
        )

    assert no.value.code == "office.only"
    assert ImportRun.objects.count() == 0
