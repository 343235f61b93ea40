"""元 as a page shows it."""

from decimal import Decimal

from gongjian.flow.projects.queries import WAN, YI, money, wan
from gongjian.lib.rounding import rounded

__all__ = ["WAN", "YI", "money", "wan", "yi"]


def yi(amount: Decimal | None) -> str:
    """亿元 with two decimals, without its unit. Missing: an empty string."""
    return "" if amount is None else f"{rounded(amount / YI, 2):,}"
