"""What a superior's table is filled with, in words: the fields, and why some are left empty."""

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import Track
from gongjian.flow.projects.queries.exports.ledger import ledger_columns
from gongjian.flow.projects.queries.gates import permit_template

PERMIT = "permit."
ORDER = "order"  # the running number of the table itself


def field_label(field: str) -> str:
    """What a field is called on the page."""
    return _labels().get(field, field)


def field_choices() -> list[tuple[str, str]]:
    """Every field a column can be filled with, to choose from."""
    return list(_labels().items())


def how_filled(field: str, *, unit: str, month: str, guessed: bool) -> str:
    """Conversion and definition of a column, as the page says it; `month` is the one it counts."""
    if month and unit:
        said = _("调度口径，到 %(month)s；元 → %(unit)s，四舍五入 2 位") % {
            "month": month,
            "unit": unit,
        }
    elif unit:
        said = _("元 → %(unit)s，四舍五入 2 位") % {"unit": unit}
    else:
        said = {
            "share_of_plan": _(
                "到 %(month)s 的当年累计完成 ÷ 年度计划投资，1 位，不封顶；一行里缺一个就留空；"
                "合计行是两个合计相除，分母含没有报数的项目的计划"
            )
            % {"month": month},
            "actual_start": _("没有开工的留空，不填计划日期"),
            "actual_finish": _("没有竣工的留空，不填计划日期"),
            "seq": _("照本表从 1 起排"),
            "place": _("各行相同"),
            "sponsor": _("截止日期当天在任的"),
            "sponsor_post": _("截止日期当天在任的岗位"),
        }.get(field, "")
    if guessed:
        return _("%(said)s。表里没写单位，先按万元，请核对") % {"said": said}
    return said


def told_by(code: str, title: str) -> str:
    """How it was told what a column is."""
    return {
        "word": _("表头认得"),
        "parts": _("按表头里的字认的"),
        "alike": _("表头相近，看一眼"),
        "values": _("按内容认的，看一眼"),
        "given": _("你选的"),
        "given_year": _("你选的；表头写的是别的年度，看一眼"),
        "remembered": _("记住的"),
    }.get(code, title)


def why_not(code: str, known: str) -> str:
    """Why a column is not filled."""
    reasons = {
        "stat_in": _("统计口径的数，系统只读不填；向统计局要，不能用调度数代替"),
        "video": _("系统不要求留影像。如必须报，由项目单位自愿提供"),
        "contact": _("联系人和电话不进登记册，请向项目单位要"),
        "area": _("登记册没有面积这一项"),
        "benefit": _("预计效益没有逐年核实，不代填"),
        "issue": _("问题和困难请照问题清单填写"),
        "split": _("登记册没有分项投资"),
        "month": _("登记册不按这个月份口径存数"),
        "goal_year": _("年度目标的文字请照计划填写"),
        "last_year": _("只存截至上年底的累计数，不存上一年当年数"),
        "total_done": _("没有写从什么时候累计，选一项再填"),
        "done_rate": _("不知道是哪两个数的比，选一项再填"),
        "review": _("是上级审核用的栏，留空"),
        "stage": _("不是登记册的阶段名称，选一项再填"),
    }
    if code == "dropped":
        return _("你选了不填")
    if code == "second":
        return _("同一项已经填在另一栏；要填这一栏请改选")
    if code == "year":
        return _("是别的年度的数，本年登记册里没有")
    return reasons.get(known, _("表头不认识，选一项再填"))


def _labels() -> dict[str, str]:
    labels = {
        "seq": _("序号（本表的）"),
        "place": _("县市区（各行相同）"),
        **{
            one.key: one.head.partition("（万元）")[0]  # not shown
            for one in ledger_columns()
            if one.key not in ("seq", "permits_done", "permits_of")
        },
        "permits_told": _("手续办理情况"),
    }
    for track in (Track.ENTERPRISE, Track.GOVERNMENT):
        for line in permit_template(track):
            labels[f"{PERMIT}{line.code}"] = _("%(name)s的文号") % {"name": line.name}
    return labels
