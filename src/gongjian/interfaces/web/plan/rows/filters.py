"""What of the findings is listed and which one is open, as it stands in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries import Home, ReviewCounts, Wanted
from gongjian.interfaces.web.plan.rows.drawn import drawn_options

Choice = tuple[str, str, int, bool]
NAMES = tuple(one.name for one in fields(Wanted))
LONGEST = 9  # digits of a number in an address
WORDS = 60  # characters that are searched for


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters, the open finding (`c`), the page of the list, and the place in the text."""

    wanted: Wanted = field(default_factory=Wanted)
    open: int = 0
    page: int = 0
    place: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        words = {name: given.get(name, "").strip()[:WORDS] for name in NAMES}
        words["order"] = "text" if words["order"] == "text" else "doubt"
        at = given.get("at", "")
        return cls(
            Wanted(**words),
            number(given.get("c", "")),
            number(given.get("page", "")),
            number(at) if at else None,
        )

    def query(self, **other: object) -> str:
        """These filters as the end of an address, with some of them changed."""
        words: dict[str, Any] = {name: getattr(self.wanted, name) for name in NAMES}
        words |= {"c": self.open, "page": 0} | other
        if words["order"] == "doubt":
            del words["order"]
        kept = {name: word for name, word in words.items() if word}
        return f"?{urlencode(kept)}" if kept else ""

    def opening(self, address: str) -> Callable[[int], str]:
        """The address of each finding under these filters; 0 opens the first that waits."""
        kept = self.query(c=0)
        mark = "&" if kept else "?"
        return lambda seq: f"{address}{kept}{mark}c={seq}" if seq else f"{address}{kept}"

    def at(self, seq: int) -> "Filters":
        """With another finding open, wherever in the list and the text it stands."""
        return replace(self, open=seq, page=0, place=None)


def number(text: str) -> int:
    """A number of an address; 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0


def choices_context(
    document: PlanDocument, filters: Filters, counts: ReviewCounts, homes: list[Home]
) -> dict[str, Any]:
    """The choices above the list, each with its count."""
    address = reverse("plan_review", args=[document.uid])
    states = [
        ("pending", _("未审"), counts.pending),
        ("taken", _("采用"), counts.accepted),
        ("rejected", _("驳回"), counts.rejected),
    ]
    if counts.gone:
        states.append(("gone", _("并撤"), counts.gone))
    return {
        "kinds": [
            (label, address + filters.query(kind=key, c=0), count, filters.wanted.kind == key)
            for key, label, count in _kinds(counts)
            if count
        ],
        "states": [_toggle(address, filters, "state", *state) for state in states],
        "changes": drawn_options(_changes(counts), filters.wanted.change)
        if document.replaces_id
        else "",
        "bands": drawn_options(_bands(counts), filters.wanted.band),
        "actions": drawn_options(_actions(filters, counts, homes), filters.wanted.action),
        "orders": drawn_options(
            [("doubt", _("拿不准的在前")), ("text", _("按原文顺序"))], filters.wanted.order
        ),
        "filter": {
            "url": address,
            "text": filters.wanted.text,
            "kept": [
                (name, getattr(filters.wanted, name))
                for name in ("kind", "state")
                if getattr(filters.wanted, name)
            ],
            "clear": address if filters.query(c=0, order="doubt") else "",
        },
    }


def _kinds(counts: ReviewCounts) -> list[tuple[str, str, int]]:
    labels = [
        ("action", _("行动")),
        ("target", _("目标")),
        ("task", _("任务")),
        ("milestone", _("节点")),
    ]
    return [("", _("全部"), counts.total)] + [
        (key, label, counts.kinds.get(key, 0)) for key, label in labels
    ]


def _bands(counts: ReviewCounts) -> list[tuple[str, str]]:
    labels = [("doubtful", _("需细看")), ("fair", _("0.9–0.95")), ("sure", _("0.95 以上"))]
    counted = [(key, f"{label} {counts.bands.get(key, 0)}") for key, label in labels]
    return [("", _("把握不限")), *counted]


def _changes(counts: ReviewCounts) -> list[tuple[str, str]]:
    counted = [(key.value, f"{key.label} {counts.changes.get(key, 0)}") for key in Candidate.Change]
    asked = [("moved", _("审核后计划变了"), counts.moved), ("alike", _("像原有的"), counts.alike)]
    counted += [(key, f"{label} {count}") for key, label, count in asked if count]
    return [("", _("变没变都看")), *counted]


def _actions(filters: Filters, counts: ReviewCounts, homes: list[Home]) -> list[tuple[str, str]]:
    rows = [("", _("全部行动"))]
    if counts.homeless or filters.wanted.action == "none":
        rows.append(("none", _("缺行动 %(n)s") % {"n": counts.homeless}))
    return rows + [
        (
            home.value,
            _("%(name)s（第 %(seq)s 条） %(count)s")
            % {
                "name": home.name,
                "seq": home.value,
                "count": counts.actions.get(int(home.value), 0),
            },
        )
        for home in homes
        if not home.adopted
    ]


def _toggle(address: str, filters: Filters, name: str, key: str, label: str, count: int) -> Choice:
    """A filter that a second click takes off again."""
    on = getattr(filters.wanted, name) == key
    return (label, address + filters.query(**{name: "" if on else key, "c": 0}), count, on)
