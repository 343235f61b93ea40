"""Which node of the adopted plan a finding of a new version speaks of. Own matching, no library.

Actions by their name; targets by action, metric and qualifier, then by metric and qualifier where
only one node of the plan has them; tasks and milestones by the likeness of their words, under the
same action first. Likeness is the share of character pairs two texts have in common (Dice). What is
equal is paired before what is like, the most alike first, ties in the order of the text, so the
same input gives the same pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries.nodes import Node, bare, differences_of, plan_nodes

ALIKE = 0.6  # under one action
ALIKE_ELSEWHERE = 0.75
COMMON = 400  # a pair of characters that more nodes have says nothing


@dataclass(frozen=True, slots=True)
class Speaks:
    """A finding as far as it is matched: `home` is the key of the action it stands under."""

    key: int
    kind: str
    fields: Mapping[str, Any]
    home: int | None


def pair_with_plan(found: Sequence[Speaks], nodes: Sequence[Node]) -> dict[int, Node]:
    """The node of each finding that has one, by the key of the finding; no node twice."""
    pairs: dict[int, Node] = {}
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


def change_of(candidate: Candidate) -> tuple[str, UUID | None]:
    """Against the adopted plan: new, changed or same, and the node; in a first version neither.

    A finding keeps its node while that is in the plan. Five queries in a new version.
    """
    document = candidate.document
    if not document.replaces_id or candidate.state in Candidate.GONE:
        return "", None
    nodes = plan_nodes(document.campaign)
    node = next((node for node in nodes if node.uid == candidate.twin), None)
    if node is None:
        under = candidate.under
        home = Speaks(-1, "action", under.fields, None) if under else None
        one = Speaks(0, candidate.kind, candidate.fields, -1 if home else None)
        taken = set(
            document.candidates.exclude(pk=candidate.pk)
            .filter(twin__isnull=False, kind=candidate.kind)
            .values_list("twin", flat=True)
        )
        free = [node for node in nodes if node.uid not in taken]
        node = pair_with_plan([one, *([home] if home else [])], free).get(0)
    return against(candidate.kind, candidate.fields, node, document.campaign.year)


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
    return bare(str(one.fields.get("name") or one.fields.get("text") or ""))


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
    free = [node for node in nodes if node.uid not in used]
    grams = [_pairs_of(bare(node.name)) for node in free]
    holding: dict[str, list[int]] = defaultdict(list)
    for index, counted in enumerate(grams):
        for gram in counted:
            holding[gram].append(index)
    scores: list[tuple[float, int, int]] = []
    waiting = [one for one in found if one.key not in pairs]
    for order, one in enumerate(waiting):
        own = _pairs_of(_words_of(one))
        shared: Counter[int] = Counter()
        for gram, count in own.items():
            if len(holding[gram]) <= COMMON:
                for index in holding[gram]:
                    shared[index] += min(count, grams[index][gram])
        for index, common in shared.items():
            if home is not None and home(one) != free[index].action:
                continue
            score = 2 * common / (own.total() + grams[index].total())
            if score >= least:
                scores.append((-score, order, index))
    taken: set[int] = set()
    for _score, order, index in sorted(scores):
        if index not in taken and waiting[order].key not in pairs:
            pairs[waiting[order].key] = free[index]
            taken.add(index)


def _pairs_of(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])
