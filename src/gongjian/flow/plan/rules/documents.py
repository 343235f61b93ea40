"""What may be done with plans, and by whom."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongjian.engine.extract.deadlines import last_day
from gongjian.engine.extract.view import normalise
from gongjian.flow.plan.models import Campaign, Candidate, PlanDocument, ReviewStep
from gongjian.foundation.files.rules import check_can_keep
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import (
    ALL,
    OFFICE,
    allows,
    check_can_see_business,
    check_is_office,
    check_is_seen,
    right,
)
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of

PLANS = frozenset(
    {".docx", ".doc", ".wps", ".pdf", ".xlsx", ".xls", ".et", ".csv", ".txt", ".html"}
)
UNITS = ("lead", "responsible", "support")
LENGTHS = {"name": 80, "metric": 80, "qualifier": 30, "unit": 20, "text": 300}
LONGEST = 1000  # characters of one finding
# A figure has 16 places before its point, in base units (models.TargetValue).
LARGEST = Decimal(10) ** 16
YEARS_AHEAD = 10
LONGEST_WHY = 200
# A year as a title names it: followed by 年, or by a dash or 至 and another year.
NAMED = re.compile(r"(?<!\d)(20\d\d)(?=\s*(?:\u5e74|[-—–~\u81f3]\s*20\d\d))")


REVIEW_PLANS = right("plan.review", gettext_lazy("审核方案"), dict.fromkeys(sorted(OFFICE), ALL))


def check_can_read_plan(by: User) -> None:
    """Everybody who works on it reads the plan."""
    check_can_see_business(by)


def check_can_upload(by: User) -> None:
    """The office brings plans in."""
    check_is_office(by)


def check_can_bring(name: str, *, size: int) -> None:
    """A file of a kind that plans come in, not empty, not too large."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in PLANS:
        raise Refused(
            "file.kind",
            _("不收 %(suffix)s 文件。方案可以传 Word、PDF、Excel、网页或文本。")
            % {"suffix": suffix or _("没有扩展名的")},
        )
    check_can_keep(name, size=size)


def check_can_replace(document: PlanDocument, *, campaign: Campaign) -> None:
    """A new version is of a plan that was adopted, of the same year of key work."""
    if document.campaign_id != campaign.pk:
        raise Refused("plan.elsewhere", _("原方案属于另一个攻坚年，请在那一年里上传新版本。"))
    if document.state != PlanDocument.State.ADOPTED:
        raise Refused(
            "plan.not-adopted",
            _("“%(title)s”还没有定稿，谈不上新版本。请先审完它，或作为新方案上传。")
            % {"title": document.title},
        )


def check_can_move_plan(document: PlanDocument, into: Campaign, *, why: str, by: User) -> None:
    """A plan brought into the wrong year is put into the right one before it is adopted there.

    A new version of an adopted plan stays in its year.
    """
    check_can_upload(by)
    if document.state == PlanDocument.State.ADOPTED or document.replaces_id is not None:
        raise Refused(
            "plan.stays",
            _("“%(title)s”已经定稿，或是定稿方案的新版本，不能移到别的年度。")
            % {"title": document.title},
        )
    if document.campaign_id == into.pk:
        raise Refused(
            "plan.same-year", _("它已经在 %(year)s 年，请选别的年度。") % {"year": into.year}
        )
    check_is_seen(_("原因"), why)
    if not why.strip():
        raise Refused("plan.no-reason", _("移到别的年度要写原因，如“上传时选错了年度”。"))
    if len(why.strip()) > LONGEST_WHY:
        raise Refused("plan.long-reason", _("原因最多 %(limit)s 个字。") % {"limit": LONGEST_WHY})


def check_can_review(by: User) -> None:
    """Both accounts of the office review what was found. Refused: review.office-only."""
    if not allows(REVIEW_PLANS, by):
        raise Refused(
            "review.office-only", _("方案由攻坚办和攻坚办审核人审核。你的账号不是攻坚办账号。")
        )


def check_can_decide(document: PlanDocument, *, by: User) -> None:
    """While the document is under review its findings may be judged, and judged anew."""
    check_can_review(by)
    if document.state == PlanDocument.State.ADOPTED:
        raise Refused(
            "plan.adopted", _("这份方案已经定稿，候选不能再改。要改目标，请在计划总表里走调整。")
        )
    if document.state != PlanDocument.State.REVIEW:
        raise Refused("plan.not-read", _("这份方案还在读取，读完才能审核。"))


def check_can_reject(candidate: Candidate, *, by: User, why: str) -> None:
    """A rejected finding keeps the reason, so that nobody has to ask twice."""
    check_can_decide(candidate.document, by=by)
    if not why.strip():
        raise Refused("candidate.no-reason", _("驳回要写理由，审核记录里会一直显示。"))


def check_can_accept_listed(document: PlanDocument, *, by: User, count: int) -> None:
    """A list is taken as it was looked at, and an empty one takes nothing."""
    check_can_decide(document, by=by)
    if not count:
        raise Refused("review.nothing-listed", _("一条也没有勾选。勾上要采用的，再按采用。"))


def is_bulk(candidate: Candidate) -> bool:
    """Whether it may be taken with others: nobody has judged it, and the reader was sure.

    What may be a sentence of the plan reworded is asked about one by one.
    """
    waits = candidate.state == Candidate.State.PENDING
    asked = candidate.resembles is not None
    return waits and not asked and candidate.confidence >= Candidate.BULK


def check_is_live(candidate: Candidate) -> None:
    """What was merged or withdrawn is in the trail only."""
    if candidate.state in Candidate.GONE:
        raise Refused(
            "candidate.gone",
            _("第 %(seq)s 条%(state)s，不能再审。要恢复它，请撤销那一步。")
            % {"seq": candidate.seq, "state": candidate.get_state_display()},
        )


def check_has_moved(candidate: Candidate) -> None:
    """Only what the plan moved under is looked at again. Refused: candidate.not-moved."""
    if not candidate.moved:
        raise Refused(
            "candidate.not-moved",
            _("第 %(seq)s 条审核以后，计划没有再变，不用再确认。") % {"seq": candidate.seq},
        )


def check_can_tie(candidate: Candidate, *, tied: Candidate | None) -> None:
    """It resembles a node that no other finding speaks of.

    Refused: candidate.resembles-nothing, candidate.tied.
    """
    if candidate.resembles is None:
        raise Refused(
            "candidate.resembles-nothing",
            _("计划里没有同第 %(seq)s 条相近的。请采用为新增，或驳回。") % {"seq": candidate.seq},
        )
    if tied is not None:
        raise Refused(
            "candidate.tied",
            _("第 %(other)s 条已对应计划里的这一条。请采用第 %(seq)s 条为新增，或同它合并。")
            % {"other": tied.seq, "seq": candidate.seq},
        )


def check_can_merge(candidates: Sequence[Candidate], *, by: User) -> None:
    """Two or more, of one kind and one plan, none of them rejected or gone."""
    if len({candidate.pk for candidate in candidates}) < 2:
        raise Refused("candidate.merge-one", _("合并要选两条以上。在列表里再勾一条。"))
    first = candidates[0]
    check_can_decide(first.document, by=by)
    if len({(candidate.document_id, candidate.kind) for candidate in candidates}) > 1:
        raise Refused(
            "candidate.merge-kinds", _("只能合并同一类的条目，行动、目标、任务、节点不能混着合。")
        )
    for candidate in candidates:
        if candidate.state in (Candidate.State.REJECTED, *Candidate.GONE):
            raise Refused(
                "candidate.merge-state",
                _("第 %(seq)s 条%(state)s，不能合并。请先重审它，或不选它。")
                % {"seq": candidate.seq, "state": candidate.get_state_display()},
            )


def check_can_split(candidate: Candidate, after: int, halves: Sequence[tuple[int, int]]) -> None:
    """Words stand on both sides of the place."""
    if not 0 < after < candidate.end - candidate.start or any(a >= b for a, b in halves):
        raise Refused("candidate.split-place", _("拆分处两边都要有文字。把光标放到句子中间再拆。"))


def check_can_select(document: PlanDocument, text: str, *, by: User) -> None:
    """Some words, and not a whole chapter. `text` is what is selected, trimmed."""
    check_can_decide(document, by=by)
    if not any(character.isalnum() for character in text):
        raise Refused("candidate.selection", _("没有选中文字。在原文里选一段话，再按 N。"))
    if len(text) > LONGEST:
        raise Refused(
            "candidate.selection",
            _("选中了 %(length)s 个字，一条最多 %(limit)s 个字。请只选说这件事的那几句。")
            % {"length": len(text), "limit": LONGEST},
        )


def check_is_kind(kind: str) -> None:
    """One of the four that a plan holds."""
    if kind not in Candidate.Kind.values:
        raise Refused("candidate.kind", _("请选它是行动、目标、任务还是节点。"))


def check_is_home(home: Candidate | None) -> None:
    """An action that findings of this plan may stand under."""
    if home is None:
        raise Refused("candidate.field", _("没有这个行动，请从列表里选。"))


def check_can_undo(step: ReviewStep | None, candidates: Sequence[Candidate]) -> None:
    """One's own last step, while nobody else has judged what it changed."""
    if step is None:
        raise Refused("review.nothing-to-undo", _("没有可以撤销的了：你在这份方案上还没有审过。"))
    for candidate in candidates:
        if candidate.last_step_id != step.pk:
            later = candidate.last_step
            raise Refused(
                "review.changed-since",
                _("第 %(seq)s 条后来由%(who)s改过，这一步撤销不了。请打开那一条，直接改或重审。")
                % {"seq": candidate.seq, "who": later.by.display_name if later else _("别人")},
            )


def check_can_adopt(
    document: PlanDocument,
    *,
    by: User,
    pending: int,
    moved: int = 0,
    taken: Sequence[Candidate],
) -> None:
    """Nothing enters the plan unseen, and nothing without its action.

    `moved` of the pending were judged before the plan moved. `taken` are the findings that were
    accepted, each with what it stands under.
    """
    check_can_decide(document, by=by)
    if pending and pending == moved:
        raise Refused(
            "plan.moved",
            ngettext(
                "审核以后计划变了，%(count)s 条要再看一遍，才能定稿。",
                "审核以后计划变了，%(count)s 条要再看一遍，才能定稿。",
                moved,
            )
            % {"count": moved},
        )
    if pending:
        raise Refused(
            "plan.unseen",
            ngettext(
                "还有 %(count)s 条没有审。审完才能定稿。",
                "还有 %(count)s 条没有审。审完才能定稿。",
                pending,
            )
            % {"count": pending},
        )
    if not taken and not document.replaces_id:
        raise Refused("plan.nothing-taken", _("一条也没有采用，没有可以定稿的内容。"))
    for candidate in taken:
        check_has_a_home(candidate, document=document, taken=taken)
        check_can_be_kept(candidate, year=document.campaign.year)


def other_year(document: PlanDocument) -> int:
    """Another year than its campaign's that the title of a plan names; 0 where it names none."""
    return other_year_in(document.title, document.campaign.year)


def other_year_in(title: str, year: int) -> int:
    """The same of a title in a year."""
    years = [int(found) for found in NAMED.findall(normalise(title))]
    return 0 if not years or year in range(years[0], years[-1] + 1) else years[0]


def check_is_of_its_year(document: PlanDocument, *, confirmed: bool) -> None:
    """A plan of another year is adopted only when somebody says that it is meant."""
    other = other_year(document)
    if other and not confirmed:
        raise Refused(
            "plan.other-year",
            _(
                "标题写的是 %(other)s 年，这里是 %(year)s 年的计划。确是 %(year)s 年的，"
                "勾上“是这一年的”再定稿；传错了年度，请在方案文件里把它移到 %(other)s 年。"
            )
            % {"other": other, "year": document.campaign.year},
        )


def check_has_a_home(
    candidate: Candidate, *, document: PlanDocument, taken: Sequence[Candidate]
) -> None:
    """A target, task or milestone stands under an action that is taken, or already adopted."""
    if candidate.twin is not None:
        return  # it stands in the plan already
    home = candidate.under
    known = home is not None and (
        home.document_id != document.pk or home.twin is not None or home in taken
    )
    if candidate.kind != Candidate.Kind.ACTION and not known:
        raise Refused(
            "plan.homeless",
            _("第 %(seq)s 条“%(what)s”没有所属行动。请先给它指定行动，或驳回它。")
            % {"seq": candidate.seq, "what": candidate.evidence[:20]},
        )


def is_in_years(day: date, year: int) -> bool:
    """Whether a time lies in the plan's year or the years that it looks ahead to."""
    return year <= day.year <= year + YEARS_AHEAD


def check_in_years(day: date, *, year: int) -> None:
    """A finding's time is one that could be typed into the plan, too. Refused: candidate.field."""
    if not is_in_years(day, year):
        raise Refused(
            "candidate.field",
            _("时限应在 %(first)s 年到 %(last)s 年之间。")
            % {"first": year, "last": year + YEARS_AHEAD},
        )


def check_fits(fields: Mapping[str, Any]) -> None:
    """Whether the typed fields can be kept as they are. Refused: candidate.field, words.unseen."""
    names = {
        "name": _("名称"),
        "metric": _("目标名称"),
        "qualifier": _("限定"),
        "unit": _("单位"),
        "text": _("内容"),
    }
    for field, limit in LENGTHS.items():
        typed = str(fields.get(field) or "").strip()
        check_is_seen(names[field], " ".join(typed.split()))
        length = len(typed)
        if length > limit:
            raise Refused(
                "candidate.field",
                _("%(field)s最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
                % {"field": names[field], "limit": limit, "length": length},
            )
    for unit in (unit for name in UNITS for unit in fields.get(name) or ()):
        check_is_seen(_("单位名称"), " ".join(unit.split()))
    if "value" in fields:
        factor = dimension_of(str(fields.get("unit", "")))[1]
        numbers = ("value", "value_max", "base_value")
        values = [Decimal(str(fields[name])) for name in numbers if fields.get(name)]
        if any(abs(size) >= LARGEST for size in (factor, *(value * factor for value in values))):
            raise Refused("candidate.field", _("数值太大，请核对单位。"))


def check_can_be_kept(candidate: Candidate, *, year: int) -> None:
    """What was taken as found fits, too; longer words of a task are cut, not refused.

    Refused: candidate.field, with the finding that is meant.
    """
    try:
        cut = ("text", "qualifier")
        check_fits({name: kept for name, kept in candidate.fields.items() if name not in cut})
        time = last_day(candidate.fields.get("deadline") or candidate.fields.get("date") or "")
        if time and candidate.twin is None:
            check_in_years(date.fromisoformat(time), year=year)
    except Refused as no:
        raise Refused(
            "candidate.field",
            _("第 %(seq)s 条“%(what)s”：%(why)s")
            % {"seq": candidate.seq, "what": candidate.evidence[:20], "why": no.sentence},
        ) from no
