"""How much the homes of the bench hold: one with a plan, one with a register of projects."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Rows of each kind. `searchable` is all that Ctrl K looks through."""

    actions: int
    targets: int
    tasks: int
    findings: int
    units: int
    searchable: int


PLANS = {
    "10000": Size(
        actions=30, targets=160, tasks=3_000, findings=2_000, units=120, searchable=10_000
    )
}
REGISTERS = {"300": 300, "10000": 10_000}  # projects
TIERS = tuple(REGISTERS)
