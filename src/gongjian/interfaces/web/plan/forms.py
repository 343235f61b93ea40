"""What was typed on the plan's pages, as plain values."""

from django.utils.translation import gettext as _

from gongjian.lib.refusals import Refused


def year(text: str) -> int:
    """A year as it is typed. Refused: campaign.year."""
    if not (text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100):
        raise Refused("campaign.year", _("年度写成四位数，例如 2020。"))
    return int(text)
