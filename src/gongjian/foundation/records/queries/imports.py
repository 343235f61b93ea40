"""What is asked of imports: runs, the rows of one, what earlier files taught."""

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.foundation.records.models import ImportMemory, ImportRow, ImportRun, Job, TrialRow
from gongjian.lib.refusals import Missing

OUTCOMES = ("new", "changed", "same", "refused", "asked")
TAKEN = ("new", "changed", "same")
GIVEN_BACK = ("refused", "asked")
DOUBTFUL = "doubtful"  # taken, but for values that wait for an answer


def import_by_uid(uid: UUID | str, *, kinds: Collection[str], unit: int | None = None) -> ImportRun:
    """One run of the kinds that its reader may see, of one unit or of any. Missing otherwise."""
    found = ImportRun.objects.filter(uid=uid, kind__in=list(kinds))
    run = (found if unit is None else found.filter(unit_id=unit)).first()
    if run is None:
        raise Missing("import.missing", _("没有这次导入。"))
    return run


def import_runs(
    kinds: Collection[str], *, words: str = "", state: str = "", unit: int | None = None
) -> QuerySet[ImportRun]:
    """The runs of these kinds, newest first, without what was found on reading; by words of the
    file or of who brought it, and by state."""
    found = ImportRun.objects.filter(kind__in=list(kinds)).defer("report")
    if words:
        found = found.filter(Q(file_name__icontains=words) | Q(by_name__icontains=words))
    if state:
        found = found.filter(state=state)
    if unit is not None:
        found = found.filter(unit_id=unit)
    return found.order_by("-pk")


def import_rows(
    run: ImportRun, *, outcome: str = "", words: str = "", left: bool = False
) -> QuerySet[ImportRow]:
    """Where the rows of a run went, in the order of the file; DOUBTFUL is asked as an outcome."""
    found = run.rows.all()
    if outcome == DOUBTFUL:
        found = found.exclude(doubts=[])
    elif outcome:
        found = found.filter(outcome=outcome)
    if words:
        row = Q(row=int(words)) if words.isdecimal() and len(words) < 8 else Q()
        found = found.filter(Q(title__icontains=words) | row if row else Q(title__icontains=words))
    return found.exclude(left="") if left else found


def trial_rows(run: ImportRun, *, outcome: str = "", words: str = "") -> QuerySet[TrialRow]:
    """What would become of the rows of a run, in the order of the file; DOUBTFUL as an outcome."""
    found = run.trial.all()
    if outcome == DOUBTFUL:
        found = found.filter(outcome__in=TAKEN).exclude(said__doubts=[])
    elif outcome:
        found = found.filter(outcome=outcome)
    if words:
        row = Q(row=int(words)) if words.isdecimal() and len(words) < 8 else Q()
        found = found.filter(Q(words__icontains=words) | row if row else Q(words__icontains=words))
    return found


def count_rows(run: ImportRun) -> dict[str, int]:
    """How many rows went where. One query."""
    found = run.rows.values_list("outcome").annotate(n=Count("pk"))
    counts = Counter(dict(found.order_by("outcome")))
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def count_doubtful(run: ImportRun) -> int:
    """How many rows were taken but for values that wait for an answer. One query."""
    return import_rows(run, outcome=DOUBTFUL).count()


def count_undone(run: ImportRun) -> tuple[int, int]:
    """(taken back, left). One query."""
    found = run.rows.aggregate(
        undone=Count("pk", filter=Q(undone=True)), left=Count("pk", filter=~Q(left=""))
    )
    return found["undone"], found["left"]


def touched_by(run: ImportRun) -> dict[UUID, int]:
    """What the rows of a run were about so far, each with its row. One query."""
    return {
        thing: row
        for thing, row in run.rows.order_by("-number").values_list("thing", "row")
        if thing is not None
    }


def memory_of(kind: str, unit: int) -> dict[str, ImportMemory]:
    """What earlier files of a unit taught, by header. One query."""
    rows = ImportMemory.objects.filter(kind=kind, unit_id=unit).select_related("run")
    return {row.header: row for row in rows}


def trouble_of_run(run: ImportRun) -> str:
    """Why its work stopped half-way and waits for a person; "" while it goes on. One query."""
    job = Job.objects.filter(
        kind__startswith="import.", kind__endswith=f".{run.kind}", key=str(run.uid)
    ).filter(state=Job.State.DEAD)
    stopped = job.order_by("pk").first()
    return "" if stopped is None else stopped.reason or _("处理的进程没有回应。")


def adds_up(totals: Mapping[str, int]) -> bool:
    """Did every row go somewhere?"""
    return totals["rows_in"] == sum(totals[name] for name in (*OUTCOMES, "not_rows"))
