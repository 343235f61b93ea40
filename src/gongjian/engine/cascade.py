"""What is handed down a level: not much more or earlier than asked, and not less."""

from datetime import date
from decimal import Decimal

MUCH_MORE = Decimal("1.05")
MUCH_EARLIER = Decimal("0.10")


def is_piled_up(asked: Decimal | None, ours: Decimal) -> bool:
    """Whether the sum of ours is beyond 1.05 of what was asked: 层层加码.

    Shapes   two values. Returns whether it is more.
    Units    one unit for both.
    Missing  nothing asked is never too much.
    Errors   none.
    Source   docs/rules/cascade.md, C-1.
    """
    return asked is not None and asked > 0 and ours > MUCH_MORE * asked


def falls_short(asked: Decimal | None, ours: Decimal) -> bool:
    """Whether the sum of ours is below what was asked: 缺口.

    Shapes   two values. Returns whether it is less.
    Units    one unit for both.
    Missing  nothing asked is never missed.
    Errors   none.
    Source   docs/rules/cascade.md, C-2.
    """
    return asked is not None and ours < asked


def is_rushed(asked: date | None, ours: date) -> bool:
    """Whether ours is earlier by more than a tenth of the way from 1 January to the day asked.

    Shapes   two days. Returns whether it is too early.
    Units    days.
    Missing  no day asked is never too early.
    Errors   none.
    Source   docs/rules/cascade.md, C-3.

    >>> is_rushed(date(2020, 12, 31), date(2020, 11, 25))
    False
    >>> is_rushed(date(2020, 12, 31), date(2020, 11, 24))
    True
    """
    if asked is None or ours >= asked:
        return False
    way = (asked - date(asked.year, 1, 1)).days + 1
    return Decimal((asked - ours).days) > MUCH_EARLIER * way


def is_late(asked: date | None, ours: date) -> bool:
    """Whether ours ends after the day asked.

    Shapes   two days. Returns whether it is later.
    Units    days.
    Missing  no day asked is never missed.
    Errors   none.
    Source   docs/rules/cascade.md, C-4.
    """
    return asked is not None and ours > asked
