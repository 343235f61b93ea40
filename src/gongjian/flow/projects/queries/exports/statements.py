"""变动情况表: a list from one day to another, as an official paper and as a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.documents.official import (
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    TableBlock,
    write_official,
)
from gongjian.flow.projects.models import ProjectList
from gongjian.flow.projects.queries.exports.ledger import definitions_named
from gongjian.flow.projects.queries.exports.tables import Basis, Footing, Table, TableColumn
from gongjian.flow.projects.queries.lists import Statement, StatementLine
from gongjian.flow.projects.queries.versions import VersionRow
from gongjian.lib.rounding import rounded

YI = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class StatementSpan:
    """Between which days a statement speaks, and who took it away."""

    since: date
    until: date
    by: str
    at: datetime | None = None

    @property
    def basis(self) -> str:
        """快照号 or 实时 of what is printed."""
        return Basis(self.until, self.at).words if self.at else ""


def statement_table(
    listed: ProjectList, found: Statement, acts: Sequence[VersionRow], span: StatementSpan
) -> Table:
    """The sums, then every act with whom it concerned."""
    sums = [
        {"what": line.words, "count": line.count, "amount": _yi(line.amount),
         "paper": _("、").join(line.papers)}
        for line in (found.opening, *found.lines, found.closing)
    ]  # fmt: skip
    detail = [
        {"what": act.label, "day": act.day, "version": act.number, "paper": act.doc_no,
         "names": told(act), "reason": act.reason}
        for act in reversed(acts)
    ]  # fmt: skip
    return Table(
        title=title_of(listed),
        columns=(
            TableColumn("what", _("事项"), 14),
            TableColumn("count", _("项目（个）"), 12, "number"),
            TableColumn("amount", _("总投资（亿元）"), 16),
            TableColumn("day", _("生效日期"), 12),
            TableColumn("version", _("清单版本"), 10, "number"),
            TableColumn("paper", _("批准文号"), 28),
            TableColumn("names", _("涉及项目"), 50),
            TableColumn("reason", _("理由"), 30),
        ),
        rows=(*sums, *detail),
        footing=_footing(found, span),
    )


def statement_word(
    listed: ProjectList, found: Statement, acts: Sequence[VersionRow], span: StatementSpan
) -> bytes:
    """The same as an official paper: a sentence, the sums, the acts in their order."""
    sums = TableBlock(
        columns=(
            Column(_("事项"), 24),
            Column(_("项目（个）"), 18),
            Column(_("总投资（亿元）"), 24),
            Column(_("批准文号"), 34, "left"),
        ),
        rows=tuple(
            (line.words, _signed(line, found), _amount(line, found), _("、").join(line.papers))
            for line in (found.opening, *found.lines, found.closing)
        ),
        points=12,
    )
    detail = TableBlock(
        columns=(
            Column(_("生效日期"), 14),
            Column(_("调整"), 10),
            Column(_("项目"), 36, "left"),
            Column(_("批准文号"), 20, "left"),
            Column(_("理由"), 20, "left"),
        ),
        rows=tuple(
            (act.day.isoformat(), act.label, told(act), act.doc_no, act.reason or "—")
            for act in reversed(acts)
        ),
    )
    more = (Heading(_("逐次调整")), detail) if acts else ()
    footing = _footing(found, span).words
    return write_official(
        OfficialDocument(
            title=title_of(listed),
            blocks=(
                *(Paragraph(text) for text in sentences(listed, found, span)),
                sums,
                *more,
                Paragraph((Run(footing),), indent=False),
            ),
        )
    )


def sentences(listed: ProjectList, found: Statement, span: StatementSpan) -> Iterator[str]:
    """What changed, in an office's words."""
    yield _(
        "%(since)s，“%(list)s”共 %(n)s 个项目、总投资 %(sum)s 亿元；"
        "到 %(until)s，共 %(m)s 个项目、总投资 %(total)s 亿元。"
    ) % {
        "since": span.since.isoformat(),
        "until": span.until.isoformat(),
        "list": listed.name,
        "n": found.opening.count,
        "sum": _yi(found.opening.amount),
        "m": found.closing.count,
        "total": _yi(found.closing.amount),
    }
    if found.renamed:
        names = _("、").join(f"{old}→{new}" for old, new in found.renamed)
        yield _("更名 %(n)s 个：%(names)s。") % {"n": len(found.renamed), "names": names}
    if found.unknown:
        yield _("其中 %(n)s 个项目总投资未填，不计入金额。") % {"n": found.unknown}


def told(act: VersionRow) -> str:
    """Whom an act concerned: who came, who went, or both."""
    if act.renamed:
        return f"{act.renamed[0]} → {act.renamed[1]}"
    came, went = _("、").join(act.came), _("、").join(act.went)
    return f"{went} → {came}" if came and went else came or went


def title_of(listed: ProjectList) -> str:
    return _("%(list)s变动情况表") % {"list": listed.name}


def _footing(found: Statement, span: StatementSpan) -> Footing:
    return Footing(span.until, _scope(found, span), span.by, span.basis, definitions_named())


def _scope(found: Statement, span: StatementSpan) -> str:
    held = _("期初加各项变动等于期末") if found.adds_up else _("期初加变动与期末不等，请核对")
    return _("%(since)s 至 %(until)s；%(held)s") % {
        "since": span.since.isoformat(),
        "until": span.until.isoformat(),
        "held": held,
    }


def _signed(line: StatementLine, found: Statement) -> str:
    ends = line.code in (found.opening.code, found.closing.code)
    return str(line.count) if ends else f"{line.count:+d}"


def _amount(line: StatementLine, found: Statement) -> str:
    ends = line.code in (found.opening.code, found.closing.code)
    return _yi(line.amount) if ends or line.amount <= 0 else f"+{_yi(line.amount)}"


def _yi(amount: Decimal) -> str:
    return f"{rounded(amount / YI, 2):,}"
