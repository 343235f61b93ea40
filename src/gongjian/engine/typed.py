"""A sum typed into a cell whose column is in 万元, read without a guess."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from gongjian.engine.ledger.amounts import read_amount
from gongjian.lib.texts import seen_alone

Code = Literal["ok", "empty", "share", "grouping", "text", "currency", "about", "negative", "much"]
WAN = Decimal(10_000)
FEN = Decimal("0.01")
MOST = Decimal(10) ** 15  # 元; more is a slip of the unit
BEYOND = Decimal(10) ** 20  # a number nobody means; it is not even multiplied


@dataclass(frozen=True, slots=True)
class TypedSum:
    """What a cell says: a sum in 元 where the code is ok, else why there is none."""

    code: Code
    yuan: Decimal | None = None


def read_typed(typed: str) -> TypedSum:
    """The sum of a cell of 万元; a unit in the cell itself (0.5亿, 300元) goes before.

    Shapes   one cell.
    Units    万元 in, 元 out, rounded to 0.01 half up.
    Missing  `empty`: nothing, a dash, 未报; never 0.
    Errors   none; the code says what is wrong: a percentage, a comma that could be either, words,
             a foreign currency, 约, less than nothing, more than anybody invests.
    Source   docs/rules/month-sheet.md, M-1.

    >>> read_typed("１，２３４．５").yuan, read_typed("0.5亿元").yuan, read_typed("—").code
    (Decimal('12345000.00'), Decimal('50000000.00'), 'empty')
    """
    bare = seen_alone(typed).strip()
    if not bare:
        return TypedSum("empty")
    read = read_amount(bare)
    if read.code != "ok":
        return TypedSum(read.code)
    if read.currency:
        return TypedSum("currency")
    if read.about:
        return TypedSum("about")
    if read.value < 0:
        return TypedSum("negative")
    if read.value >= BEYOND:
        return TypedSum("much")
    yuan = (read.value * (read.times or WAN)).quantize(FEN, rounding=ROUND_HALF_UP)
    return TypedSum("much") if yuan >= MOST else TypedSum("ok", yuan)
