"""How many titles of columns are told right: with the whole dictionary, and with half of the same
titles held out of it."""

import importlib
import random
from collections.abc import Iterator
from functools import cache

import django
from django.apps import apps

from bench.measuring import Measured, checksum, figure
from gongjian.config import env
from gongjian.engine.ledger import Lexicon
from scripts import ledgers_page

TIERS = {"seen": "seen", "own": "titles"}
SPLITS = 20  # ways to cut a list into halves
Title = tuple[tuple[str, ...], tuple[str, ...]]


def run(only: str | None) -> Iterator[Measured]:
    """The share that is right of each list."""
    for tier in [only] if only else list(TIERS):
        titles = ledgers_page.titles(TIERS[tier])
        same = {"bench": "headers", "tier": tier, "unit": "1", "checksum": checksum(str(titles))}
        yield figure("right", right(titles), **same)
        shares = [held_out(titles, seed) for seed in range(SPLITS)]
        yield figure("held-out", sum(shares) / SPLITS, **same)
        yield figure("held-out-worst", min(shares), **same)


def held_out(titles: list[Title], seed: int) -> float:
    """The share of one half that is right when none of its titles is a word of the dictionary."""
    shuffled = titles.copy()
    random.Random(seed).shuffle(shuffled)
    half = shuffled[: len(shuffled) // 2]
    return right(half, without=half)


def right(titles: list[Title], *, without: list[Title] | None = None) -> float:
    """The share of titles whose field a clerk would say, too."""
    forms = {"".join(path) for path, _ in without or ()}
    whole = project_columns()
    lexicon = whole.without(forms) if without else whole
    told = [(lexicon.match(path), fields) for path, fields in titles]
    good = sum(
        (match.field.name if match is not None and match.field.kept else "-") in fields
        for match, fields in told
    )
    return good / len(titles)


@cache
def project_columns() -> Lexicon:
    """The columns of the register; the room that holds them needs its framework ready."""
    if not apps.ready:
        env.use_settings("gongjian.config.settings")
        django.setup()
    found: Lexicon = importlib.import_module("gongjian.flow.projects.queries").PROJECT_COLUMNS
    return found
