"""元 as pages and papers write it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.lib.rounding import rounded, written

WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def money(amount: Decimal | None) -> str:
    """6.20 亿元, 580 万元. Missing: an empty string."""
    if amount is None:
        return ""
    if amount >= YI:
        return _("%(value)s 亿元") % {"value": f"{rounded(amount / YI, 2):,}"}
    return _("%(value)s 万元") % {"value": wan(amount)}


def wan(amount: Decimal | None) -> str:
    """万元 without its unit. Missing: an empty string."""
    return "" if amount is None else written(rounded(amount / WAN, 2))
