"""Who may say who answers for what."""

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty, DutyList
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business, check_is_office, check_is_seen
from gongjian.lib.refusals import Refused

State = DutyList.State
LONGEST_BASIS = 120


def check_can_read_duties(by: User) -> None:
    """Everybody who works on the plan sees who answers for what."""
    check_can_see_business(by)


def check_can_assign(by: User) -> None:
    """The office assigns, on the words of the plan."""
    check_is_office(by)


def check_can_confirm_duty(duty: Duty, *, by: User) -> None:
    """A proposed duty counts once a person has confirmed it, and only once."""
    check_can_assign(by)
    if duty.confirmed_at is not None:
        raise Refused("duty.confirmed", _("这条责任已经确认过了。"))


def check_can_reassign(making: DutyList | None, *, issued: bool, basis: str, by: User) -> None:
    """While a list waits for its signature nothing moves; after an issue a change has a basis.

    `making` is the list of the campaign that is not issued yet; `issued`: one was before.
    """
    check_can_assign(by)
    check_short(basis, _("依据"), limit=LONGEST_BASIS)
    check_list_is_open(making)
    if issued and not basis.strip():
        raise Refused(
            "duty.no-basis",
            _("责任清单已经印发，改责任要写依据，例如会议纪要的期号。下一版清单会列出这处改动。"),
        )


def check_list_is_open(making: DutyList | None) -> None:
    """While a list waits for its signature nothing moves. Refused: duty.list-closed."""
    if making is not None and making.state in (State.DECIDED, State.APPROVED):
        raise Refused("duty.list-closed", _closed(making))


def _closed(making: DutyList) -> str:
    words = {"number": making.number}
    if making.state == State.APPROVED:
        return (
            _("责任清单 V%(number)s 已签发，这时不能改责任。印发以后再改，改动进下一版。") % words
        )
    return (
        _("责任清单 V%(number)s 已定、待签发，这时不能改责任。请主要领导退回，或等印发后再改。")
        % words
    )


def check_short(text: str, label: str, *, limit: int) -> None:
    """What is typed can be read and fits its column; the sentence says by how much it does not."""
    check_is_seen(label, "".join(text.split()))
    if len(text.strip()) > limit:
        raise Refused(
            "duty.too-long",
            _("%(label)s最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
            % {"label": label, "limit": limit, "length": len(text.strip())},
        )
