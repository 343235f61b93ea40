"""What may be done with plans, and by whom."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.foundation.files.rules import check_can_keep
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business, check_is_office
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of

SURE = 0.9
PLANS = frozenset(
    {".docx", ".doc", ".wps", ".pdf", ".xlsx", ".xls", ".et", ".csv", ".txt", ".html"}
)
LENGTHS = {"name": 80, "metric": 80, "unit": 20, "text": 300}
# A figure has 16 places before its point, in base units (models.TargetValue).
LARGEST = Decimal(10) ** 16


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


def check_can_review(by: User) -> None:
    """The office reviews what was found."""
    check_is_office(by)


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


def check_can_adopt(
    document: PlanDocument, *, by: User, pending: int, taken: Sequence[Candidate]
) -> None:
    """Nothing enters the plan unseen, and nothing without its action.

    `taken` are the findings that were accepted, each with what it stands under.
    """
    check_can_decide(document, by=by)
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
    if not taken:
        raise Refused("plan.nothing-taken", _("一条也没有采用，没有可以定稿的内容。"))
    for candidate in taken:
        check_has_a_home(candidate, document=document, taken=taken)
        check_can_be_kept(candidate)


def check_has_a_home(
    candidate: Candidate, *, document: PlanDocument, taken: Sequence[Candidate]
) -> None:
    """A target, task or milestone stands under an action that is taken, or already adopted."""
    home = candidate.under
    known = home is not None and (home.document_id != document.pk or home in taken)
    if candidate.kind != Candidate.Kind.ACTION and not known:
        raise Refused(
            "plan.homeless",
            _("第 %(seq)s 条“%(what)s”没有所属行动。请先给它指定行动，或驳回它。")
            % {"seq": candidate.seq, "what": candidate.evidence[:20]},
        )


def check_fits(fields: Mapping[str, Any]) -> None:
    """Whether the typed fields can be kept as they are. Refused: candidate.field."""
    names = {"name": _("名称"), "metric": _("目标名称"), "unit": _("单位"), "text": _("内容")}
    for field, limit in LENGTHS.items():
        length = len(str(fields.get(field) or "").strip())
        if length > limit:
            raise Refused(
                "candidate.field",
                _("%(field)s最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
                % {"field": names[field], "limit": limit, "length": length},
            )
    if "value" in fields:
        factor = dimension_of(str(fields.get("unit", "")))[1]
        values = [Decimal(str(fields[name])) for name in ("value", "value_max") if fields.get(name)]
        if any(abs(size) >= LARGEST for size in (factor, *(value * factor for value in values))):
            raise Refused("candidate.field", _("数值太大，请核对单位。"))


def check_can_be_kept(candidate: Candidate) -> None:
    """What was taken as found fits, too; the longer words of a task are cut, not refused.

    Refused: candidate.field, with the finding that is meant.
    """
    try:
        check_fits({name: kept for name, kept in candidate.fields.items() if name != "text"})
    except Refused as no:
        raise Refused(
            "candidate.field",
            _("第 %(seq)s 条“%(what)s”：%(why)s")
            % {"seq": candidate.seq, "what": candidate.evidence[:20], "why": no.sentence},
        ) from no
