"""The names of the columns of the list."""

from django.utils.translation import gettext as _


def column_label(name: str) -> str:
    """A column of SheetLine as a paper heads it."""
    return {
        "code": _("编号"),
        "title": _("任务"),
        "goal": _("年度目标"),
        "leader": _("牵头领导"),
        "lead": _("牵头单位"),
        "fills": _("填报单位"),
        "responsible": _("责任单位"),
        "supporting": _("配合单位"),
        "deadline": _("完成时限"),
        "measures": _("工作措施"),
        "definition": _("口径"),
    }[name]
