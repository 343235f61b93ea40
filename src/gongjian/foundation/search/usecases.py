"""Keeping the entries abreast of the log. They are a cache: no act of anybody, nothing to note."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from gongjian.foundation.records.queries import log_end, tables_written_since
from gongjian.foundation.search.models import SearchEntry, SearchMark, Source, Thing
from gongjian.foundation.search.queries import acts_behind
from gongjian.lib.folding import folded
from gongjian.lib.sounds import initials, spelt

BATCH = 500
SAID = ("group", "title", "subtitle", "names", "more", "page", "opens", "audience", "order")
HEARD = ("initials", "spelt")


@dataclass(frozen=True, slots=True)
class _Difference:
    """Entries of new things, entries that say something else now, keys of things that have gone."""

    fresh: list[SearchEntry] = field(default_factory=list)
    other: list[SearchEntry] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.fresh) + len(self.other) + len(self.gone)


def follow_log(sources: Sequence[Source]) -> int:
    """Renew what the acts since the last time may have changed; how many entries were written.

    The worker calls it between jobs; where no act was done it reads two numbers and writes nothing.
    """
    return _renew(sources, whole=False) if acts_behind() else 0


def rebuild_search(sources: Sequence[Source]) -> int:
    """Compare every entry with what its room says now, whatever the log says."""
    return _renew(sources, whole=True)


def wrong_entries(sources: Sequence[Source]) -> dict[str, int]:
    """{source: entries that are missing, left over or say something else}; `doctor` asks."""
    wrong = {source.key: _difference(source).size for source in sources}
    return {source: size for source, size in wrong.items() if size}


@transaction.atomic
def _renew(sources: Sequence[Source], *, whole: bool) -> int:
    SearchMark.objects.get_or_create(pk=1)
    mark = SearchMark.objects.select_for_update().get(pk=1)
    end = log_end()
    tables = tables_written_since(mark.seq)
    changed = sum(_write(source) for source in sources if whole or source.tables & tables)
    SearchMark.objects.filter(pk=1).update(seq=end)
    return changed


def _write(source: Source) -> int:
    found = _difference(source)
    for entry in (*found.fresh, *found.other):
        _listen(entry)
    SearchEntry.objects.bulk_create(found.fresh, batch_size=BATCH)
    SearchEntry.objects.bulk_update(found.other, [*SAID, *HEARD], batch_size=BATCH)
    for start in range(0, len(found.gone), BATCH):
        SearchEntry.objects.filter(pk__in=found.gone[start : start + BATCH]).delete()
    return found.size


def _difference(source: Source) -> _Difference:
    kept = {entry.uid: entry for entry in SearchEntry.objects.filter(source=source.key)}
    found = _Difference()
    for thing in source.things():
        entry, before = _entry(source, thing), kept.pop(thing.uid, None)
        if before is None:
            found.fresh.append(entry)
        elif any(getattr(before, name) != getattr(entry, name) for name in SAID):
            entry.pk = before.pk
            found.other.append(entry)
    found.gone.extend(entry.pk for entry in kept.values())
    return found


def _entry(source: Source, thing: Thing) -> SearchEntry:
    return SearchEntry(
        source=source.key,
        group=source.group,
        uid=thing.uid,
        title=thing.title[:300],
        subtitle=thing.subtitle[:300],
        names=_joined(map(folded, _names(thing))),
        more=folded(thing.subtitle),
        page=thing.page,
        opens=thing.opens,
        audience=thing.audience,
        order=thing.order,
    )


def _listen(entry: SearchEntry) -> None:
    """The sounds of an entry's names, the dear part: only for what changed."""
    whole, pieces, syllables = [], [], []
    for name in entry.names.strip("|").split("|"):
        ways, around = initials(name)
        whole += ways
        pieces += around
        syllables.append("'" + "'".join(spelt(name)))
    entry.initials = _joined(whole) + ";".join(["", *pieces, ""] if pieces else [])
    entry.spelt = "|".join(syllables)


def _names(thing: Thing) -> list[str]:
    """The title first: its sounds are what a mark in the title goes by."""
    return list(dict.fromkeys(name for name in (thing.title, *thing.names) if name))


def _joined(words: Iterable[str]) -> str:
    return "|" + "|".join(dict.fromkeys(words)) + "|"
