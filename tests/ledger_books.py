"""Ledgers as offices make them, for tests of importing."""

import io

import xlsxwriter

HEAD = ["序号", "项目名称", "项目代码", "建设单位", "建设地点", "建设性质", "总投资",
        "年度计划投资", "计划开工时间", "计划竣工时间", "备注"]  # fmt: skip


def book(*rows, title="2020年重点项目台账", head=HEAD, sheet="台账", unit="单位：万元"):
    """An xlsx as an office makes it: a title, the unit at the side, a head, rows."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        page = made.add_worksheet(sheet)
        page.merge_range(0, 0, 0, len(head) - 1, title)
        page.write(1, len(head) - 1, unit)
        page.write_row(2, 0, head)
        for at, row in enumerate(rows, start=3):
            page.write_row(at, 0, row)
    return stream.getvalue()


def row(seq, name, code="", owner="示例公司", place="北镇", nature="续建", total=3000, plan=1000,
        start="2020年3月", finish="2021年", remark=""):  # fmt: skip
    return [seq, name, code, owner, place, nature, total, plan, start, finish, remark]
