"""What changed about a piece of work since the list was issued."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.duties.queries.duties import DutyLine
from gongjian.flow.duties.queries.lists import issued_lines, issued_list, list_in_the_making
from gongjian.flow.duties.queries.phrases import column_label
from gongjian.flow.duties.queries.sheets import SheetLine, named
from gongjian.flow.duties.queries.subjects import Subject, campaign_of, code_of


@dataclass(frozen=True, slots=True)
class SinceIssue:
    """How the issue in force has a line that differs in its number or units: (column, words) of it.

    `new`: that issue does not have the line. `making`: the version on its way, V2 征求意见中.
    """

    uid: UUID
    number: int
    doc_no: str
    said: tuple[tuple[str, str], ...]
    basis: str
    making: str
    new: bool = False


def since_issue(subject: Subject, duty: DutyLine) -> SinceIssue | None:
    """None where nothing was issued, or number and units are those of the issue. Three queries."""
    campaign = campaign_of(subject)
    issued = issued_list(campaign)
    if issued is None:
        return None
    old = issued_lines(issued).get(str(subject.uid))
    said = _said(old, subject, duty) if old is not None else ()
    if old is not None and not said:
        return None
    making = list_in_the_making(campaign)
    newest = subject.duties.filter(valid_to__isnull=True).exclude(basis="").order_by("-pk").first()
    return SinceIssue(
        uid=issued.uid,
        number=issued.number,
        doc_no=issued.doc_no,
        said=said,
        basis=newest.basis if newest else "",
        making=f"{making} {making.get_state_display()}" if making and making.sent_at else "",
        new=old is None,
    )


def issued_number(subject: Subject) -> tuple[str, str] | None:
    """(文号, number) under which the issue in force holds a piece of work. Three queries."""
    issued = issued_list(campaign_of(subject))
    old = issued_lines(issued).get(str(subject.uid)) if issued else None
    return (issued.doc_no, old.code) if issued and old else None


def _said(old: SheetLine, subject: Subject, duty: DutyLine) -> tuple[tuple[str, str], ...]:
    between = _("、")
    pairs = (
        ("code", old.code, code_of(subject)),
        ("lead", old.lead.short if old.lead else "", duty.lead),
        ("fills", old.fills, duty.fills),
        ("responsible", named(old.responsible), between.join(duty.responsible)),
        ("supporting", named(old.supporting), between.join(duty.supporting)),
    )

    def same(was: str, now: str) -> bool:
        """An issue in the official order says nothing of the order the units were given in."""
        return was == now or (old.official and set(was.split(between)) == set(now.split(between)))

    return tuple(
        (column_label(name), was or _("无")) for name, was, now in pairs if not same(was, now)
    )
