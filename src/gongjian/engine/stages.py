"""The gates of a project's stages: what each needs, in which order they come, what is lacking."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

ENTERPRISE, GOVERNMENT = "enterprise", "government"
TRACKS = (ENTERPRISE, GOVERNMENT)
FIELDS = {
    "code", "owner", "uscc", "investor", "township", "industry", "scope", "nature",
    "total_investment", "contract_funds", "planned_start", "planned_finish",
    "planned_production", "land_secured_on",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One stage: on which tracks, with what behind it, recognised by whom.

    `proofs` are groups of which each needs one; `fields` are columns of the project that have to
    be filled. `counts_as` names the stage under which a target counts this one. A gate that is
    `promoted` stands only in the way of projects of investment promotion (双招双引).
    """

    code: str
    title: str
    tracks: frozenset[str]
    proofs: tuple[tuple[str, ...], ...] = ()
    fields: tuple[str, ...] = ()
    recogniser: str = ""
    optional: bool = False
    promoted: bool = False
    dated: bool = False  # stands in the row of dates that may not fall
    counts_as: str = ""
    trap: str = ""

    @property
    def counted(self) -> str:
        """The stage a target counts it under."""
        return self.counts_as or self.code


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a gate still asks for: columns, groups of proof, and stages that may not be skipped."""

    fields: tuple[str, ...] = ()
    proofs: tuple[tuple[str, ...], ...] = ()
    stages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.proofs or self.stages)


@dataclass(frozen=True, slots=True)
class Going:
    """What a project has: its track, whether it was promoted, filled columns, stages by day."""

    track: str
    promoted: bool
    fields: Collection[str]
    reached: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class GateTable:
    """The gates in their order, and where they come from."""

    name: str
    title: str
    source: str
    since: date
    gates: tuple[Gate, ...]
    proofs: Mapping[str, str]

    def __post_init__(self) -> None:
        codes = [gate.code for gate in self.gates]
        if len(set(codes)) != len(codes):
            raise ValueError(f"{self.name}: a stage stands twice: {codes}")
        for gate in self.gates:
            unknown = {p for group in gate.proofs for p in group} - set(self.proofs)
            if unknown or set(gate.fields) - FIELDS or gate.tracks - set(TRACKS):
                raise ValueError(f"{gate.code}: names what nobody keeps: {sorted(unknown)}")
            if gate.counted not in codes or not gate.tracks:
                raise ValueError(f"{gate.code}: counts as {gate.counts_as!r}, or has no track")

    def gate(self, code: str) -> Gate:
        """One gate by its stage. KeyError where there is none."""
        found = next((gate for gate in self.gates if gate.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def path(self, track: str, *, promoted: bool) -> list[Gate]:
        """The gates a project goes through, in their order."""
        return [g for g in self.gates if track in g.tracks and (promoted or not g.promoted)]

    def current(self, going: Going) -> Gate | None:
        """The furthest stage that was reached; None before the first."""
        path = self.path(going.track, promoted=True)
        return next((gate for gate in reversed(path) if gate.code in going.reached), None)

    def following(self, going: Going) -> Gate | None:
        """The next stage that may not be skipped; None after the last."""
        path = self.path(going.track, promoted=going.promoted)
        now = self.current(going)
        ahead = path if now is None else [g for g in path if self._order(g) > self._order(now)]
        return next((gate for gate in ahead if not gate.optional), None)

    def lacking(self, code: str, going: Going, shown: Collection[str]) -> Lacking:
        """What a project lacks for a stage, with these proofs shown.

        Errors   KeyError where there is no such stage.
        """
        gate = self.gate(code)
        path = self.path(going.track, promoted=going.promoted)
        before = [g for g in path if self._order(g) < self._order(gate) and not g.optional]
        return Lacking(
            fields=tuple(name for name in gate.fields if name not in going.fields),
            proofs=tuple(group for group in gate.proofs if not set(group) & set(shown)),
            stages=tuple(g.code for g in before if g.code not in going.reached),
        )

    def falling(self, reached: Mapping[str, date]) -> list[tuple[str, str]]:
        """Pairs of dated stages of which the later one came earlier."""
        dated = [gate.code for gate in self.gates if gate.dated and gate.code in reached]
        return [(a, b) for a, b in combinations(dated, 2) if reached[b] < reached[a]]

    def under(self, counted: str) -> list[str]:
        """The stages that count under one, itself first."""
        return sorted(
            (gate.code for gate in self.gates if gate.counted == counted),
            key=lambda code: code != counted,
        )

    def _order(self, gate: Gate) -> int:
        return self.gates.index(gate)


def gate_table(table: Mapping[str, Any]) -> GateTable:
    """Make a table of gates of what is read from TOML.

    Shapes   {name, title, source, since, proofs: {code: title}, stage: [{code, title, tracks,
             proofs?: [[code, …], …], fields?, recogniser?, optional?, promoted?, dated?,
             counts_as?, trap?}]}
    Units    none.
    Missing  what is left out has the default of Gate.
    Errors   ValueError where the table contradicts itself; TypeError where a key is unknown.
    Source   docs/rules/stages.md, G-1.
    """
    return GateTable(
        name=table["name"],
        title=table["title"],
        source=table["source"],
        since=table["since"],
        gates=tuple(_gates(table["stage"])),
        proofs=dict(table["proofs"]),
    )


def _gates(rows: Iterable[Mapping[str, Any]]) -> Iterable[Gate]:
    for row in rows:
        yield Gate(
            **{
                **row,
                "tracks": frozenset(row["tracks"]),
                "proofs": tuple(tuple(group) for group in row.get("proofs", ())),
                "fields": tuple(row.get("fields", ())),
            }
        )
