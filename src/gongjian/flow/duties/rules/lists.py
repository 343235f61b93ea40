"""How a version of the 责任清单 moves on: draft, consulting, decided, approved, issued."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.rules.assigning import check_can_read_duties, check_short
from gongjian.flow.duties.rules.rights import SIGN_LISTS
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import allows, check_acts_in_person, check_is_office
from gongjian.lib.refusals import Refused

State = DutyList.State
DOC_NO = re.compile(r"[\u4e00-\u9fff]{2,20}〔(\d{4})〕(\d{1,5})号")  # not shown
LONGEST_WHY = 300
LONGEST_DOC_NO = 60
JANUARY = 1


def check_can_see_list(by: User) -> None:
    """Everybody who works on the plan sees the versions of the list."""
    check_can_read_duties(by)


def check_can_draft_list(making: DutyList | None, *, by: User) -> None:
    """One version is in the making at a time."""
    check_is_office(by)
    if making is not None:
        raise Refused(
            "list.in-the-making",
            _("责任清单 V%(number)s %(state)s，印发后才能起草下一版。")
            % {"number": making.number, "state": making.get_state_display()},
        )


def check_can_send(
    duties: DutyList, *, lines: int, differs: bool = False, lacks: Mapping[str, int], by: User
) -> None:
    """What is sent to the units is whole: every line has one lead unit, and a person saw it.

    `lines` are asked about; `differs`: its papers say something else than those of the issue.
    """
    check_is_office(by)
    _check_state(duties, State.DRAFT)
    if not lines:
        _check_differs(differs)
        raise Refused(
            "list.nothing-to-ask",
            _("这一版只有调出、编号变动这类改动，不用征求单位意见，直接定稿。"),
        )
    _check_is_whole(lacks)


def check_can_scrap(duties: DutyList, *, why: str, by: User) -> None:
    """The office gives up a draft made in error, with the reason, as long as nothing was sent."""
    check_is_office(by)
    if duties.state == State.SCRAPPED:
        _check_state(duties, State.DRAFT)
    if duties.state != State.DRAFT:
        raise Refused(
            "list.was-sent",
            _("责任清单 V%(number)s %(state)s，发出以后不能作废；要改的在下一版改。")
            % {"number": duties.number, "state": duties.get_state_display()},
        )
    if not why.strip():
        raise Refused("list.no-reason", _("作废要写原因，如“没有要改的”“误起草”。"))
    check_short(why, _("作废原因"), limit=LONGEST_WHY)


def check_can_arrange(duties: DutyList, *, order: str, by: User) -> None:
    """The office says how units stand on paper, until the list waits for its signature."""
    check_is_office(by)
    _check_state(duties, State.DRAFT, State.CONSULTING)
    if order not in DutyList.UnitOrder.values:
        raise Refused("list.no-such-order", _("单位排列选官方序或来文序。"))


def check_can_settle(
    duties: DutyList,
    *,
    waiting: int,
    undecided: int,
    lines: int = 0,
    differs: bool = False,
    lacks: Mapping[str, int],
    by: User,
) -> None:
    """The office closes the consultation once everybody answered or the hour ran out.

    `waiting` may still answer; `undecided` are objections and silences without a decision; `lacks`
    is what queries.lacking counts. No line is settled with a blank in its 五定 (handbook 2.1).
    A draft is settled at once where it differs from the issue and none of its `lines` is asked
    about: what is taken out, or stands under another number, is nobody's to answer.
    """
    check_is_office(by)
    _check_state(duties, State.DRAFT, State.CONSULTING)
    if duties.state == State.DRAFT:
        if lines:
            raise Refused(
                "list.not-asked",
                _("这一版有 %(count)s 项要征求单位意见，发出并答复以后才能定稿。")
                % {"count": lines},
            )
        _check_differs(differs)
    _check_is_whole(lacks)
    _check_has_five(lacks)
    if waiting:
        raise Refused(
            "list.units-may-answer",
            _("还有 %(count)s 条在答复期内没有答复，到期或都答复了才能定。") % {"count": waiting},
        )
    if undecided:
        raise Refused(
            "list.undecided",
            _("还有 %(count)s 条异议或未答复没有定。未答复不算同意，要由攻坚办逐项写明怎么定。")
            % {"count": undecided},
        )


def check_can_return(duties: DutyList, *, why: str, by: User) -> None:
    """A principal leader sends a list back unsigned, with the reason."""
    check_is_principal(by)
    _check_state(duties, State.DECIDED)
    if not why.strip():
        raise Refused("list.no-reason", _("退回要写原因，攻坚办才知道改哪里。"))
    check_short(why, _("退回原因"), limit=LONGEST_WHY)


def check_can_approve(
    duties: DutyList, *, lacks: Mapping[str, int] | None = None, by: User
) -> None:
    """A principal leader signs; never whoever drafted, sent or settled it."""
    check_is_principal(by)
    check_acts_in_person(by)
    _check_state(duties, State.DECIDED)
    _check_is_whole(lacks or {})
    _check_has_five(lacks or {})
    if by.pk in (duties.drafted_by_id, duties.sent_by_id, duties.decided_by_id):
        raise Refused("list.own-draft", _("起草、发出和定稿的人不能自己签发。请另一位主要领导签。"))


def check_can_issue(duties: DutyList, *, doc_no: str, day: date, by: User) -> None:
    """What was signed is issued under its 文号, once. `doc_no` with its brackets tidied.

    The year of the 文号 is that of the day of issue; in January the number may still be one of
    the year before.
    """
    check_is_office(by)
    _check_state(duties, State.APPROVED)
    if not doc_no:
        raise Refused("list.no-doc-no", _("印发要有文号，例如 诸攻坚办发〔2020〕12号。"))
    shaped = DOC_NO.fullmatch(doc_no)
    if len(doc_no) > LONGEST_DOC_NO or shaped is None:
        raise Refused(
            "list.doc-no-shape",
            _("文号写成“发文机关代字〔年份〕序号号”，例如 诸攻坚办发〔2020〕12号。"),
        )
    year = int(shaped[1])
    if year != day.year and not (day.month == JANUARY and year == day.year - 1):
        raise Refused(
            "list.doc-no-year",
            _("文号的年份是%(year)s，印发日期在%(issued)s年，对不上。请核对文号和印发日期。")
            % {"year": year, "issued": day.year},
        )


def _check_differs(differs: bool) -> None:
    if not differs:
        raise Refused(
            "list.empty",
            _("这一版没有可以征求意见的条目：没有目标和任务，或与已印发的一版没有差别。"),
        )


def _check_is_whole(lacks: Mapping[str, int]) -> None:
    no_lead, proposed = lacks.get("no_lead", 0), lacks.get("proposed", 0)
    if no_lead:
        raise Refused(
            "list.no-lead",
            ngettext(
                "还有 %(count)s 项没有牵头单位，定了才能往下办。",
                "还有 %(count)s 项没有牵头单位，定了才能往下办。",
                no_lead,
            )
            % {"count": no_lead},
        )
    if proposed:
        raise Refused(
            "list.unconfirmed",
            ngettext(
                "还有 %(count)s 条按原文提出的责任没有确认，确认后才能往下办。",
                "还有 %(count)s 条按原文提出的责任没有确认，确认后才能往下办。",
                proposed,
            )
            % {"count": proposed},
        )


def _check_has_five(lacks: Mapping[str, int]) -> None:
    labels = {
        "leader": _("牵头领导"),
        "deadline": _("完成时限"),
        "measures": _("工作措施"),
        "definition": _("口径"),
    }
    if not lacks.get("gaps"):
        return
    blanks = [
        _("%(what)s %(count)s 项") % {"what": label, "count": lacks[name]}
        for name, label in labels.items()
        if lacks.get(name)
    ]
    raise Refused(
        "list.gaps",
        _("还有 %(count)s 项五定不全，补齐才能定稿、签发。缺：%(blanks)s。")
        % {"count": lacks["gaps"], "blanks": _("、").join(blanks)},
    )


def check_is_principal(by: User) -> None:
    """A list is signed, or sent back, by a principal leader."""
    if not allows(SIGN_LISTS, by):
        raise Refused(
            "list.principal-signs", _("责任清单由主要领导签发。你的账号不是主要领导账号。")
        )


def _check_state(duties: DutyList, *needed: str) -> None:
    if duties.state not in needed:
        raise Refused(
            "list.state",
            _("责任清单 V%(number)s 现在是“%(state)s”，这一步办过了，或还没有轮到。请刷新页面。")
            % {"number": duties.number, "state": duties.get_state_display()},
        )
