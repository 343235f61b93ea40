"""The target reader: clause by clause, a number becomes a target or is passed over for a reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongjian.engine.extract import metrics
from gongjian.engine.extract.clauses import Clause, clauses
from gongjian.engine.extract.comparators import Link, decide, link_of
from gongjian.engine.extract.deadlines import Frame, Period, periods
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.exclusions import excluded
from gongjian.engine.extract.findings import Direction
from gongjian.engine.extract.outline import SILENT, Place
from gongjian.engine.extract.parts import ATTRIBUTIVE, Part, groups_of, parts_of, with_units
from gongjian.engine.extract.quantities import Quantity, quantities
from gongjian.engine.extract.tense import asks, leans, reports_itself, tense_of
from gongjian.engine.extract.words import MONEY, TIMES, either

SHARE_OF = re.compile(
    r"占(?!比|用|地)(?P<whole>[^，。]{0,20}?)(?:的?(?:比重|比例|份额)?(?:的|达到?|为|提高到|"
    r"提升至|超过?|至)?)$"
)
SUBJECT = re.compile(r"达|突破|迈上|跨越|站上|超过?$|为|稳定|保持|控制")
AT_LEAST_DO = re.compile(r"(?:至少|最少)[^，。]{0,6}$")
INCREASE = re.compile(r"(?:比|较)(?:上年|去年|前年)(?:增加|提高|减少|多)$")
BUILT = re.compile(r"建|改造|完成|更新")
CARRIED = re.compile(
    r"^(?:总?产量|总?产值|占比|比重|比例|增速|增幅|总量|规模|面积|单产|总数|累计|总额)$"
)
TIME = re.compile(rf"{either(TIMES)}$")
TIMED = re.compile(r"时限|时间|用时|周期|工期|天数|期限|时长|办结|审批|压缩|缩短|压减|办理")
TOTAL = re.compile(r"(?:计划|估算|预计)?总投资(?:额)?(?:约|达|达到|为|超过?)*")
DIGITS = re.compile(r"[0-9十百千两二三四五六七八九双番]")


@dataclass(slots=True)
class Thread:
    """What is carried from clause to clause of a paragraph."""

    metric: str = ""
    past: bool = False
    deadline: str | None = None
    sentence: tuple[int, int] = (-1, -1)
    sentence_past: bool = False
    clause_past: bool = False
    counted: tuple[int, int] = (-2, -2)
    listing: bool = False
    lean: bool = False

    def begin_line(self, *, keep_deadline: bool) -> None:
        """A new paragraph forgets the metric and keeps the tense; in a list also the date."""
        self.metric, self.sentence = "", (-1, -1)
        self.sentence_past = self.lean = False
        self.deadline = self.deadline if keep_deadline else None


def targets_in(view: str, place: Place, frame: Frame, thread: Thread) -> Iterator[Draft]:
    """The targets of one paragraph, in order.

    Shapes: one line of the outline. Units: as written. Missing: what has no metric is left out.
    Errors: none. Source: docs/rules/reading.md, R-3 to R-6.
    """
    start, end = place.body, place.line.end
    if place.key in SILENT or not DIGITS.search(view, start, end):
        return
    numbers = list(quantities(view, start, end))
    spans = list(periods(view, start, end, frame))
    if not numbers and not spans:
        return
    thread.begin_line(keep_deadline=place.key == "goal" or thread.listing)
    thread.listing = view[end - 1] == "：" or (thread.listing and not place.rank)
    index = first = last = 0
    for clause in clauses(view, start, end):
        if _enter(view, clause, frame, thread):
            first, last = last, _past_end(spans, last, clause.sentence[1])
        own: list[Quantity] = []
        while index < len(numbers) and numbers[index].start < clause.end:
            own.append(numbers[index])
            index += 1
        ahead = index < len(numbers) and numbers[index].start < clause.sentence[1]
        near = spans[first:last]
        if own or ahead:
            for draft in _clause(view, clause, own, thread):
                thread.metric = draft.metric
                yield _dated(draft, near, thread, frame)
        _carry(near, clause, thread)


def _past_end(spans: list[Period], index: int, end: int) -> int:
    while index < len(spans) and spans[index].start < end:
        index += 1
    return index


def _enter(view: str, clause: Clause, frame: Frame, thread: Thread) -> bool:
    """At the first clause of a sentence: does it look back? True when it is the first."""
    if clause.sentence == thread.sentence:
        return False
    thread.sentence = clause.sentence
    text = view[slice(*clause.sentence)].lstrip()
    tense = tense_of(text, frame)
    if (tense.opens_back or tense.earlier) and not tense.asks:
        thread.past = True
    elif tense.asks or tense.opens_ahead:
        thread.past = False
    joined = view[max(0, clause.sentence[0] - 1)] in "；;"
    neutral = not (tense.asks or tense.opens_ahead or tense.past)
    thread.lean = tense.past or (thread.lean and neutral)
    thread.sentence_past = tense.past or (thread.lean and (joined or leans(text)))
    thread.clause_past = False
    return True


def _turn(text: str, thread: Thread) -> None:
    """Inside a sentence the tense turns where a clause reports, and again where one asks."""
    if reports_itself(text):
        thread.clause_past = True
    elif asks(text):
        thread.clause_past = False


def _carry(near: list[Period], clause: Clause, thread: Thread) -> None:
    for span in near:
        if span.ahead and span.own_year and clause.start <= span.start < clause.end:
            thread.deadline = span.deadline


def _dated(draft: Draft, near: list[Period], thread: Thread, frame: Frame) -> Draft:
    """The draft with the deadline of its sentence, its paragraph or the plan."""
    ahead = [span for span in near if span.ahead and _possible(span, frame)]
    earlier = [span for span in ahead if span.start < draft.number_at]
    later = [span for span in ahead if span.start > draft.number_at and span.due]
    if earlier:
        span = earlier[-1]
        inferred = not span.own_year and not frame.stated
        return replace(
            draft,
            deadline=span.deadline or frame.deadline,
            doubts=draft.doubts + ("year",) * inferred,
        )
    if later and later[0].deadline:
        return replace(draft, deadline=later[0].deadline)
    if thread.deadline:
        return replace(draft, deadline=thread.deadline)
    return replace(
        draft, deadline=frame.deadline, doubts=draft.doubts + ("year",) * (not frame.stated)
    )


def _possible(span: Period, frame: Frame) -> bool:
    if not frame.first or span.deadline is None or span.deadline == "annual":
        return True
    return int(span.deadline[:4]) >= frame.first


def _clause(view: str, clause: Clause, own: list[Quantity], thread: Thread) -> Iterator[Draft]:
    """The targets of one clause."""
    _turn(view[clause.start : clause.end], thread)
    if not own:
        if not thread.clause_past:
            subject = metrics.before(view[clause.start : clause.end]).name
            thread.metric = subject if 2 <= len(subject) <= 20 else thread.metric
        return
    if thread.past or thread.sentence_past or thread.clause_past:
        noun = metrics.after(view[own[-1].end : clause.end])
        thread.metric = noun if len(noun) > 3 else thread.metric
        return
    parts = parts_of(view, clause, own)
    total = _total(parts)
    if total:
        yield from total
        parts = parts[2:]
    taken = clause.start
    for group in groups_of(view, parts):
        for draft in _group(_after(view, group, taken), thread):
            thread.metric = draft.metric
            if draft.quantity.counted and draft.metric.endswith(("项目", "工程")):
                thread.counted = clause.sentence
            taken = max(taken, draft.span[1])
            yield draft


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
        _draft(money, f"{noun}总投资", "", Link(""), "target.total", (begin, end)),
        _draft(count, noun, "", Link(""), "target.total", (begin, end)),
    ]


def _list_total(part: Part, thread: Thread) -> Draft | None:
    """实施重点项目150个，总投资680亿元: the total of the list just counted."""
    if TOTAL.fullmatch(part.left.strip(" ，、")) is None or thread.counted != thread.sentence:
        return None
    link = link_of(part.left, rate=False)
    return _draft(part, f"{thread.metric}总投资", "", link, "target.total", (part.begin, part.end))


def _group(group: list[Part], thread: Thread) -> Iterator[Draft]:
    group = with_units(group)
    if not group:
        return
    if found := _list_total(group[0], thread):
        yield found
        return
    if _refused(group[0]):
        noun = metrics.after(group[0].right)
        thread.metric = noun if len(noun) > 3 else thread.metric
        return
    first = group[0]
    if first.quantity.kind == "twin":
        yield from _twin(first)
        return
    rate = (
        first.quantity.share
        or first.quantity.unit.endswith("倍")
        or first.quantity.kind == "double"
    )
    link = link_of(first.left, rate=rate)
    if link.limit is None and AT_LEAST_DO.search(link.rest):
        link = replace(link, limit=">=")
    if first.quantity.kind == "double":
        link = replace(link, growth="+", limit=link.limit or ">=")
    for part, name, qualifier, code, doubts, span in _named(group, link, thread):
        shared = part.limit or (group[-1].limit if link.order or len(group) > 1 else None)
        doubts += _plain(part, link)
        yield _draft(part, name, qualifier, link, code, span, limit=shared, doubts=doubts)


Named = tuple[Part, str, str, str, tuple[str, ...], tuple[int, int]]


def _named(group: list[Part], link: Link, thread: Thread) -> Iterator[Named]:
    """Each number of a group with its metric: before it, after it, or carried."""
    first, last = group[0], group[-1]
    code = "target.growth" if link.growth else "target.level"
    front = metrics.before(link.rest)
    if ATTRIBUTIVE.match(first.right) and first.quantity.share:
        whole = metrics.after(first.right[1:])
        end = first.end + 1 + len(whole)
        yield first, whole, "", code, ("long",), (first.begin, end)
        return
    noun = metrics.after(first.right) if len(group) == 1 else ""
    span = (first.begin, last.end)
    if share := SHARE_OF.search(first.left):
        head = metrics.before(first.left[: share.start()]).name or thread.metric
        if head:
            whole = share["whole"].removesuffix("的")
            yield first, f"{head}占{whole}比重", "", code, ("carried",), span
        return
    if noun and _noun_first(first, link, front.name):
        verb = link.rest.strip(" ，、和与及并") if len(link.rest) <= 14 else ""
        end = first.end + first.right.find(noun[:2]) + len(noun)
        yield first, noun, metrics.strip_openers(verb), "target.amount", (), (first.begin, end)
        return
    if front.name == "投资" and re.search(r"(?:项目|工程)$", thread.metric):
        yield first, f"{thread.metric}投资", "", code, ("carried",), span
        return
    if len(front.name) < 2:
        if thread.metric and (link.linked or link.growth or INCREASE.search(first.left)):
            for part in group:
                yield part, thread.metric, "", code, ("carried",), span
        return
    if metrics.BARE_WORK.fullmatch(front.name) and len(group) == 1 and thread.metric:
        kept = "" if BUILT.search(front.name) else front.name
        name = f"{kept}{thread.metric.removeprefix(front.name)}"
        yield first, name, front.name, code, ("carried",), span
        return
    if CARRIED.match(front.name) and thread.metric and not thread.metric.endswith(front.name):
        front = replace(front, name=_joined(thread.metric, front.name))
    yield from _dealt(group, link, front, code)


def _joined(subject: str, noun: str) -> str:
    """粮食播种面积 + 产量 → 粮食产量."""
    base = re.sub(r"(?:播种面积|种植面积|面积|总?产量|总?产值|规模|总量|增加值|增速)$", "", subject)
    return f"{base}{noun}"


def _dealt(group: list[Part], link: Link, front: metrics.Metric, code: str) -> Iterator[Named]:
    names = metrics.heads(front.name)
    span = (group[0].begin, group[-1].end)
    if len(group) > 1 and len(names) == len(group):
        for part, name in zip(group, names, strict=True):
            yield part, name, front.qualifier, code, ("dealt",), span
    elif len(group) == 1 and (link.each or link.order) and len(names) > 1:
        for name in names:
            yield group[0], name, front.qualifier, code, ("shared",), span
    else:
        for part in group:
            doubts = ("shared",) if len(group) > 1 else ()
            yield part, front.name, front.qualifier, code, doubts, span


def _noun_first(part: Part, link: Link, front: str) -> bool:
    """Does the noun stand after its number: 打造15条商旅名街?"""
    if part.quantity.share or link.growth:
        return False
    if len(front) < 2:
        return True
    if SUBJECT.search(link.words):
        return False
    if metrics.ENDS_IN_WORK.search(link.rest):
        return True
    if link.linked:
        return False
    return part.quantity.counted and re.search(r"[了在的等]$", link.rest) is not None


def _twin(part: Part) -> Iterator[Draft]:
    """“双千亿”, “双一百”: one target a metric, when two metrics stand before it."""
    names = metrics.heads(metrics.before(link_of(part.left, rate=False).rest).name)
    if len(names) != 2 or not re.match(r"目标|任务|$|[，。；]", part.right):
        return
    end = part.end + (2 if part.right.startswith(("目标", "任务")) else 0)
    for name in names:
        yield _draft(part, name, "", Link("", ">="), "target.name", (part.begin, end))


def _refused(part: Part) -> bool:
    quantity, left, right = part.quantity, part.left, part.right
    money = re.search(rf"{MONEY}$", quantity.unit) is not None
    if excluded(left, right, money=money, counted=quantity.counted):
        return True
    if quantity.unit.endswith("岁") and "寿命" not in left:
        return True
    if TIME.search(quantity.unit) and not TIMED.search(left):
        return True
    if not quantity.counted and ATTRIBUTIVE.match(right) and not SHARE_OF.search(left):
        return not (quantity.share and part.limit and len(left.strip(" ，、")) < 3)
    if re.search(r"(?:计划|目标|任务)(?:投资|总数|总量|任务)?的$", left):
        return True
    work = metrics.ENDS_IN_WORK.search(link_of(left, rate=False).rest) or part.limit
    return quantity.hanzi and quantity.counted and not work


def _plain(part: Part, link: Link) -> tuple[str, ...]:
    silent = part.limit is None and not link.linked and not metrics.ENDS_IN_WORK.search(link.rest)
    return ("numeral",) * part.quantity.hanzi + ("no-marker",) * silent


def _draft(
    part: Part, name: str, qualifier: str, link: Link, code: str, span: tuple[int, int], *,
    limit: Direction | None = None, doubts: tuple[str, ...] = (),
) -> Draft:  # fmt: skip
    quantity = part.quantity
    limit = limit or part.limit
    comparator, direction = decide(
        link, limit, ranged=quantity.high is not None, plus=quantity.plus
    )
    return Draft(
        metric=name, qualifier=qualifier, comparator=comparator, direction=direction,
        quantity=quantity, span=span, code=code, link=link.words, marker=limit or "",
        number_at=quantity.start, doubts=doubts + ("long",) * (len(name) > 30),
    )  # fmt: skip
