"""Empty tables as superiors send them, for tests of filling."""

import io

import xlsxwriter

HEADS = ["序号", "项目名称", "项目代码", "县市区", "总投资", "年计划投资", "1-6月完成", "占年计划%",
         "开工日期", "形象进度", "入统投资", "用能批复号", "责任领导职务", "视频链接"]  # fmt: skip


def empty_sheet(*names, blanks=3, total=True, unit="单位：亿元", heads=HEADS, protect=False):
    """An xlsx: a title, the unit, the head in row 3, lines to fill, sums by formula, a note."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        page = made.add_worksheet("附件1 进度月报")
        box = made.add_format({"border": 1, "font_name": "仿宋_GB2312"})
        money = made.add_format({"border": 1, "num_format": "0.00", "bg_color": "#FFF2CC"})
        head = made.add_format({"border": 1, "bold": True, "align": "center"})
        page.merge_range(0, 0, 0, len(heads) - 1, "附件1　重大项目建设进度月报表（6月）", head)
        page.write(1, len(heads) - 1, unit)
        page.write_row(2, 0, heads, head)
        page.set_column(1, 1, 33)
        lines = max(len(names), blanks)
        for at in range(3, 3 + lines):
            for column in range(len(heads)):
                page.write_blank(at, column, None, money if column in (4, 5, 6) else box)
            page.write_formula(at, 7, f'=IF(F{at + 1}>0,G{at + 1}/F{at + 1}*100,"")', box)
            if at - 3 < len(names):
                page.write(at, 1, names[at - 3], box)
        last = 3 + lines
        if total:
            page.write(last, 1, "合计", head)
            for column in (4, 5, 6):
                letter = chr(ord("A") + column)
                page.write_formula(last, column, f"=SUM({letter}4:{letter}{last})", money)
            page.merge_range(last + 1, 0, last + 1, len(heads) - 1, "注：本表由各县市区填报。")
        page.print_area(0, 0, last + 1, len(heads) - 1)
        page.repeat_rows(2)
        if protect:
            page.protect("示例")
        made.add_worksheet("附件2 问题").write(0, 0, "另行通知")
    return stream.getvalue()
