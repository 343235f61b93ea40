"""Ten ugly ledgers, each written cell by cell and labelled before any of our code read it.

A case is the bytes of a file, and what a careful clerk would take from it: the values of rows by
their number on the sheet, rows given back, what has to be asked, what the groups and totals say.
"""

import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter
from docx import Document


@dataclass
class Ledger:
    """A file and its labels. `rows` says every row taken; `refused` and `asked` are rows too."""

    name: str
    content: bytes
    rows: dict[int, dict[str, object]]
    refused: set[int] = field(default_factory=set)
    asked: dict[str, set[int]] = field(default_factory=dict)  # header → rows, {} of all
    categories: dict[str, tuple] = field(default_factory=dict)  # path → declared, found, sums
    sums: dict[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()  # words that the warnings must hold
    sheet: int = 0


def book(write):
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    write(made)
    made.close()
    return stream.getvalue()


def put(page, rows, first=0):
    for at, values in enumerate(rows, start=first):
        for column, value in enumerate(values):
            if value is not None:
                page.write(at, column, value)


def two_rows_of_titles():
    """A merged title, the unit at the right, merged parents, groups with counts, a total on top."""

    def write(made):
        page = made.add_worksheet("2024重点")
        page.write(0, 0, "附件2")
        page.merge_range(1, 0, 1, 9, "清河县2024年重点项目责任分工表")
        page.write(2, 0, "编制单位：清河县发展和改革局")
        page.write(2, 8, "单位：万元")
        for column, title in ((0, "序号"), (1, "项目名称"), (2, "建设内容及规模"), (7, "业主单位"),
                              (8, "包保领导"), (9, "备注")):  # fmt: skip
            page.merge_range(3, column, 4, column, title)
        page.merge_range(3, 3, 3, 4, "投资情况")
        page.write_row(4, 3, ["总投资", "2024年计划投资"])
        page.merge_range(3, 5, 3, 6, "计划时间")
        page.write_row(4, 5, ["开工", "竣工"])
        put(page, [
            ["合计", None, "4个", 96500, 31000],
            ["一", "基础设施", "3个", 66500, 21000],
            ["（一）", "交通", "2个", 61500, 19000],
            [1, "清河大桥改造", "桥长420米", 45000, 12000, "2023年3月", "2025年6月底", "县交通局", "张一"],
            [2, "滨河路\n北延", "道路3.2公里", 16500, 7000, "2024年二季度", "2024年底", "县城投公司", "李二", "★"],
            ["（二）", "水利", "1个", 5000, 2000],
            [1, "南坝除险加固", "加固坝体", 5000, 2000, "2024年10月", "2025年汛前", "县水利局", "王三"],
            ["二", "产业", "1个", 30000, 10000],
            [1, "万吨玻璃纤维生产线", "年产1万吨", 30000, 10000, "2024.5", "2025.12", "清河玻纤有限公司", "赵四"],
            ["注：投资以备案文件为准。"],
        ], first=5)  # fmt: skip

    return Ledger(
        "清河县2024.xlsx", book(write),
        rows={
            9: {"name": "清河大桥改造", "category": "基础设施/交通", "total_investment": "450000000.00",
                "year_plan_investment": "120000000.00", "planned_start": "2023-03",
                "planned_finish": "2025-06", "owner": "县交通局", "sponsor": "张一", "seq": "1"},
            10: {"name": "滨河路北延", "planned_start": "2024-Q2", "planned_finish": "2024",
                 "remark": "★", "category": "基础设施/交通"},
            12: {"name": "南坝除险加固", "category": "基础设施/水利", "planned_finish": None,
                 "planned_start": "2024-10", "total_investment": "50000000.00"},
            14: {"name": "万吨玻璃纤维生产线", "category": "产业", "planned_start": "2024-05",
                 "planned_finish": "2025-12"},
        },
        categories={
            "基础设施": (3, 3, "665000000.00", "665000000.00"),
            "基础设施/交通": (2, 2, "615000000.00", "615000000.00"),
            "基础设施/水利": (1, 1, "50000000.00", "50000000.00"),
            "产业": (1, 1, "300000000.00", "300000000.00"),
        },
        sums={"total_investment": "965000000.00", "year_plan_investment": "310000000.00"},
        says=("汛前",),
    )  # fmt: skip


def units_in_cells():
    """No unit above: each cell has its own, or none; 待定 for a name; errors; percent."""
    head = ["编号", "工程名称", "投资额", "建设性质", "开工日期", "责任部门", "投资完成比例"]
    rows = [
        head,
        ["1", "乡镇卫生院改造", "3200万元", "续建", "2023/4/1", "卫健局、财政局", "45%"],
        ["2", "县医院新院区", "12.6亿元", "新建", "２０２３年９月", "卫健局", "10%"],
        ["3", "待定", "—", "前期", "待定", "", ""],
        ["4", "妇幼保健院", "8,500", "新建", "已开工", "卫健局；住建局\n自规局", "#DIV/0!"],
        ["5", "疾控中心", "（1,200万元）", "新建", "2023-02-30", "卫健局", ""],
        ["6", "中医院", "约5000万", "改扩建", "2023年1季度", "卫健局", "0"],
    ]
    text = "\r\n".join("\t".join(f'"{c}"' if "\n" in c else c for c in row) for row in rows)
    return Ledger(
        "卫生.tsv", text.encode("utf-16"),
        rows={
            2: {"name": "乡镇卫生院改造", "total_investment": "32000000.00", "nature": "续建",
                "planned_start": "2023-04-01", "responsible_units": ["卫健局", "财政局"]},
            3: {"name": "县医院新院区", "total_investment": "1260000000.00", "planned_start": "2023-09"},
            5: {"name": "妇幼保健院", "total_investment": None, "planned_start": None,
                "responsible_units": ["卫健局", "住建局", "自规局"]},
            7: {"name": "中医院", "total_investment": "50000000.00", "planned_start": "2023-Q1"},
        },
        refused={4, 6},
        asked={"投资额": {5}},
        says=("已开工", "约数"),
    )  # fmt: skip


def natures_above_rows():
    """No marks at the groups: 续建项目 and 计划新开工项目（2项）, a county below; gb18030; sub-totals."""
    lines = [
        "平安市2025年市级重点建设项目名单,,,,,",
        ",,,,,金额单位：亿元",
        "序号,项 目 名 称,建设地点,总投资,其中：2025年计划投资,项目法人",
        "续建项目,,,,,",
        "1,城东污水厂二期,城东街道,2.35,0.8,市水务集团",
        "2,智慧停车,全市,1.05,0.45,市停车公司",
        "小计,,,3.40,1.25,",
        "计划新开工项目（2项）,,,,,",
        "1,高铁站前广场,站前新区,6.2,1.5,市城投",
        "2,东湖公园,东湖镇,0.6,0.6,东湖镇政府",
        "小计,,,6.8,2.1,",
        "总计4个,,,10.3,3.35,",
        "填表人：钱五,,审核人：孙六,,填报日期：2025.1.8,",
    ]
    return Ledger(
        "名单.csv", "\r\n".join(lines).encode("gb18030"),
        rows={
            5: {"name": "城东污水厂二期", "nature": "续建", "total_investment": "235000000.00",
                "year_plan_investment": "80000000.00", "township": "城东街道", "owner": "市水务集团"},
            6: {"name": "智慧停车", "nature": "续建"},
            9: {"name": "高铁站前广场", "nature": "计划新开工", "total_investment": "620000000.00"},
            10: {"name": "东湖公园", "nature": "计划新开工", "year_plan_investment": "60000000.00"},
        },
        categories={"续建项目": (None, 2, None, "340000000.00"),
                    "计划新开工项目": (2, 2, None, "680000000.00")},
        sums={"total_investment": "1020000000.00", "year_plan_investment": "335000000.00"},
        says=("10.3", ),
    )  # fmt: skip


def real_dates_and_formats():
    """Dates as a workbook keeps them: serials, formats of a month, a number that lost its 0."""

    def write(made):
        page = made.add_worksheet("台账（万元）")
        month = made.add_format({"num_format": 'yyyy"年"m"月"'})
        day = made.add_format({"num_format": "m/d/yy"})
        thousands = made.add_format({"num_format": "#,##0.0"})
        scaled = made.add_format({"num_format": '0!.0,"万元"'})
        page.write_row(
            0,
            0,
            [
                "项目代码",
                "项目名称",
                "计划总投资",
                "实际开工时间",
                "计划竣工时间",
                "统一社会信用代码",
            ],
        )
        page.write_row(
            1,
            0,
            ["2305-371121-04-01-122324", "港口煤棚封闭", None, None, None, "91350100M000100Y43"],
        )
        page.write_number(1, 2, 12345.678, thousands)
        page.write_datetime(1, 3, date(2023, 6, 1), month)
        page.write_datetime(1, 4, date(2024, 12, 31), day)
        page.write_row(
            2,
            0,
            ["2020-370782-33-03-000000", "疏港公路", 8000, 45200, 2024.6, "91350100M000100Y44"],
        )
        page.write_row(3, 0, [None, "智能闸口", None, "预计2024年5月", 2024.1, None])
        page.write_number(3, 2, 3500000, scaled)
        page.write_row(4, 0, [None, "岸电改造", None, "2023年中旬", "2024.10"])
        page.write_formula(4, 2, "=C2+C3", None, 20345.678)
        page.write_row(5, 0, [None, "油气回收", None, None, "2024-07-15"])
        page.write_formula(5, 2, "=[1]外部!A1", None, "")

    content = book(write)
    content = _without_cached(content, "C6")
    return Ledger(
        "港口.xlsx", content,
        rows={
            2: {"code": "2305-371121-04-01-122324", "total_investment": "123456780.00",
                "actual_start": "2023-06", "planned_finish": "2024-12-31", "uscc": "91350100M000100Y43"},
            3: {"total_investment": "80000000.00", "actual_start": "2023-10-01", "planned_finish": "2024-06"},
            4: {"name": "智能闸口", "total_investment": "3500000.00", "actual_start": None,
                "planned_finish": None},
            5: {"name": "岸电改造", "total_investment": "203456780.00", "actual_start": None,
                "planned_finish": "2024-10"},
            6: {"name": "油气回收", "total_investment": None, "planned_finish": "2024-07-15"},
        },
        asked={"计划竣工时间": {4}},
        says=("公式", "校验位", "预计"),
    )  # fmt: skip


def _without_cached(content, reference):
    """The workbook with the result of one formula left out, as some programs save it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, mark, tail = part.partition(f'<c r="{reference}"'.encode())
                cell, end, rest = tail.partition(b"</c>")
                assert mark
                part = head + mark + cell.partition(b"<v>")[0] + end + rest
            new.writestr(name, part)
    return out.getvalue()


def merged_downwards():
    """The unit and the field merged over several projects; a second line of a project; a repeat of
    the header in the middle; a helper column without header with errors in it."""

    def write(made):
        page = made.add_worksheet("Sheet1")
        page.merge_range(0, 0, 0, 7, "2025 年“四个一批”项目推进表（单位:亿元）")
        head = [
            "所属领域",
            "序号",
            "项目名称",
            "总投资额",
            "本年计划投资",
            "牵头单位",
            "形象进度",
            None,
        ]
        page.write_row(1, 0, [h or "" for h in head])
        page.merge_range(2, 0, 4, 0, "新能源")
        page.merge_range(2, 5, 3, 5, "县能源局")
        put(page, [
            [None, 1, "风电一期", 5.5, 2, None, "吊装12台", "#REF!"],
            [None, 2, "光伏 治沙", 3.2, 1.1, None, "已并网", "#REF!"],
            [None, 3, "储能电站", 1.8, 0.9, "县发改局", "无"],
            ["所属领域", "序号", "项目名称", "总投资额", "本年计划投资", "牵头单位", "形象进度"],
            ["农业", 4, None, 0.7, 0.3, "县农业局", "大棚封顶"],
            ["农业", None, None, None, None, None, "灌溉管网铺设中"],
            ["农业", 5, "梨园加工", "0.45", "0.2亿元", "县农业局", "/"],
        ], first=2)  # fmt: skip
        page.merge_range(6, 2, 7, 2, "蔬菜大棚")

    return Ledger(
        "四个一批.xlsx", book(write),
        rows={
            3: {"industry": "新能源", "name": "风电一期", "lead_unit": "县能源局",
                "total_investment": "550000000.00", "progress_text": "吊装12台"},
            4: {"industry": "新能源", "name": "光伏治沙", "lead_unit": "县能源局",
                "year_plan_investment": "110000000.00"},
            5: {"industry": "新能源", "lead_unit": "县发改局", "progress_text": None},
            7: {"name": "蔬菜大棚", "industry": "农业", "total_investment": "70000000.00"},
            9: {"name": "梨园加工", "total_investment": "45000000.00",
                "year_plan_investment": "20000000.00", "progress_text": None},
        },
    )  # fmt: skip


def slips_and_doubles():
    """Two columns of one name; a sum in 亿 among 万; a plan above the whole; a name twice."""
    head = [
        "序号",
        "项目名称",
        "总投资(万元)",
        "年度计划投资(万元)",
        "总投资(万元)",
        "联系人",
        "开工时间",
    ]
    rows = [
        ["1", "一号厂房", "12000", "4000", "12000", "甲", "03/04/2024"],
        ["2", "二号厂房", "8800", "3000", "8800", "乙", "04/05/2024"],
        ["3", "三号厂房", "2.6", "9000", "2.6", "丙", "11/12/2024"],
        ["4", "四号厂房", "15500", "5000", "15500", "丁", "2024年8月"],
        ["5", "五号厂房", "9700", "2000", "9900", "戊", "07/08/2024"],
        ["6", "六号厂房", "21000", "6000", "21000", "己", "2024-09-01"],
        ["7", "二号厂房", "7600", "8000", "7600", "庚", "12/12/2024"],
        ["8", "八号厂房", "130000000", "5200", "130000000", "辛", "下半年"],
    ]
    text = "\n".join(";".join(row) for row in [["2024年厂房项目"], head, *rows])
    return Ledger(
        "厂房.csv", b"\xef\xbb\xbf" + text.encode(),
        rows={
            3: {"total_investment": "120000000.00", "planned_start": None},
            4: {"total_investment": "88000000.00", "planned_start": None},
            5: {"total_investment": None, "year_plan_investment": "90000000.00"},
            6: {"planned_start": "2024-08"},
            7: {"total_investment": None, "year_plan_investment": "20000000.00"},
            8: {"planned_start": "2024-09-01"},
            9: {"name": "二号厂房", "total_investment": "76000000.00"},
            10: {"total_investment": None, "planned_start": "2024-H2"},
        },
        asked={"开工时间": {3, 4, 5, 7, 9}, "总投资(万元)": {5, 7, 10}},
        says=("同名", "比总投资还大"),
    )  # fmt: skip


def a_table_in_word():
    """A table of a docx, its unit in a line above, spaces inside names, a table that goes on."""
    made = Document()
    made.add_paragraph("关于下达2023年城建计划的通知")
    made.add_paragraph("（单位：万元）")
    table = made.add_table(rows=0, cols=5)
    for row in (
        ["序号", "项目名称", "建设起止年限", "总投资", "实施单位"],
        ["1", "北 门 菜 市 场", "2022-2023", "860", "县 城管 局"],
        ["2", "人民路雨污分流", "2023年3月—2024年6月", "2,140.5", "县住建局"],
        ["3", "老体育场改造", "2023", "/", "县教体局"],
        ["", "合 计", "", "3000.5", ""],
    ):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    made.add_paragraph("说明：以上项目以批复为准。")
    stream = io.BytesIO()
    made.save(stream)
    return Ledger(
        "通知.docx", stream.getvalue(),
        rows={
            2: {"name": "北门菜市场", "planned_start": "2022", "planned_finish": "2023",
                "total_investment": "8600000.00"},
            3: {"planned_start": "2023-03", "planned_finish": "2024-06",
                "total_investment": "21405000.00"},
            4: {"planned_start": "2023", "planned_finish": "2023", "total_investment": None},
        },
        sums={"total_investment": "30005000.00"},
    )  # fmt: skip


def records_in_json():
    """A json of objects inside an object; money in 元; a code with 20 digits; nested members."""
    held = {"code": 0, "data": {"list": [
        {"项目名称": "数据中心", "项目代码": "23053711210401122324", "总投资（元）": 350000000,
         "建设单位": {"名称": "云上公司", "统一社会信用代码": "91110000802100433B"},
         "责任单位": ["大数据局", "工信局"], "实际开工时间": "2023-05-06 00:00:00"},
        {"项目名称": "", "项目代码": None, "总投资（元）": 1200.5, "实际开工时间": None},
        {"项目名称": "算力网", "总投资（元）": "待定", "实际开工时间": "2023-05"},
    ]}}  # fmt: skip
    return Ledger(
        "接口.json", json.dumps(held, ensure_ascii=False).encode(),
        rows={
            2: {"name": "数据中心", "total_investment": "350000000.00", "uscc": "91110000802100433B",
                "responsible_units": ["大数据局", "工信局"], "actual_start": "2023-05-06",
                "code": "2305-371121-04-01-122324", "owner": "云上公司"},
            4: {"name": "算力网", "total_investment": None, "actual_start": "2023-05"},
        },
        refused={3},
    )  # fmt: skip


def upright():
    """A transposed table: a project a column, the titles down the first one."""
    rows = [
        ["指标", "甲村文化广场", "乙村敬老院", "丙村小学"],
        ["建设单位", "甲村村委会", "乙村村委会", "镇教办"],
        ["总投资（万元）", "120", "86.5", "待定"],
        ["计划开工时间", "2024.3", "2024年4月上旬", "一季度"],
        ["计划竣工时间", "2024.10", "2024年12月", "年底"],
        ["属地镇街", "石门镇", "石门镇", "石门镇"],
    ]
    rows[0][0] = "项目名称"
    text = "\n".join(",".join(row) for row in rows)
    return Ledger(
        "2024年石门镇.csv", text.encode(),
        rows={
            2: {"name": "甲村文化广场", "owner": "甲村村委会", "total_investment": "1200000.00",
                "planned_start": "2024-03", "planned_finish": "2024-10", "township": "石门镇"},
            3: {"planned_start": "2024-04-T1", "total_investment": "865000.00"},
            4: {"planned_start": "2024-Q1", "planned_finish": "2024", "total_investment": None},
        },
    )  # fmt: skip


def years_side_by_side():
    """Plans of several years, months, a line that numbers the columns, two tables in one sheet."""

    def write(made):
        page = made.add_worksheet("汇总")
        put(page, [
            ["东山县2024年政府投资项目计划"],
            [None, None, None, None, None, None, "万元"],
            ["序号", "项目名称", "总投资", "至2023年底累计完成投资", "2023年计划投资", "2024年计划投资", "2025年计划投资",
             "1-6月完成投资"],
            ["1", "2", "3", "4", "5", "6", "7", "8"],
            [1, "东山一中", 9000, 2000, 2500, 4000, 3000, 1800],
            [2, "廉租房", 4000, 500, 900, 2000, 1500, 700],
            ["", "合计", 13000, 2500, 3400, 6000, 4500, 2400],
            [],
            ["附表：前期项目"],
            ["序号", "工程名称", "估算总投资", "责任单位", "备注"],
            [1, "北环路", 30000, "交通局", ""],
            [2, "污泥处置", 5600, "水务局", "选址中"],
        ])  # fmt: skip

    return Ledger(
        "东山县.xlsx", book(write),
        rows={
            5: {"name": "东山一中", "year_plan_investment": "40000000.00", "seq": "1"},
            6: {"name": "廉租房", "year_done_investment": "7000000.00"},
            11: {"name": "北环路", "responsible_units": ["交通局"]},
            12: {"name": "污泥处置", "remark": "选址中"},
        },
        asked={"估算总投资": {11, 12}},
        sums={"total_investment": "130000000.00"},
    )  # fmt: skip


LEDGERS = (
    two_rows_of_titles, units_in_cells, natures_above_rows, real_dates_and_formats,
    merged_downwards, slips_and_doubles, a_table_in_word, records_in_json, upright,
    years_side_by_side,
)  # fmt: skip
