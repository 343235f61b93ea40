"""Three workbooks as offices send them: a division of tasks, matters of livelihood, indicators."""

from documents.workbook_parts import workbook


def division():
    """Two header rows, category rows, a merged unit, a total and notes."""

    def write(_book, page):
        page.write("A1", "附件1")
        page.merge_range("A2:H2", "临川县2024年重点攻坚任务责任分解表")
        page.write("A3", "编制单位：县发展改革局")
        page.write("H3", "单位：万元")
        for area, title in (
            ("A4:A5", "序号"), ("B4:B5", "重点任务"), ("C4:D4", "2024年"), ("E4:F4", "责任单位"),
            ("G4:G5", "完成时限"), ("H4:H5", "备注"),
        ):  # fmt: skip
            page.merge_range(area, title)
        for at, title in (("C5", "年度目标"), ("D5", "上年完成"), ("E5", "牵头"), ("F5", "配合")):
            page.write(at, title)
        page.merge_range("A6:H6", "一、产业发展")
        page.merge_range("A7:H7", "（一）招商引资")
        page.write_row("A8", [1, "开展产业链招商", "新签约项目60个以上", "新签约项目48个"])
        page.merge_range("E8:E9", "县投资促进局")
        page.write_row("F8", ["县财政局、各镇（街道）", "11月底前"])
        page.write_row("A9", [2, "建设招商平台", "建成招商展厅2处", "建成1处"])
        page.write_row("F9", ["县自然资源局", "2024年9月"])
        page.merge_range("A10:H10", "二、城乡建设")
        page.write_row("A11", [1, "改造老旧小区", "改造老旧小区12个", "改造10个", "县住建局",
                               "县民政局\n县残联", "12月底", "含续建3个"])  # fmt: skip
        page.write_row("A12", [2, "提升供水能力", "供水管网漏损率控制在9%以内", "10.2%",
                               "县水利局", "", "", ""])  # fmt: skip
        page.write_row("A13", ["合计", "4项", "", "", "", "", "", ""])
        page.merge_range("A14:H14", "注：1.新签约项目指总投资3000万元以上的项目；")
        page.merge_range("A15:H15", "2.完成时限未写的，12月31日前完成5项以上。")

    write.title = "责任分解"
    return workbook(write)


DIVISION_TARGETS = [
    ("新签约项目", ">=", "60", "个", "2024-11", "C8"),
    ("招商展厅", "=", "2", "处", "2024-09", "C9"),
    ("老旧小区", "=", "12", "个", "2024-12", "C11"),
    ("供水管网漏损率", "<=", "9", "%", "2024", "C12"),
]
DIVISION_TASKS = [
    ("开展产业链招商", ("县投资促进局",), ("县财政局", "各镇（街道）"), "2024-11",
     ("产业发展", "招商引资"), "A8"),
    ("建设招商平台", ("县投资促进局",), ("县自然资源局",), "2024-09",
     ("产业发展", "招商引资"), "A9"),
    ("改造老旧小区", ("县住建局",), ("县民政局", "县残联"), "2024-12", ("城乡建设",), "A11"),
    ("提升供水能力", ("县水利局",), (), "2024", ("城乡建设",), "A12"),
]  # fmt: skip
DIVISION_ACTIONS = ["产业发展", "招商引资", "城乡建设"]


def livelihood():
    """Ten matters of livelihood: a class merged over rows, work merged over units."""

    def write(book, page):
        page.merge_range("A1:F1", "2025年区政府民生实事任务清单")
        page.write_row("A2", ["序号", "实事类别", "实施内容", "责任单位", "责任领导", "完成时间"])
        page.merge_range("B3:B5", "教育惠民")
        page.merge_range("B6:B7", "养老托育")
        month = book.add_format({"num_format": 'yyyy"年"m"月"'})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        rows = [
            (1, "新建公办幼儿园3所，新增学位1080个", "区教育局", "李明", 45900, month),
            (2, "改造中小学食堂15个", "区教育局、区市场监管局", "李明", 45930, month),
            (3, "配备校医50名", "区卫健局", "王芳", 45991, day),
            (4, "建设社区食堂20家以上", "区民政局", "张军", 46006, month),
            (5, "新增普惠托位600个", "区卫健局", "王芳", 46022, day),
        ]
        for at, (number, work, unit, leader, due, look) in enumerate(rows, start=2):
            page.write(at, 0, number)
            page.write_row(at, 2, [work, unit, leader])
            page.write_number(at, 5, due, look)
        page.write_row("A8", ["", "小计", "5件", "", "", ""])
        page.write("A9", "填表说明：责任单位列第一位的为牵头单位。")

    return workbook(write)


LIVELIHOOD_TARGETS = [
    ("公办幼儿园", "=", "3", "所", "2025-08", "C3"),
    ("学位", "=", "1080", "个", "2025-08", "C3"),
    ("中小学食堂", "=", "15", "个", "2025-09", "C4"),
    ("校医", "=", "50", "名", "2025-11-30", "C5"),
    ("社区食堂", ">=", "20", "家", "2025-12", "C6"),
    ("普惠托位", "=", "600", "个", "2025-12-31", "C7"),
]
LIVELIHOOD_TASKS = [
    ("新建公办幼儿园3所，新增学位1080个", ("区教育局",), (), "2025-08", 0),
    ("改造中小学食堂15个", ("区教育局",), ("区市场监管局",), "2025-09", 0),
    ("配备校医50名", ("区卫健局",), (), "2025-11-30", 0),
    ("建设社区食堂20家以上", ("区民政局",), (), "2025-12", 1),
    ("新增普惠托位600个", ("区卫健局",), (), "2025-12-31", 1),
]
LIVELIHOOD_ACTIONS = ["教育惠民", "养老托育"]


def indicators():
    """Year columns, percents kept as fractions, a column of units of measure, properties."""

    def write(book, page):
        share = book.add_format({"num_format": "0.0%"})
        page.merge_range("A1:H1", "临川市“十四五”发展主要指标")
        page.write_row(
            "A2", ["序号", "指标名称", "单位", "2020年", "2025年", "", "属性", "牵头单位"]
        )
        page.merge_range("E2:F2", "2025年")
        page.write_row("A3", ["", "", "", "实际值", "目标值", "年均增长", "", ""])
        page.merge_range("A4:H4", "一、经济发展")
        page.write_row("A5", [1, "地区生产总值", "亿元", 812.5, 1150, "", "预期性", "市发改委"])
        page.write("F5", 0.072, share)
        page.write_row("A6", [2, "研发经费投入强度", "%", 1.8, "≥2.6", "", "预期性", "市科技局"])
        page.merge_range("A7:H7", "二、民生福祉")
        page.write_row("A8", [3, "城镇调查失业率", "%", 5.2, "5.5以内", "", "预期性", "市人社局"])
        page.write_row("A9", [4, "森林覆盖率", "", "", "", "", "约束性", "市林业局"])
        page.write("D9", 0.415, share)
        page.write("E9", 0.43, share)
        page.write_row(
            "A10", [5, "粮食综合生产能力（万吨）", "", 96, 100, "", "约束性", "市农业农村局"]
        )
        page.write("A11", "备注：2020年数据为快报数。")

    write.title = "主要指标"
    return workbook(write)


INDICATOR_TARGETS = [
    ("地区生产总值", "=", "1150", "亿元", "2025", "E5"),
    ("地区生产总值", "+%", "7.2", "%", "2025", "F5"),
    ("研发经费投入强度", ">=", "2.6", "%", "2025", "E6"),
    ("城镇调查失业率", "<=", "5.5", "%", "2025", "E8"),
    ("森林覆盖率", "=", "43.0", "%", "2025", "E9"),
    ("粮食综合生产能力", "=", "100", "万吨", "2025", "E10"),
]
INDICATOR_TASKS = [
    ("地区生产总值", ("市发改委",), "2025"),
    ("研发经费投入强度", ("市科技局",), "2025"),
    ("城镇调查失业率", ("市人社局",), "2025"),
    ("森林覆盖率", ("市林业局",), "2025"),
    ("粮食综合生产能力（万吨）", ("市农业农村局",), "2025"),
]
