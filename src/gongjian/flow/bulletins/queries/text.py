"""The progress bulletin as text: title, sections, one paragraph an action, the table of targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.flow.bulletins.queries import actions
from gongjian.flow.bulletins.queries.facts import BulletinFacts, Correction
from gongjian.flow.bulletins.queries.lineage import FigureFact, Figures, Said
from gongjian.flow.bulletins.queries.pieces import Piece, Pieces, fill, quoted
from gongjian.flow.bulletins.queries.targets import TargetWords
from gongjian.flow.judgement.models import LightColour
from gongjian.flow.judgement.queries import shown
from gongjian.flow.progress.models import Report
from gongjian.foundation.records.queries import installation
from gongjian.lib.days import LOCAL


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or the table; `rows` only of a table, its first the heads."""

    kind: str
    pieces: Pieces = ()
    rows: tuple[Pieces, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenBulletin:
    """A bulletin as it is printed, with the fact behind every figure."""

    title_lines: tuple[str, ...]
    issuer: str
    basis: str
    draft: bool
    day: str
    blocks: tuple[Block, ...]
    figures: tuple[FigureFact, ...]

    @property
    def title(self) -> str:
        return "".join(self.title_lines)


def written_bulletin(facts: BulletinFacts) -> WrittenBulletin:
    """Write the bulletin of a period. The same facts give the same text, word by word."""
    figures = Figures(facts.period.key)
    words = [TargetWords.of(t, facts) for action in facts.actions for t in action.targets]
    title = _title(facts.period.first_day.month)
    blocks = (
        Block("paragraph", (Piece(_opening(facts)),)),
        Block("heading", (Piece(_("一、总体情况")),)),
        Block("paragraph", _overview(facts, words, figures)),
        Block("heading", (Piece(_("二、各行动进展")),)),
        *_by_action(facts, figures),
        Block("heading", (Piece(_("三、存在问题")),)),
        *_problems(facts, words, figures),
        Block("heading", (Piece(_("四、较上期通报调整")),)),
        *_corrections(facts, figures),
        Block("table", (Piece(_("目标进展表")),), _table(facts, figures)),
        Block("note", (Piece(_note(facts)),)),
    )
    there = installation()
    place = there.place if there else ""
    return WrittenBulletin(
        title_lines=title,
        issuer=f"{place}{facts.campaign.name}{_('办公室')}",
        basis=_basis(facts),
        draft=facts.snapshot is None,
        day=_day(facts.known_at),
        blocks=blocks,
        figures=tuple(figures.facts),
    )


def _title(month: int) -> tuple[str, str]:
    """The title in two lines, broken where no word is."""
    first = _("关于%(months)s全市重点工作") % {"months": _months(month)}
    return first, _("攻坚进展情况的通报")


def _months(month: int) -> str:
    return _("1月份") if month == 1 else _("1—%(month)s月份") % {"month": month}


def _opening(facts: BulletinFacts) -> str:
    """What is told, and which numbers these are."""
    return _("现将%(months)s全市重点工作攻坚进展情况通报如下。%(basis)s。") % {
        "months": _months(facts.period.first_day.month),
        "basis": _basis(facts),
    }


def _basis(facts: BulletinFacts) -> str:
    """Which numbers these are: the snapshot's, or live ones."""
    if facts.snapshot is not None:
        return _("数据取自快照 %(number)s，%(when)s 冻结") % {
            "number": facts.snapshot.number,
            "when": _moment(facts.snapshot.taken_at),
        }
    return _("实时数据，截至 %(when)s，%(key)s 期尚未冻结") % {
        "when": _moment(facts.known_at),
        "key": facts.period.key,
    }


def _overview(facts: BulletinFacts, words: list[TargetWords], figures: Figures) -> Pieces:
    lights = {
        colour: sum(word.judgement.light == colour for word in words) for colour in LightColour
    }
    reported = sum(word.reported for word in words)
    month = facts.period.first_day.month

    def count(number: int, unit: str, how: str) -> Said:
        return Said(str(number), unit, how=how)

    return fill(
        _(
            "全市重点工作攻坚共{actions}行动、{targets}量化目标。截至{month}月底，已采信{reported}目标的"
            "数据，未采信{missing}。按亮灯规则，绿灯{green}、黄灯{yellow}、红灯{red}、灰灯{grey}。"
        ),
        figures,
        {
            "actions": count(len(facts.actions), _("个"), _("方案所列行动数")),
            "targets": count(len(words), _("个"), _("方案所列目标数")),
            "month": str(month),
            "reported": count(reported, _("个"), _("本期有已采信数的目标数")),
            "missing": count(len(words) - reported, _("个"), _("目标数减去已采信数")),
            **{
                colour.value: count(lights[colour], _("个"), _("本期亮此灯的目标数"))
                for colour in LightColour
            },
        },
    )


def _by_action(facts: BulletinFacts, figures: Figures) -> Iterator[Block]:
    for action in facts.actions:
        yield Block("subheading", (Piece(actions.heading(action)),))
        yield Block("paragraph", actions.paragraph(action, facts, figures))


def _problems(facts: BulletinFacts, words: list[TargetWords], figures: Figures) -> Iterator[Block]:
    """Targets that are not green, each with its figures and what its unit says it will do."""
    found = False
    for light in (LightColour.RED, LightColour.YELLOW):
        for word in words:
            if word.judgement.light == light:
                found = True
                yield Block("paragraph", _problem(facts, word, figures))
    missing = [word for word in words if not word.reported]
    if missing:
        found = True
        names = _("、").join(
            _("%(metric)s（%(unit)s）")
            % {
                "metric": word.target.metric,
                "unit": facts.duties["target", word.target.pk].fills,
            }
            for word in missing
        )
        yield Block("paragraph", (Piece(_("本期未采信的目标：%(names)s。") % {"names": names}),))
    if not found:
        yield Block("paragraph", (Piece(_("本期没有亮黄灯、红灯的目标。")),))


def _problem(facts: BulletinFacts, word: TargetWords, figures: Figures) -> Pieces:
    lead = facts.duties["target", word.target.pk].lead
    said = word.sentence(figures) + fill(_("（{lead}）。"), figures, {"lead": lead})
    if word.proof is None:
        return said
    for label, text in ((_("原因："), word.proof.risk), (_("措施："), word.proof.measures)):
        if text:
            how = _("已采信报告的原文")
            quote = quoted(
                text.rstrip("。"), figures, target=word.target.metric, how=how, proof=word.proof
            )
            said += (Piece(label), *quote, Piece(_("。")))
    return said


def _corrections(facts: BulletinFacts, figures: Figures) -> Iterator[Block]:
    if not facts.corrections:
        yield Block("paragraph", (Piece(_("上期通报以来没有更正。")),))
    for correction in facts.corrections:
        yield Block("paragraph", _correction(facts, correction, figures))


def _correction(facts: BulletinFacts, correction: Correction, figures: Figures) -> Pieces:
    """One corrected figure: what it was, what it is, and why."""
    rows = {target.pk: target for action in facts.actions for target in action.targets}
    target = rows[correction.report.target_id or 0]

    def value(report: Report, how: str) -> Said:
        return Said(
            shown(report.value, target) if report.value is not None else _("未报"),
            target.unit if report.value is not None else "",
            target=target.metric,
            uid=str(target.uid),
            how=how,
            proof=facts.proofs.get(report.pk),
            period=report.period.key,
        )

    why = correction.report.correction_reason.rstrip("。")
    return (
        *fill(
            _("{metric}{key}期由{before}更正为{after}。理由："),
            figures,
            {
                "metric": target.metric,
                "key": correction.report.period.key,
                "before": value(correction.before, _("更正前采信的数")),
                "after": value(correction.report, _("冻结后采信的更正数")),
            },
        ),
        *quoted(
            why,
            figures,
            target=target.metric,
            how=_("更正理由原文"),
            proof=facts.proofs.get(correction.report.pk),
        ),
        Piece(_("。")),
    )


def _table(facts: BulletinFacts, figures: Figures) -> tuple[Pieces, ...]:
    heads = (
        _("序号"),
        _("目标"),
        _("年度目标"),
        _("实际"),
        _("序时"),
        _("完成率"),
        _("差距"),
        _("灯"),
        _("牵头单位"),
    )
    rows = [
        TargetWords.of(target, facts).cells(
            target.code, facts.duties["target", target.pk].lead, figures
        )
        for action in facts.actions
        for target in action.targets
    ]
    return (tuple(Piece(head) for head in heads), *rows)


def _note(facts: BulletinFacts) -> str:
    """The 口径 of the table, with the rule that gave the lights."""
    month = facts.period.first_day.month
    return _(
        "口径：实际为 1—%(month)s 月累计已采信数（调度口径，不作统计数据）；序时为年度目标按月均衡"
        "（%(month)s÷12，时限早于年底的按时限折算，增长率、比率不按序时）；"
        "完成率＝实际÷年度目标，有基期的为（实际－基期）÷（目标－基期）；"
        "差距为完成率减序时，单位为百分点。%(basis)s。"
    ) % {"month": month, "basis": _basis(facts)}


def _moment(at: datetime) -> str:
    local = at.astimezone(LOCAL)
    return _("%(month)s月%(day)s日 %(time)s") % {
        "month": local.month,
        "day": local.day,
        "time": f"{local:%H:%M}",
    }


def _day(at: datetime) -> str:
    local = at.astimezone(LOCAL)
    return _("%(year)s年%(month)s月%(day)s日") % {
        "year": local.year,
        "month": local.month,
        "day": local.day,
    }
