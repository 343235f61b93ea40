"""How one target is said: in a sentence, and as a row of the table."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.flow.bulletins.queries.facts import BulletinFacts, Proof
from gongjian.flow.bulletins.queries.lineage import Figures, Said
from gongjian.flow.bulletins.queries.pieces import Piece, Pieces, Value, fill, said
from gongjian.flow.judgement.models import LightColour
from gongjian.flow.judgement.queries import LEVELS, Judgement, percent_text, points, shown
from gongjian.flow.plan.queries import TargetRow
from gongjian.lib.rounding import written

SIGNS = {">=": "≥", "<=": "≤", "~": "≈", "=": ""}


@dataclass(frozen=True, slots=True)
class TargetWords:
    """One target of a bulletin: its figures, each with its fact."""

    target: TargetRow
    judgement: Judgement
    month: int
    proof: Proof | None
    frozen: bool

    @classmethod
    def of(cls, target: TargetRow, facts: BulletinFacts) -> "TargetWords":
        judgement = facts.judged[target.pk]
        proof = facts.proofs.get(judgement.figure.report) if judgement.figure else None
        frozen = facts.snapshot is not None
        return cls(target, judgement, facts.period.first_day.month, proof, frozen)

    def goal(self) -> Said:
        """What the plan asks for the year."""
        return Said(
            _("未定")
            if self.target.value is None
            else written(self.target.value / self.target.factor),
            self.target.unit,
            target=self.target.metric,
            uid=str(self.target.uid),
            how=_("年度目标值，方案原文：%(text)s") % {"text": self.target.sentence},
            period=str(self.target.deadline.year),
        )

    def _base(self, base: Decimal) -> Said:
        """What there was when the year began."""
        return Said(
            written(base / self.target.factor),
            self.target.unit,
            target=self.target.metric,
            uid=str(self.target.uid),
            how=_("年初基数"),
        )

    def actual(self) -> Said:
        value = self._number("actual")
        return Said(
            shown(value, self.target) if value is not None else self.absent,
            self.target.unit if value is not None else "",
            target=self.target.metric,
            uid=str(self.target.uid),
            how=_("%(month)s 月底累计，已采信的填报数") % {"month": self.month},
            proof=self.proof,
        )

    def expected(self) -> Said:
        value = self._number("expected")
        return Said(
            shown(value, self.target) if value is not None else "—",
            self.target.unit if value is not None else "",
            target=self.target.metric,
            uid=str(self.target.uid),
            how=self._expected_how(),
        )

    def rate(self) -> Said:
        """Done over what is to be done, in percent, with numerator and denominator."""
        numbers = self.judgement.numbers
        text = percent_text(numbers["done"])
        return Said(
            text.rstrip("%"),
            "%" if text.endswith("%") else "",
            target=self.target.metric,
            uid=str(self.target.uid),
            how=_("完成率 = %(part)s ÷ %(whole)s")
            % {"part": self._plain("numerator"), "whole": self._plain("denominator")},
            proof=self.proof,
        )

    def gap(self) -> Said:
        gap = self.judgement.numbers["gap_pp"]
        return Said(
            points(gap) if gap is not None else "—",
            _("个百分点") if gap is not None else "",
            target=self.target.metric,
            uid=str(self.target.uid),
            how=_("完成率与序时之差"),
            proof=self.proof,
        )

    def _expected_how(self) -> str:
        """How the expected value is formed, in words."""
        if self.target.kind in LEVELS:
            return _("年度目标值本身，增长率和比率不按序时")
        return _("序时：年度目标按月均衡，%(month)s 月底") % {"month": self.month}

    @property
    def reported(self) -> bool:
        return self.judgement.numbers["actual"] is not None

    @property
    def absent(self) -> str:
        """Why there is no figure: before the freeze one may be on its way."""
        return _("未报") if self.frozen else _("尚未采信")

    @property
    def behind(self) -> bool:
        gap = self.judgement.numbers["gap_pp"]
        return gap is not None and Decimal(gap) < 0

    def light(self) -> str:
        """The light as a word; it is a judgement and no figure."""
        return _("%(light)s灯") % {"light": LightColour(self.judgement.light).label}

    def light_cell(self) -> str:
        """The light in the table, with what is absent beside it."""
        label = str(LightColour(self.judgement.light).label)
        return label if self.reported else f"{label} {self.absent}"

    def sentence(self, figures: Figures) -> Pieces:
        """The target in one clause: what is there, of what, against what was due."""
        values: dict[str, Value] = {
            "metric": self.target.metric,
            "goal": self.goal(),
            "light": self.light(),
            "month": str(self.month),
        }
        if not self.reported:
            values["absent"] = self.absent
            return fill(_("{metric}年度目标{goal}，{month}月期{absent}，{light}"), figures, values)
        values |= {"actual": self.actual(), "rate": self.rate()}
        if self.target.kind in LEVELS or self.target.comparator == "<=":
            return fill(_("{metric}{actual}，年度目标{goal}，{light}"), figures, values)
        base = self.target.base_value
        if base is None:
            done = fill(_("{metric}{actual}，完成年度目标{goal}的{rate}"), figures, values)
        else:  # the rate is of the way from there to the goal
            values["base"] = self._base(base)
            template = _("{metric}由年初{base}增至{actual}，年度目标{goal}，完成年度增量的{rate}")
            if Decimal(self.judgement.numbers["actual"] or 0) < base:
                template = _("{metric}{actual}，年初{base}，年度目标{goal}，完成年度增量的{rate}")
            done = fill(template, figures, values)
        return done + self._against(figures)

    def _against(self, figures: Figures) -> Pieces:
        gap = self.judgement.numbers["gap_pp"]
        if gap is None:
            return fill(_("，{light}"), figures, {"light": self.light()})
        if points(gap) == "0.0":
            return fill(_("，与序时持平，{light}"), figures, {"light": self.light()})
        template = _("，欠序时{gap}，{light}") if self.behind else _("，超序时{gap}，{light}")
        return fill(template, figures, {"gap": self.gap(), "light": self.light()})

    def cells(self, code: str, lead: str, figures: Figures) -> tuple[Piece, ...]:
        """The target as a row: code, name, goal, actual, due, rate, gap, light, lead unit."""
        sign = SIGNS.get(self.target.comparator, "")
        goal = said(self.goal(), figures)
        gap = self.gap()
        minus = "−" if self.behind and gap.unit else ""
        return (
            Piece(code),
            Piece(self.target.metric),
            Piece(sign + goal.text, goal.figure),
            self._cell(self.actual(), figures),
            self._cell(self.expected(), figures),
            self._cell(self.rate(), figures),
            Piece(minus + gap.figure, self._cell(gap, figures).figure),
            Piece(self.light_cell()),
            Piece(lead),
        )

    def _cell(self, value: Said, figures: Figures) -> Piece:
        """A figure, or the mark that there is none."""
        return (
            said(value, figures)
            if value.unit or value.figure[:1].isdigit()
            else Piece(value.figure)
        )

    def _number(self, name: str) -> Decimal | None:
        text = self.judgement.numbers[name]
        return None if text is None else Decimal(text)

    def _plain(self, name: str) -> str:
        value = self._number(name)
        if value is None:
            return "—"
        return shown(value, self.target)
