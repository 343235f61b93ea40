"""Which node of the adopted plan a finding of a new version speaks of. Own matching, no library.

Actions by their name; targets by action, metric and qualifier, then by metric and qualifier where
only one node of the plan has them; tasks and milestones by the likeness of their words, under the
same action first. Likeness is the share of character pairs two texts have in common (Dice). What is
equal is paired before what is like, the most alike first, ties in the order of the text, so the
same input gives the same pairs. What is less alike is not paired but named, so that a person says
whether a sentence was reworded or is another one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries.nodes import Node, bare, differences_of

ALIKE = 0.6  # under one action
ALIKE_ELSEWHERE = 0.75
RESEMBLES = 0.38  # under one action: not paired, but asked about
RESEMBLES_ELSEWHERE = 0.55
HARDLY, RUN = 0.2, 5  # so little alike, but with so many characters in a row in common
WITHIN = 0.6  # of the shorter one's pairs stand in the longer one
SHORTEST = 4  # pairs of characters of which that can be said
COMMON = 400  # a pair of characters that more nodes have says nothing


@dataclass(frozen=True, slots=True)
class Speaks:
    """A finding as far as it is matched: `home` is the key of the action it stands under."""

    key: int
    kind: str
    fields: Mapping[str, Any]
    home: int | None


def pair_with_plan(
    found: Sequence[Speaks], nodes: Sequence[Node], known: Mapping[int, Node] | None = None
) -> dict[int, Node]:
    """The node of each finding that has one, by the key of the finding; no node twice.

    `known` are pairs that stand already.
    """
    pairs: dict[int, Node] = dict(known or {})
    of_kind = {kind: [node for node in nodes if node.kind == kind] for kind in Candidate.Kind}
    speaks = {kind: [one for one in found if one.kind == kind] for kind in Candidate.Kind}
    actions = speaks[Candidate.Kind.ACTION]
    _equal(actions, of_kind[Candidate.Kind.ACTION], pairs, _words_of, lambda n: bare(n.name))
    _alike(actions, of_kind[Candidate.Kind.ACTION], pairs, ALIKE)
    homes = {one.key: pairs[one.key].uid for one in actions if one.key in pairs}

    def home(one: Speaks) -> UUID | None:
        return homes.get(one.home) if one.home is not None else None

    targets, kept = speaks[Candidate.Kind.TARGET], of_kind[Candidate.Kind.TARGET]
    _equal(
        [one for one in targets if home(one)],
        kept,
        pairs,
        lambda one: (home(one), *_metric_of(one)),
        lambda node: (node.action, bare(node.name), bare(node.qualifier)),
    )
    once = Counter((bare(node.name), bare(node.qualifier)) for node in kept)
    _equal(
        targets,
        [node for node in kept if once[bare(node.name), bare(node.qualifier)] == 1],
        pairs,
        _metric_of,
        lambda node: (bare(node.name), bare(node.qualifier)),
    )
    for kind in (Candidate.Kind.TASK, Candidate.Kind.MILESTONE):
        words, there = speaks[kind], of_kind[kind]
        _equal(
            [one for one in words if home(one)],
            there,
            pairs,
            lambda one: (home(one), _words_of(one)),
            lambda node: (node.action, bare(node.name)),
        )
        _equal(words, there, pairs, _words_of, lambda node: bare(node.name))
        _alike(words, there, pairs, ALIKE, home)
        _alike(words, there, pairs, ALIKE_ELSEWHERE)
    return pairs


def resembling(
    found: Sequence[Speaks], nodes: Sequence[Node], pairs: Mapping[int, Node]
) -> dict[int, Node]:
    """Of the findings without a node, the free node of their kind whose words are most like theirs.

    Two findings may resemble one node: a person says which of them it is.
    """
    used = {node.uid for node in pairs.values()}
    near: dict[int, Node] = {}
    for kind in Candidate.Kind:
        free = _Index([node for node in nodes if node.kind == kind and node.uid not in used])
        for one in found:
            if one.kind != kind or one.key in pairs:
                continue
            home = pairs.get(one.home) if one.home is not None else None
            node = _most_like(_words_of(one), free, home.uid if home else None)
            if node is not None:
                near[one.key] = node
    return near


def against(
    kind: str, fields: Mapping[str, Any], node: Node | None, year: int
) -> tuple[str, UUID | None]:
    """The change a finding makes of its node."""
    if node is None:
        return Candidate.Change.NEW, None
    changed = differences_of(kind, fields, node, year)
    return (Candidate.Change.CHANGED if changed else Candidate.Change.SAME), node.uid


def _metric_of(one: Speaks) -> tuple[str, str]:
    return bare(str(one.fields["metric"])), bare(str(one.fields.get("qualifier") or ""))


def _words_of(one: Speaks) -> str:
    fields = one.fields
    return bare(str(fields.get("name") or fields.get("text") or fields.get("metric") or ""))


def _equal(
    found: Iterable[Speaks],
    nodes: Iterable[Node],
    pairs: dict[int, Node],
    key: Callable[[Speaks], Hashable],
    key_of: Callable[[Node], Hashable],
) -> None:
    """Pair what has the same key, in order."""
    used = {node.uid for node in pairs.values()}
    free: dict[Hashable, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.uid not in used:
            free[key_of(node)].append(node)
    for one in found:
        if one.key not in pairs and free[key(one)]:
            pairs[one.key] = free[key(one)].pop(0)


def _alike(
    found: Sequence[Speaks],
    nodes: Sequence[Node],
    pairs: dict[int, Node],
    least: float,
    home: Callable[[Speaks], UUID | None] | None = None,
) -> None:
    """Pair what is most alike first; with `home` only under the same action."""
    used = {node.uid for node in pairs.values()}
    free = _Index([node for node in nodes if node.uid not in used])
    scores: list[tuple[float, int, int]] = []
    waiting = [one for one in found if one.key not in pairs]
    for order, one in enumerate(waiting):
        for index, score, _within in free.like(_words_of(one)):
            if score >= least and (home is None or home(one) == free.nodes[index].action):
                scores.append((-score, order, index))
    taken: set[int] = set()
    for _score, order, index in sorted(scores):
        if index not in taken and waiting[order].key not in pairs:
            pairs[waiting[order].key] = free.nodes[index]
            taken.add(index)


def _most_like(words: str, free: "_Index", home: UUID | None) -> Node | None:
    """The node most like some words, where it is alike enough for a question."""
    best, score = None, 0.0
    for index, dice, within in free.like(words):
        node = free.nodes[index]
        at_home = home is not None and node.action == home
        if at_home and (within or (dice >= HARDLY and _common_run(words, bare(node.name)) >= RUN)):
            dice = max(dice, RESEMBLES)
        if dice > score and dice >= (RESEMBLES if at_home else RESEMBLES_ELSEWHERE):
            best, score = node, dice
    return best


def _common_run(one: str, other: str) -> int:
    """How many characters in a row two texts have in common."""
    longest = 0
    for at in range(len(one)):
        while one[at : at + longest + 1] in other and at + longest < len(one):
            longest += 1
    return longest


class _Index:
    """Nodes by the pairs of characters in their names."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.grams = [_pairs_of(bare(node.name)) for node in nodes]
        self.holding: dict[str, list[int]] = defaultdict(list)
        for index, counted in enumerate(self.grams):
            for gram in counted:
                self.holding[gram].append(index)

    def like(self, text: str) -> Iterator[tuple[int, float, bool]]:
        """Of each node that shares a pair with a text: its place, the likeness of both, and whether
        most of the shorter one stands in the other."""
        own = _pairs_of(text)
        shared: Counter[int] = Counter()
        for gram, count in own.items():
            if len(self.holding[gram]) <= COMMON:
                for index in self.holding[gram]:
                    shared[index] += min(count, self.grams[index][gram])
        for index, common in sorted(shared.items()):
            one, other = own.total(), self.grams[index].total()
            least = min(one, other)
            within = least >= SHORTEST and common / least >= WITHIN
            yield index, 2 * common / (one + other), within


def _pairs_of(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])
