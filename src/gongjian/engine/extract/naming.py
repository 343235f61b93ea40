"""Which metric a number has: the noun before it, the noun after it, or one carried on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongjian.engine.extract import metrics
from gongjian.engine.extract.comparators import Link
from gongjian.engine.extract.guards import guarded
from gongjian.engine.extract.parts import ATTRIBUTIVE, Part

SHARE_OF = re.compile(
    r"占(?!比|用|地|率|有)(?P<whole>[^，。]{0,20}?)(?:的?(?:比重|比例|份额)?(?:的|达到?|为|提高到|"
    r"提升至|超过?|至)?)$"
)
SUBJECT = guarded(r"达|突破|迈上|跨越|站上|超过?$|为|稳定|保持|控制")
INCREASE = re.compile(r"(?:比|较)(?:上年|去年|前年)(?:增加|提高|减少|多)$")
BUILT = re.compile(r"建|改造|完成|更新")
CARRIED = re.compile(
    r"^(?:总?产量|总?产值|占比|比重|比例|增速|增幅|总量|规模|面积|单产|总数|累计|总额)$"
)
PROJECTS = re.compile(r"(?:项目|工程)$")


@dataclass(slots=True)
class Named:
    """A number with its metric, the words left out of it, and how it was found."""

    part: Part
    metric: str
    qualifier: str
    code: str
    span: tuple[int, int]
    doubts: tuple[str, ...] = ()


def named(group: list[Part], link: Link, subject: str, *, parallel: bool) -> Iterator[Named]:
    """Each number of a group with its metric.

    Shapes: numbers that stand together, the words before the first, the subject so far, whether
    they go on with a list whose nouns stand behind their numbers.
    Units: none. Missing: a number without any metric is left out. Errors: none.
    Source: docs/rules/reading.md, R-3.
    """
    code = "target.growth" if link.growth else "target.level"
    front = metrics.before(link.rest)
    one = _share(group[0], subject, code) or _noun_after(group, link, front, parallel=parallel)
    if one:
        yield one
    elif len(front.name) < 2 and not metrics.is_bare_work(front.name):
        yield from _carried(group, link, subject, code)
    elif work := _bare_work(group, front.name, subject, code):
        yield work
    else:
        if CARRIED.match(front.name) and subject and not subject.endswith(front.name):
            front = replace(front, name=_joined(subject, front.name))
        yield from _dealt(group, link, front, code)


def carried(part: Part, name: str, link: Link) -> Named:
    """A number whose metric stands in an earlier clause."""
    code = "target.growth" if link.growth else "target.level"
    return Named(part, name, "", code, (part.begin, part.end), ("carried",))


def _share(first: Part, subject: str, code: str) -> Named | None:
    """90%以上的行政村…; 占…的5%以上."""
    span = (first.begin, first.end)
    if ATTRIBUTIVE.match(first.right) and first.quantity.share:
        whole = metrics.after(first.right[1:])
        end = first.end + 1 + len(whole)
        return Named(first, whole, "", code, (first.begin, end), ("long",)) if whole else None
    share = SHARE_OF.search(first.left) if "占" in first.left else None
    if share is None:
        return None
    head = metrics.before(first.left[: share.start()]).name or subject
    whole = share["whole"].removesuffix("的")
    return Named(first, f"{head}占{whole}比重", "", code, span, ("carried",)) if head else None


def _noun_after(
    group: list[Part], link: Link, front: metrics.Metric, *, parallel: bool
) -> Named | None:
    """实施20项年度重点改革事项: the noun stands after its number."""
    first = group[0]
    goes_on = parallel and first.quantity.counted and first.left.endswith("、")
    if len(group) > 1 or not (goes_on or _noun_first(first, link, front.name)):
        return None
    noun = metrics.after(first.right)
    if not noun:
        return None
    verb = link.rest.strip(" ，、和与及并") if len(link.rest) <= 14 else ""
    end = first.end + first.right.find(noun[:2]) + len(noun)
    verb = metrics.strip_openers(verb)
    return Named(first, noun, verb, "target.amount", (first.begin, end))


def _carried(group: list[Part], link: Link, subject: str, code: str) -> Iterator[Named]:
    """增长25% after 3250亿元: the metric is that of the clause before."""
    first, last = group[0], group[-1]
    if subject and (link.linked or link.growth or INCREASE.search(first.left)):
        for part in group:
            yield Named(part, subject, "", code, (first.begin, last.end), ("carried",))


def _bare_work(group: list[Part], front: str, subject: str, code: str) -> Named | None:
    """完成投资…, 竣工300个 after a list of projects: the work of what was just counted."""
    first = group[0]
    span = (first.begin, group[-1].end)
    if front == "投资" and PROJECTS.search(subject):
        return Named(first, f"{subject}投资", "", code, span, ("carried",))
    if not metrics.BARE_WORK.fullmatch(front) or len(group) > 1 or not subject:
        return None
    kept = "" if BUILT.search(front) else front
    return Named(first, f"{kept}{subject.removeprefix(front)}", front, code, span, ("carried",))


def _joined(subject: str, noun: str) -> str:
    """粮食播种面积 + 产量 → 粮食产量."""
    base = re.sub(r"(?:播种面积|种植面积|面积|总?产量|总?产值|规模|总量|增加值|增速)$", "", subject)
    return f"{base}{noun}"


def _dealt(group: list[Part], link: Link, front: metrics.Metric, code: str) -> Iterator[Named]:
    """Numbers dealt to heads in order (分别), one number to each head (均), or one to one."""
    names = metrics.heads(front.name)
    span, scope = (group[0].begin, group[-1].end), front.qualifier
    if len(group) > 1 and len(names) == len(group):
        for part, name in zip(group, names, strict=True):
            yield Named(part, name, scope, code, span, ("dealt",))
    elif len(group) == 1 and (link.each or link.order or _doubled(group)) and len(names) > 1:
        for name in names:
            yield Named(group[0], name, scope, code, span, ("shared",))
    else:
        doubts = ("shared",) if len(group) > 1 else ()
        for part in group:
            yield Named(part, front.name, scope, code, span, doubts)


def _doubled(group: list[Part]) -> bool:
    """翻番 is said of every head before it."""
    return group[0].quantity.kind == "double"


def _noun_first(part: Part, link: Link, front: str) -> bool:
    """Does the noun stand after its number: 打造15条商旅名街?"""
    if part.quantity.share or link.growth:
        return False
    if len(front) < 2 or metrics.is_scope(front):
        return True
    if SUBJECT.search(link.words):
        return False
    if metrics.ends_in_work(link.rest):
        return True
    if link.linked:
        return False
    return part.quantity.counted and link.rest.endswith(("了", "在", "的", "等"))
