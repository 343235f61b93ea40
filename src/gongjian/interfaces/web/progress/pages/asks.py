"""What the light asks to be explained, and the answers as they are checked before sending."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import ReportJudged
from gongjian.flow.progress.models import Report
from gongjian.interfaces.web.progress.pages.parts import files_of
from gongjian.interfaces.web.tags import day

LIMITS = {"words": 500, "risk": 500, "measures": 500}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of the second step."""

    name: str
    label: str
    hint: str
    value: str
    optional: bool
    limit: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why these questions are asked."""

    light: str
    words: str


def asks_of(report: Report, judged: ReportJudged | None, fields: dict[str, str]) -> list[Ask]:
    """Green asks for nothing more; yellow and red ask what is in the way and what comes next."""
    behind = judged is not None and judged.preview.light in ("yellow", "red")
    texts = {
        "words": (_("进展"), _("一两句话，写做成了什么；通报会摘用。"), judged is not None),
        "risk": (
            _("存在问题"),
            _("卡在哪里、要谁解决。不写，审核人可能退回。") if behind else _("没有就空着。"),
            True,
        ),
        "measures": (
            _("下步打算"),
            _("做什么、几月能赶上序时。不写，审核人可能退回。") if behind else _("没有就空着。"),
            True,
        ),
    }
    return [
        Ask(name, label, hint, fields.get(name, getattr(report, name)), optional, LIMITS[name])
        for name, (label, hint, optional) in texts.items()
    ]


def reason_of(judged: ReportJudged | None) -> Reason | None:
    """The light that asks, with the rule; nothing where it is green or nothing was typed."""
    if judged is None or judged.preview.light not in ("yellow", "red"):
        return None
    words = _("：%(why)s。写明卡在哪里、下步怎么办。") % {"why": judged.preview.why}
    return Reason(judged.preview.light, words)


def answers_of(report: Report, judged: ReportJudged | None) -> list[tuple[str, str, str, str]]:
    """Every answer again, with the way back to it: (label, text, url, light)."""
    page = reverse("report", args=[report.uid])
    first, second = f"{page}?step=1", f"{page}?step=2"
    rows = _figures(judged, first) if judged else [(_("办结日期"), _done(report), first, "")]
    rows += [
        (label, text or _("（没有写）"), second, "")
        for label, text in (
            (_("进展"), report.words),
            (_("存在问题"), report.risk),
            (_("下步打算"), report.measures),
        )
    ]
    files = [" ".join(filter(None, (file.doc_no, file.title))) for file in files_of(report)]
    rows.append((_("佐证"), "\n".join(files) or _("（还没有）"), second, ""))
    return rows


def _figures(judged: ReportJudged, url: str) -> list[tuple[str, str, str, str]]:
    preview = judged.preview
    rate = _("%(value)s（本期增加 %(change)s，完成率 %(rate)s，%(sum)s）") % {
        "value": preview.value,
        "change": preview.change,
        "rate": preview.rate,
        "sum": preview.sum,
    }
    return [
        (_("累计完成"), rate if preview.change else preview.value, url, ""),
        (_("将亮的灯"), preview.why, "", preview.light),
    ]


def _done(report: Report) -> str:
    return day(report.done_on) or _("还没办结")


def typed_fields(post: Any) -> dict[str, str]:
    """The fields as they were typed, to be shown again."""
    names = ("value", "done_on", "words", "risk", "measures")
    return {name: post[name] for name in names if name in post}
