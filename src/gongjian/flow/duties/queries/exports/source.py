"""What an export of the list is made from, and what every sheet of it prints."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries.lists import (
    frozen_order,
    issued_before,
    issued_lines,
    issued_list,
    list_in_the_making,
    unit_order_of,
)
from gongjian.flow.duties.queries.sheets import (
    SheetLine,
    arranged,
    changes,
    lines_of_unit,
    sheet_lines,
)
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries import Basis
from gongjian.foundation.orgs.models import Unit
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class Exported:
    """The lines of one version with what a reader has to know of it.

    `before` holds the lines of the version before by uid; `of` is whose sheet it is, if one's.
    """

    title: str
    lines: tuple[SheetLine, ...]
    before: dict[str, SheetLine]
    removed: tuple[SheetLine, ...]
    version: str
    state: str
    doc_no: str
    issuer: str
    issued_on: date | None
    signed_by: str
    as_of: date
    exported_by: str
    year: int
    unit_order: str
    sha256: str = ""
    of: str = ""
    basis: str = ""  # the snapshot it is of, in words

    @property
    def draft(self) -> bool:
        return self.issued_on is None

    @property
    def footing(self) -> str:
        """截止日期、快照号或实时、版本、口径版本、单位排列、导出人: printed on every sheet."""
        return _(
            "截止日期：%(day)s　数据：%(basis)s　版本：%(version)s　口径版本：%(definitions)s　"
            "单位排列：%(order)s　导出人：%(who)s"
        ) % {
            "day": chinese_day(self.as_of),
            "basis": self.basis_words,
            "definitions": self.definitions,
            "version": " ".join(filter(None, (self.version, self.doc_no or self.state))),
            "order": self.order_label,
            "who": self.exported_by,
        }

    @property
    def basis_words(self) -> str:
        """快照号、实时, or that it is as it was issued."""
        return self.basis or (_("实时") if self.draft else _("印发版，印发后的调整不在内"))

    @property
    def definitions(self) -> str:
        """By which version of the definitions: those that stand in the list itself."""
        return (
            _("现行口径，逐项列出")
            if self.draft
            else _("%(version)s 所列") % {"version": self.version}
        )

    @property
    def order_label(self) -> str:
        return order_label(self.unit_order)

    @property
    def proposed(self) -> int:
        return sum(line.proposed for line in self.lines)

    def changed(self, line: SheetLine) -> dict[str, tuple[str, str]]:
        """{column: (old, new)} against the version before."""
        return changes(self.before.get(line.uid), line)

    def is_new(self, line: SheetLine) -> bool:
        return bool(self.before) and line.uid not in self.before


def order_label(unit_order: str) -> str:
    """How the units of a paper stand, as it says."""
    return _("%(order)s，牵头单位在前") % {"order": DutyList.UnitOrder(unit_order).label}


def exported_list(
    campaign: Campaign,
    *,
    on: date,
    by: str,
    draft: bool | None = None,
    version: int | None = None,
    basis: Basis | None = None,
) -> Exported:
    """The newest issue; where there is none, or `draft` asks, the list as it stands.

    `version` names one issued version; `basis` a snapshot: then what had been issued by its day,
    or the duties of that day. A constant number of queries. Missing: list.not-issued.
    """
    if basis is not None and basis.snapshot:
        found = _on_day(campaign, basis.as_of, by=by, draft=draft)
        return replace(found, as_of=basis.as_of, basis=basis.words)
    issued = _issued(campaign, version)
    if draft is False or version is not None or (draft is None and issued is not None):
        if issued is None:
            raise Missing("list.not-issued", _("这一版责任清单还没有印发，可以先导出征求意见稿。"))
        return _of_issue(issued, on=on, by=by)
    making = list_in_the_making(campaign)
    return _standing(campaign, making, issued, on=on, by=by)


def _on_day(campaign: Campaign, day: date, *, by: str, draft: bool | None) -> Exported:
    """What was issued by a day, whatever came after; where nothing was, the duties of that day."""
    lists = campaign.duty_lists.filter(state=DutyList.State.ISSUED, issued_date__lte=day)
    issued = lists.order_by("-number").first()
    if issued is not None and not draft:
        return _of_issue(issued, on=day, by=by)
    return _standing(campaign, None, issued, on=day, by=by)


def _standing(
    campaign: Campaign, making: DutyList | None, issued: DutyList | None, *, on: date, by: str
) -> Exported:
    """The duties as they stand on a day, with what was last issued before."""
    before = issued_lines(issued)
    signed = issued_lines(making)  # what was signed stands still
    order = making.unit_order if making else unit_order_of(campaign)
    lines = tuple(signed.values() or arranged(sheet_lines(campaign, on=on), order))
    there = {line.uid for line in lines}
    number = making.number if making else 1 + (issued.number if issued else 0)
    return Exported(
        title=_("%(year)s年%(name)s责任清单（征求意见稿）")
        % {"year": campaign.year, "name": campaign.name},
        lines=lines,
        before=before,
        removed=tuple(line for uid, line in before.items() if uid not in there),
        version=f"V{number}",
        state=str(making.get_state_display() if making else _("未发出")),
        doc_no="",
        issuer="",
        issued_on=None,
        signed_by="",
        as_of=on,
        exported_by=by,
        year=campaign.year,
        unit_order=order,
    )


def only_unit(exported: Exported, unit: Unit) -> Exported:
    """A unit's own sheet. Missing where the list does not name it."""
    lines = tuple(lines_of_unit(exported.lines, unit.code))
    if not lines:
        raise Missing(
            "list.unit-not-named",
            _("责任清单里没有%(unit)s负责或配合的条目。") % {"unit": unit.short_name},
        )
    return replace(exported, lines=lines, removed=(), of=unit.name)


def chinese_day(day: date) -> str:
    return _("%(year)s年%(month)s月%(day)s日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def _issued(campaign: Campaign, version: int | None) -> DutyList | None:
    if version is None:
        return issued_list(campaign)
    return campaign.duty_lists.filter(number=version, state=DutyList.State.ISSUED).first()


def _of_issue(issued: DutyList, *, on: date, by: str) -> Exported:
    """As it was issued, whatever has changed since."""
    content = issued.content
    unit = issued.issued_by.unit if issued.issued_by else None
    return Exported(
        title=_("%(year)s年%(name)s责任清单")
        % {"year": content["year"], "name": content["campaign"]},
        lines=tuple(issued_lines(issued).values()),
        before=issued_lines(issued_before(issued)),
        removed=tuple(SheetLine.of(row) for row in content["removed"]),
        version=f"V{issued.number}",
        state=str(issued.get_state_display()),
        doc_no=issued.doc_no,
        issuer=unit.name if unit else "",
        issued_on=issued.issued_date,
        signed_by=content["signed_by"],
        as_of=issued.issued_date or on,
        exported_by=by,
        year=content["year"],
        unit_order=frozen_order(issued),
        sha256=issued.sha256,
    )
