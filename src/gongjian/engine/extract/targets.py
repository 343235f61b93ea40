"""The target reader: clause by clause, a number becomes a target or is passed over for a reason."""

import re
from collections.abc import Iterator
from dataclasses import replace

from gongjian.engine.extract import metrics
from gongjian.engine.extract.clauses import Clause
from gongjian.engine.extract.comparators import Link, decide, link_of
from gongjian.engine.extract.deadlines import Frame
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.exclusions import refusal
from gongjian.engine.extract.findings import Direction
from gongjian.engine.extract.naming import Named, carried, named
from gongjian.engine.extract.outline import SILENT, Place
from gongjian.engine.extract.parts import Part, groups_of, parts_of, with_units
from gongjian.engine.extract.quantities import Quantity
from gongjian.engine.extract.scan import Scan
from gongjian.engine.extract.thread import Thread, carry, date, enter, turn

DEALT = re.compile("分别|依次")
GRADE = re.compile(r"(?P<grade>[^、，]{1,8}级)(?P<noun>[^、，]*)")
AT_LEAST_DO = re.compile(r"(?:至少|最少)[^，。]{0,6}$")
TOTAL = re.compile(r"(?:计划|估算|预计)?总投资(?:额)?(?:约|达|达到|为|超过?)*")
CLASS = re.compile(r"\d(?:[万亿千百]*元)?(?:以上|以下)的?$")
NOUN = re.compile("(?:项目|企业|工程|单位|园区|集群)$")
ANNUAL_INVESTMENT = re.compile("(?:年度)?(?:计划)?(?:完成)?投资")
RUNS_ON = ("per-head", "size")
MONEY_OR_SHARE = re.compile("元$|%$|点$|倍$")
NEAR = 12  # periods: a number looks no further for its date
DIGITS = re.compile(r"[0-9十百千两二三四五六七八九双番]")


def targets_in(view: str, place: Place, frame: Frame, thread: Thread) -> Iterator[Draft]:
    """The targets of one paragraph, in order.

    Shapes: one line of the outline. Units: as written. Missing: what has no metric is left out.
    Errors: none. Source: docs/rules/reading.md, R-3 to R-6.
    """
    yield from targets_of(place, Scan(view, place.body, place.line.end, frame), thread)


def targets_of(place: Place, scan: Scan, thread: Thread) -> Iterator[Draft]:
    """The same, of a line that is scanned already."""
    view, frame = scan.view, scan.frame
    if place.key in SILENT or not DIGITS.search(view, scan.start, scan.end):
        return
    numbers, spans = scan.numbers, scan.periods
    if not numbers and not spans:
        return
    thread.begin_line(view, place)
    index = first = last = done = 0
    for clause in scan.clauses:
        if enter(view, clause, frame, thread):
            first = last
            thread.first_number = numbers[index].start if index < len(numbers) else scan.end
            while last < len(spans) and spans[last].start < clause.sentence[1]:
                last += 1
        own: list[Quantity] = []
        while index < len(numbers) and numbers[index].start < clause.end:
            own.append(numbers[index])
            index += 1
        ahead = index < len(numbers) and numbers[index].start < clause.sentence[1]
        while done < last and spans[done].start < clause.end:
            done += 1
        near = spans[max(first, done - NEAR) : min(last, done + NEAR)] if spans else spans
        if own or ahead:
            for draft in _clause(view, clause, own, thread):
                thread.metric = draft.metric
                date(draft, near, clause, thread, frame)
                yield draft
        if near:
            carry(near, clause, thread, frame)


def _clause(view: str, clause: Clause, own: list[Quantity], thread: Thread) -> Iterator[Draft]:
    """The targets of one clause."""
    turn(view, clause, thread)
    if not own:
        if not thread.clause_past:
            subject = metrics.before(view[clause.start : clause.end]).name
            if 2 <= len(subject) <= 20:
                thread.metric = thread.near = subject
                thread.results = ""
        return
    if thread.past or thread.sentence_past or thread.clause_past:
        thread.pass_over(own, "past")
        noun = metrics.after(view[own[-1].end : clause.end])
        thread.metric = noun if len(noun) > 3 else thread.metric
        thread.results = "" if len(noun) > 3 else view[clause.start : own[0].start]
        return
    if thread.scoring:
        thread.pass_over(own, "score")
        return
    thread.refused = ""
    parts = parts_of(view, clause, own, thread.passed)
    total = _total(parts)
    if total:
        yield from total
        parts = parts[2:]
    found: list[Draft] = []
    for group in groups_of(view, parts):
        taken = found[-1].span[1] if found else clause.start
        parallel = bool(found) and found[-1].code == "target.amount"
        for draft in _group(_after(view, group, taken), thread, parallel=parallel):
            if not draft.metric:
                continue
            thread.metric, thread.results, thread.near = draft.metric, "", ""
            if not MONEY_OR_SHARE.search(draft.quantity.unit) and draft.code != "target.total":
                thread.things = draft.metric
            if draft.quantity.counted and draft.metric.endswith(("项目", "工程", "实事")):
                thread.counted = clause.sentence
            thread.recent.append(draft.metric)
            found.append(draft)
    yield from _graded(found)


def _goes_on(part: Part, thread: Thread) -> str:
    """每公里10000元、乡道5000元: what follows in the list is refused for the same reason."""
    listed = part.left.startswith("、") and "）" not in part.left
    return thread.refused if thread.refused in RUNS_ON and listed else ""


def _carried_subject(first: Part, link: Link, thread: Thread) -> str:
    """What 新开工96个 counts: the things counted last; 年度投资105亿元 is that of the projects."""
    if first.quantity.counted or first.quantity.measured:
        bare = metrics.is_bare_work(link.rest)
    else:
        bare = ANNUAL_INVESTMENT.fullmatch(metrics.strip_openers(link.rest)) is not None
    if thread.results:
        thread.metric = _subject(thread.results, thread)
        thread.results = ""
        return thread.metric
    if bare and thread.near:
        return thread.near
    return thread.things if bare and thread.things else thread.metric


def _of_class(found: Named, thread: Thread) -> Named:
    """180个项目，其中10亿元以上30个: the class has the noun of what was counted before."""
    noun = NOUN.search(thread.things)
    if CLASS.search(found.metric) is None or noun is None:
        return found
    return replace(found, metric=f"{found.metric}{noun[0]}")


def _subject(left: str, thread: Thread) -> str:
    """What a clause of results speaks of, for the wish that may follow it."""
    name = metrics.before(link_of(left, rate=True).rest).name
    fits = 3 <= len(name) <= 20 and not DIGITS.match(name)
    return name if fits else thread.metric


def _graded(drafts: list[Draft]) -> list[Draft]:
    """3个千亿级、5个百亿级产业集群: the grades share the noun of the last."""
    noun = ""
    found: list[Draft] = []
    for draft in reversed(drafts):
        graded = GRADE.fullmatch(draft.metric)
        shared = graded is not None and not graded["noun"]
        noun = (graded["noun"] or noun) if graded else ""
        found.append(replace(draft, metric=draft.metric + noun) if shared else draft)
    return found[::-1]


def _after(view: str, group: list[Part], taken: int) -> list[Part]:
    """The group without the noun that an earlier number has taken."""
    first = group[0]
    if first.begin >= taken or taken > first.quantity.start:
        return group
    left = view[taken : first.quantity.start]
    return [replace(first, left=left, begin=taken), *group[1:]]


def _total(parts: list[Part]) -> list[Draft]:
    """总投资1431亿元的300个重大项目: the list's total and its count."""
    if len(parts) < 2 or parts[1].left != "的" or not parts[1].quantity.counted:
        return []
    money, count = parts[:2]
    found = re.search(r"(?:总投资|投资总额|投资|总额)(?:约|达)?$", money.left)
    noun = metrics.after(count.right)
    if found is None or len(noun) < 2:
        return []
    begin = money.begin + found.start()
    end = count.end + len(count.right[: count.right.find(noun) + len(noun)])
    return [
        _draft(money, f"{noun}总投资", Link(""), "target.total", (begin, end)),
        _draft(count, noun, Link(""), "target.total", (begin, end)),
    ]


def _list_total(part: Part, thread: Thread) -> Draft | None:
    """实施重点项目150个，总投资680亿元: the total of the list just counted."""
    if TOTAL.fullmatch(part.left.strip(" ，、")) is None or thread.counted != thread.sentence:
        return None
    link = link_of(part.left, rate=False)
    return _draft(part, f"{thread.metric}总投资", link, "target.total", (part.begin, part.end))


def _group(group: list[Part], thread: Thread, *, parallel: bool) -> Iterator[Draft]:
    measured = with_units(group)
    if not measured:
        thread.pass_over((part.quantity for part in group), "no-unit")
        return
    group = measured
    if found := _list_total(group[0], thread):
        yield found
        return
    if why := refusal(group[0]) or _goes_on(group[0], thread):
        thread.refused = why
        thread.pass_over((part.quantity for part in group), why)
        noun = metrics.after(group[0].right)
        thread.metric = noun if len(noun) > 3 else thread.metric
        return
    first = group[0]
    if first.quantity.kind == "twin":
        yield from _twin(first, thread)
        return
    link = _link(first)
    if link.order and len(link.rest.strip(" ，、")) < 2 and len(group) <= len(thread.recent):
        for part, name in zip(group, thread.recent[-len(group) :], strict=True):
            yield _named_draft(carried(part, name, link), link, group[-1].limit)
        return
    subject = _carried_subject(first, link, thread)
    shared = group[-1].limit if link.order or len(group) > 1 else None
    for index, one in enumerate(named(group, link, subject, parallel=parallel)):
        draft = _named_draft(_of_class(one, thread), link, shared)
        draft.turn = (index, len(group)) if link.order and len(group) > 1 else None
        yield draft


def _link(first: Part) -> Link:
    """The link of a group: that of its first number; 翻番 is growth by itself."""
    doubling = first.quantity.kind == "double"
    rate = doubling or first.quantity.share or first.quantity.unit.endswith("倍")
    link = link_of(first.left, rate=rate)
    if link.limit is None and (doubling or AT_LEAST_DO.search(link.rest)):
        link = replace(link, limit=">=")
    if DEALT.search(link.rest):  # 分别新增床位8000张、1万张
        link = replace(link, order=True, rest=DEALT.sub("", link.rest, count=1))
    return replace(link, growth="+") if doubling else link


def _named_draft(found: Named, link: Link, shared: Direction | None) -> Draft:
    part = found.part
    return _draft(
        part, found.metric, link, found.code, found.span, limit=part.limit or shared,
        qualifier=found.qualifier, doubts=found.doubts + _plain(part, link),
    )  # fmt: skip


def _twin(part: Part, thread: Thread) -> Iterator[Draft]:
    """“双千亿”, “双一百”: one target a metric, when two metrics stand before it."""
    names = metrics.heads(metrics.before(link_of(part.left, rate=False).rest).name)
    if len(names) != 2 or not re.match(r"目标|任务|$|[，。；]", part.right):
        thread.pass_over([part.quantity], "name")
        return
    end = part.end + (2 if part.right.startswith(("目标", "任务")) else 0)
    for name in names:
        yield _draft(part, name, Link("", ">="), "target.name", (part.begin, end))


def _plain(part: Part, link: Link) -> tuple[str, ...]:
    silent = part.limit is None and not link.linked and not metrics.ends_in_work(link.rest)
    return ("numeral",) * part.quantity.hanzi + ("no-marker",) * silent


def _draft(
    part: Part, name: str, link: Link, code: str, span: tuple[int, int], *,
    limit: Direction | None = None, qualifier: str = "", doubts: tuple[str, ...] = (),
) -> Draft:  # fmt: skip
    quantity = part.quantity
    limit = limit or part.limit
    comparator, direction = decide(
        link, limit, ranged=quantity.high is not None, plus=quantity.plus
    )
    return Draft(
        metric=name, qualifier=qualifier, comparator=comparator, direction=direction,
        quantity=quantity, span=span, code=code, link=link.words, marker=limit or "",
        number_at=quantity.start, doubts=("long",) * (len(name) > 30) + doubts,
    )  # fmt: skip
