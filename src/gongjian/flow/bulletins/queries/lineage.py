"""Every figure of a bulletin with the records behind it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from gongjian.flow.bulletins.queries.facts import Proof


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One figure as it is printed. Its period is that of its report, where it has one.

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
    target_uid: str


@dataclass(frozen=True, slots=True)
class Said:
    """A figure to be said: its number and unit, what it speaks of, and what it rests on."""

    figure: str
    unit: str = ""
    target: str = ""
    uid: str = ""
    how: str = ""
    proof: Proof | None = None
    period: str = ""


class Figures:
    """Collects the figures of one bulletin while its text is written."""

    def __init__(self, period: str) -> None:
        self.period = period
        self.facts: list[FigureFact] = []

    def add(self, said: Said) -> str:
        """Keep a figure and return its id."""
        proof = said.proof
        fact = FigureFact(
            id=f"f{len(self.facts) + 1}",
            figure=said.figure,
            unit=said.unit,
            target=said.target,
            period=said.period or (proof.period if proof else self.period),
            level=f"V{proof.level}" if proof else "",
            report=proof.uid if proof else "",
            evidence=proof.evidence if proof else (),
            reviewer=proof.reviewer if proof else "",
            how=said.how,
            target_uid=said.uid,
        )
        self.facts.append(fact)
        return fact.id


def facts_as_json(facts: Iterable[FigureFact]) -> list[dict[str, Any]]:
    """The figures as plain values, ready for JSON."""
    return [asdict(fact) | {"evidence": list(fact.evidence)} for fact in facts]
