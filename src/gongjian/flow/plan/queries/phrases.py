"""The sentences for codes that the pure floors return."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from gongjian.lib.pages import Spot


def phrase_left_out(code: str) -> str:
    """What a file holds that was seen and not read."""
    phrase = _LEFT_OUT.get(code)
    return phrase() if phrase else code


def phrase_reason(code: str, params: Mapping[str, str]) -> str:
    """Why the reader took something, in one sentence, with what to look at twice."""
    phrase = _BASES.get(code)
    basis = phrase(params) if phrase else code
    doubts = [_doubt(name) for name in params.get("doubts", "").split(",") if name]
    if not doubts:
        return basis + _("。")
    return _("%(basis)s；请核对：%(doubts)s。") % {"basis": basis, "doubts": _("、").join(doubts)}


def phrase_untaken(code: str) -> str:
    """Why a number is in no target, in one sentence."""
    sentences = {
        "date": _("是日期、年份或钟点。"),
        "reference": _("是文号、电话、型号或代号。"),
        "order": _("是序号、名次或等级。"),
        "glossary": _("在名词解释里。"),
        "past-section": _("在回顾、成效一类的章节里，说的是已经做完的事。"),
        "furniture": _("在网页的边角里，不是正文。"),
        "rule-section": _("在法条式的条款里。"),
        "past": _("这一句在报告结果，不是要求。"),
        "baseline": _("是变化的起点，不是要达到的数。"),
        "comparison": _("是同上级、外地或平均水平比较的数。"),
        "per-head": _("是每人每户每件的标准，或奖励、罚款的数。"),
        "size": _("是单个项目的规模。"),
        "part": _("是文件自身的条数。"),
        "state": _("说的是现有多少、还差多少。"),
        "plan-share": _("是完成计划的比例。"),
        "age": _("是年龄。"),
        "score": _("是计分的分值。"),
        "span": _("是时间长短，这里不衡量什么。"),
        "rule": _("是政策条款里的比例。"),
        "attributive": _("是后面名词的修饰语。"),
        "threshold": _("是指标名称里的门槛。"),
        "numeral": _("是汉字数词，句中没有把它当作要求。"),
        "name": _("是名称里的数字。"),
        "no-unit": _("没有单位。"),
        "column": _("所在的栏不放目标值。"),
        "repeated": _("同一行的指标里已经有这个数。"),
        "total": _("是合计行里的数。"),
        "in-action": _("是行动名称的一部分。"),
        "in-task": _("是任务原文的一部分，没有说要达到多少。"),
        "in-milestone": _("是节点原文的一部分。"),
        "no-metric": _("读不出它衡量的是什么。"),
    }
    return sentences[code]


def phrase_place(first: Spot | None, last: Spot | None = None, *, paged: bool = False) -> str:
    """Where something stands, as a person would look for it: 第 3 页 第 12 段, “分解表” B5."""
    if first is None:
        return ""
    if first.sheet:
        return _("“%(sheet)s” %(cells)s") % {"sheet": first.sheet, "cells": _cells(first, last)}
    if first.table is None:
        place = _("第 %(n)s 段") % {"n": first.block}
    else:
        place = _("表 %(table)s 第 %(row)s 行") % {"table": first.table, "row": first.row}
    return _("第 %(n)s 页 %(place)s") % {"n": first.page, "place": place} if paged else place


def _cells(first: Spot, last: Spot | None) -> str:
    """B5; A5:H5 for cells of one row; several rows by their numbers."""
    if last is None or last.block != first.block or last.cell == first.cell:
        return first.cell
    if last.row == first.row:
        return f"{first.cell}:{last.cell}"
    return _("第 %(first)s–%(last)s 行") % {"first": first.row, "last": last.row}


def _doubt(name: str) -> str:
    phrase = _DOUBTS.get(name)
    return phrase() if phrase else name


_LEFT_OUT: dict[str, Callable[[], str]] = {
    "navigation": lambda: _("网页的导航和页脚"),
    "related": lambda: _("推荐阅读一类的列表"),
    "hidden": lambda: _("隐藏的文字、行、列或工作表"),
    "images": lambda: _("图片"),
    "embedded": lambda: _("嵌入的文件"),
    "deleted": lambda: _("修订里删去的文字"),
    "footnotes": lambda: _("脚注"),
    "endnotes": lambda: _("尾注"),
    "comments": lambda: _("批注"),
}
_DOUBTS: dict[str, Callable[[], str]] = {
    "shared": lambda: _("一个数由几个指标共用"),
    "dealt": lambda: _("几个数依次分给几个指标"),
    "carried": lambda: _("指标名称在前面的分句里"),
    "year": lambda: _("年份取自文件本身，不在这一句里"),
    "numeral": lambda: _("数字是汉字写的"),
    "no-marker": lambda: _("句中没有“以上”“达到”一类的词"),
    "long": lambda: _("指标名称比较长"),
    "section": lambda: _("所在章节讲的是目标、组织或保障"),
    "frame": lambda: _("所在章节讲的是总体要求、组织或保障"),
    "silent": lambda: _("数字和名称之间没有连接的词"),
    "brief": lambda: _("指标名称只有一两个字"),
    "work": lambda: _("名称以动词结尾，可能是一件事而不是一个量"),
    "words": lambda: _("名称两头有不像名称的词"),
    "english": lambda: _("是英文句子"),
}
_BASES: dict[str, Callable[[Mapping[str, str]], str]] = {
    "campaign.named": lambda p: _("“%(word)s”的名称") % {"word": p.get("word", "")},
    "campaign.title": lambda p: _("取自标题“……%(word)s”") % {"word": p.get("word", "")},
    "action.listed": lambda p: (
        _("并列清单“等%(count)s个行动”中的第 %(position)s 项")
        % {"count": p.get("count", ""), "position": p.get("position", "")}
    ),
    "action.listed-other": lambda p: (
        _("并列清单中的一项，但清单列出 %(listed)s 项、写明 %(counted)s 项")
        % {"listed": p.get("listed", ""), "counted": p.get("counted", "")}
    ),
    "action.ordinal": lambda p: _("“%(ordinal)s”列举的一项") % {"ordinal": p.get("ordinal", "")},
    "action.heading": lambda p: (
        _("章节标题 %(number)s") % {"number": p.get("number", "").rstrip("、.．")}
    ).rstrip(),
    "action.lead": lambda _p: _("段首的短句"),
    "action.named": lambda p: _("“%(verb)s”后面有名称的行动") % {"verb": p.get("verb", "")},
    "target.level": lambda _p: _("指标要达到的数"),
    "target.growth": lambda _p: _("指标要增长或下降的幅度"),
    "target.amount": lambda _p: _("要完成的工作量"),
    "target.total": lambda _p: _("清单的总数"),
    "target.name": lambda _p: _("一个数字词，按所列指标各计一个目标"),
    "target.doubling": lambda p: _("“%(name)s”按增长 100%% 计") % {"name": p.get("name", "")},
    "target.cell": lambda _p: _("表格单元格中的数"),
    "task.bracket": lambda _p: _("句后括号里写明了单位"),
    "task.row": lambda _p: _("分工表里的一行"),
    "task.dated": lambda p: _("写明了完成时间“%(when)s”") % {"when": p.get("when", "")},
    "milestone.dated": lambda _p: _("写明日期的节点"),
    "person.added": lambda _p: _("审核人从原文里选出来的"),
    "person.split": lambda p: _("从第 %(of)s 条拆分出来的") % {"of": p.get("of", "")},
}
