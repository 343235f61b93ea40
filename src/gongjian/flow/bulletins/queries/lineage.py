"""Every figure of a bulletin with the records behind it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from gongjian.flow.bulletins.queries.facts import Proof


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One figure as it is printed.

    `target` is what it speaks of, empty for a count over all. `level`, `report`, `evidence` and
    `reviewer` lead to the accepted report; a figure of the plan or a count has none of its own and
    says in `how` what it was made from.
    """

    id: str
    figure: str
    unit: str
    target: str
    period: str
    level: str
    report: str
    evidence: tuple[str, ...]
    reviewer: str
    how: str


class Figures:
    """Collects the figures of one bulletin while its text is written."""

    def __init__(self, period: str) -> None:
        self.period = period
        self.facts: list[FigureFact] = []

    def add(
        self,
        figure: str,
        unit: str,
        *,
        target: str = "",
        how: str,
        proof: Proof | None = None,
        period: str = "",
    ) -> str:
        """Keep a figure and return its id."""
        number = f"f{len(self.facts) + 1}"
        self.facts.append(
            FigureFact(
                id=number,
                figure=figure,
                unit=unit,
                target=target,
                period=period or self.period,
                level=f"V{proof.level}" if proof else "",
                report=proof.uid if proof else "",
                evidence=proof.evidence if proof else (),
                reviewer=proof.reviewer if proof else "",
                how=how,
            )
        )
        return number


def facts_as_json(facts: Iterable[FigureFact]) -> list[dict[str, Any]]:
    """The figures as plain values, ready for JSON."""
    return [asdict(fact) | {"evidence": list(fact.evidence)} for fact in facts]
