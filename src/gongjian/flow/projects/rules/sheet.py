"""What may be typed into the month sheet, by whom, and what it means."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.engine.typed import read_typed
from gongjian.flow.projects.models import InvestmentMonth, MonthCell, Project
from gongjian.flow.projects.rules.money import MONTH, Named, check_can_plan_money, check_has_begun
from gongjian.flow.projects.rules.register import check_is_going
from gongjian.flow.projects.rules.stages import check_reports_on
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import FILL, OPEN
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows
from gongjian.lib.refusals import Refused

Column = MonthCell.Column
LONGEST_WORDS = 2_000
LONGEST_TYPED = 10_000
QUOTED = 20  # characters of what was typed that a sentence repeats


def check_can_fill_sheet(by: User) -> None:
    """Reporters fill in what was done, the office what is planned. Refused: cell.read-only."""
    if not allows(FILL, by) and not allows(KEEP_OFFICE, by):
        raise Refused(
            "cell.read-only",
            _("调度表的完成数由填报人填，计划数由攻坚办填。你的账号只能看。"),
        )


def check_can_fill_cell(project: Project, column: str, *, by: User) -> None:
    """The office plans, the project's own unit reports, as long as the project goes on.

    Refused: office.only, stage.no-unit, stage.not-yours, project.ended.
    """
    if column == Column.PLANNED:
        check_can_plan_money(by)
    else:
        check_reports_on(project, by=by)
    check_is_going(project)


def check_month_is_open(month: str, column: str, *, today: str, closed: Mapping[str, str]) -> None:
    """A month that is one, has begun and is not closed; a plan may be of a month to come.

    `closed` says of each closed month why. Refused: money.month, money.ahead, cell.closed.
    """
    if not MONTH.fullmatch(month):
        raise Refused("money.month", _("月份写成“年-月”，例如 2020-06。"))
    if column != Column.PLANNED and month > today:
        raise Refused(
            "money.ahead", _("%(month)s 还没有到，计划投资填在计划栏。") % {"month": month}
        )
    if month in closed:
        raise Refused("cell.closed", closed[month])


def check_is_unsent(row: InvestmentMonth | None) -> None:
    """A month that was sent in is no draft any more, until it is returned. Refused: cell.sent."""
    if row is not None and row.state not in OPEN:
        raise Refused(
            "cell.sent",
            _("这个月%(state)s，表里不能改。已采信的走更正；没有采信的请审核人先退回。")
            % {"state": State(row.state).label},
        )


def check_is_kept(typed: str) -> None:
    """What is typed into a cell is kept, right or wrong, up to a length. Refused: cell.long."""
    if len(typed) > LONGEST_TYPED:
        raise _too_long(len(typed), LONGEST_TYPED)


def amount_typed(typed: str) -> Decimal | None:
    """元 from what stands in a cell of 万元; None where it says that nothing is known.

    Refused: cell.number, money.negative, money.too-much.
    """
    read = read_typed(typed)
    if read.code in ("ok", "empty"):
        return read.yuan
    if read.code == "negative":
        raise Refused("money.negative", _("当月数不会小于 0。要冲减以前的数，请走更正。"))
    if read.code == "much":
        raise Refused("money.too-much", _("金额太大，请核对单位是元、万元还是亿元。"))
    sentences = {
        "grouping": _("“%(typed)s”的逗号位置不对，写成 1,200 或 1200。"),
        "share": _("“%(typed)s”是百分数，这一栏填金额，单位万元。"),
        "text": _("“%(typed)s”不是数。填金额，单位万元，例如 1200。"),
        "currency": _("“%(typed)s”是外币，请折成人民币，单位万元。"),
        "about": _("“%(typed)s”不是确数，请填确切的金额。"),
    }
    said = typed.strip()
    short = said[:QUOTED] + ("…" if len(said) > QUOTED else "")
    sentence = sentences[read.code] % {"typed": short}
    raise Refused("cell.number", sentence)


def words_typed(typed: str) -> str:
    """The words of a cell, exactly as typed but for the space around. Refused: cell.long."""
    if len(typed.strip()) > LONGEST_WORDS:
        raise _too_long(len(typed.strip()), LONGEST_WORDS)
    return typed.strip()


def meaning_of(column: str, typed: str) -> Decimal | str | None:
    """What a cell says: 元, words, or None for nothing. Refused: cell.*, money.*"""
    return words_typed(typed) if column == Column.WORDS else amount_typed(typed)


def check_cell(
    project: Named, column: str, typed: str, *, month: str, started: str | None, planned: bool
) -> None:
    """A draft that could go in as it is. `planned`: a plan of the month stands already.

    Refused: cell.number, .long, .plan, money.negative, .too-much, .before-start.
    """
    said = meaning_of(column, typed)
    if column == Column.PLANNED and said is None and planned:
        raise Refused("cell.plan", _("计划数不能清空；没有计划就填 0。"))
    if column in (Column.DONE, Column.STAT_DONE) and isinstance(said, Decimal):
        check_has_begun(project, done=said, month=month, started=started)


def check_doubt_is_answered(name: str, *, reason: str) -> None:
    """A figure 10,000 times its neighbours goes in with a word why. Refused: cell.doubt."""
    if not reason.strip():
        raise Refused(
            "cell.doubt",
            _("“%(name)s”有一格像是万、亿写混了：改过来，或者写一句为什么就是这个数。")
            % {"name": name},
        )


def check_plan_change_has_a_reason(count: int, *, reason: str) -> None:
    """A plan that stands is changed with a word why; one that is new is not. Refused: cell.moved.

    `count` is of the figures that change what stands.
    """
    if count and not reason.strip():
        raise Refused(
            "cell.moved",
            _("有 %(count)s 个已定的计划数要改，写一句为什么改，旧数和理由一起留着。")
            % {"count": count},
        )


def check_as_previewed(*, same: bool) -> None:
    """What goes in is what was looked at. Refused: cell.changed."""
    if not same:
        raise Refused("cell.changed", _("预览以后又有格子改过，没有报送。请再看一遍下面的数。"))


def check_anything_to_send(count: int) -> None:
    """Refused: cell.nothing."""
    if not count:
        raise Refused("cell.nothing", _("这个月没有可以报送的草稿。"))


def _too_long(length: int, limit: int) -> Refused:
    return Refused(
        "cell.long",
        _("一格最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
        % {"limit": limit, "length": length},
    )
