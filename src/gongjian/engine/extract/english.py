"""The rules for English plans: targets in list items and in sentences that look ahead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongjian.engine.extract.deadlines import Frame
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.findings import Comparator, Direction
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.quantities import Quantity


def words(pattern: str) -> re.Pattern[str]:
    """A pattern that does not mind capitals."""
    return re.compile(pattern, re.IGNORECASE)


NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,13}(?:\.\d+)?"
SCALE = r"(?:trillion|billion|million|thousand|hundred|crore|lakh|bn|tn|m(?![\w²]))"
UNIT = (
    r"(?:percentage points?|percent|per cent|pct|%|yuan|dollars|pounds|euros|(?:metric "
    r")?(?:tonnes|tons)"
    r"|hectares?|square (?:kilomet(?:er|re)s|met(?:er|re)s)|kilomet(?:er|re)s|km|miles|acres|"
    r"mu|kWh|[MGT]Wh"
    r"|[kMG]W|micrograms per cubic met(?:er|re)|cubic met(?:er|re)s|(?:working )?days|hours|"
    r"minutes|weeks|months|times|"
    r"million)(?![A-Za-z])"
)
QUANTITY = words(
    rf"(?<![\w.,/])(?P<money>£|US\$|\$|€|₹|Rs\.? ?|RMB ?)?(?P<low>{NUMBER})(?P<high> ?(?:to|"
    rf"-|–|—) ?(?:{NUMBER}))?"
    rf"(?P<unit>[ -]?(?:{SCALE})?(?: ?{UNIT})?)(?![\w/])"
)
YEARISH = words(r"^(?:19|20)\d\d$")
SENTENCE = words(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*")
CLAUSE = words(
    r",(?!\d)(?: and\b)?| and (?=(?:over |about |around |at least |more than )?\d)"
    r"|;|:(?!\d)|\n| – | — "
    r"| and (?=(?:lift|raise|cut|build|renovate|train|create|reduce|increase)\b)"
)
AT_LEAST = words(
    r"(?:(?<!no )(?<!not )more than|not? (?:less|fewer) than|at least|over|above|beyond|past"
    r"|exceed(?:s|ing)?"
    r"|a minimum of|upwards of)\s*$"
)
AT_MOST = words(
    r"(?:not? (?:more|higher) than|(?<!no )(?<!not )(?:less|fewer) than|within|under|below"
    r"|at most|up to|a maximum of)\s*$"
)
ABOUT = words(r"(?:around|about|approximately|roughly|some|nearly|almost|circa)\s*$")
MARKS: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    ("<=", AT_MOST), (">=", AT_LEAST), ("~", ABOUT),
)  # fmt: skip
AFTER = words(
    r"\s*(?:(?P<least>or (?:more|above|higher|over)|and above|plus\b|\+)|(?P<most>or (?:less|"
    r"below|fewer|lower)))",
)
UP = (
    r"(?:growth|increase|rise|grow|grows|growing|raise|raising|lift|expand|boost|up|improve|"
    r"improving)"
)
DOWN = (
    r"(?:drop|decrease|reduction|decline|fall|cut|reduce|reducing|lower|lowering|cutting|"
    r"halve|shrink)"
)
GROWTH_OF = words(
    r"(?P<metric>.*?)\b(?:(?P<up>growth|increase|rise)|(?P<down>drop|decrease|reduction|"
    r"decline|fall|cut))(?: rate)?(?: of| by)?\s*$",
)
BY = words(rf"(?:(?P<up>\b{UP})|(?P<down>\b{DOWN}))\b(?P<metric>.*?)\bby\s*$")
METRIC_BY = words(rf"(?P<metric>.*?)\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b\s*(?:by|at)?\s*$")
IN_WHAT = words(r"^\s*(?:in|of)\s+(?P<metric>.+)")
SPELL = words(r"(?:days|weeks|months|hours|minutes)$")
TIMED = words(r"\b(?:time|times|waits?|waiting|duration|delays?)\b")
ASIDE = words(r"\([^()]*\)")
YEARLY = words(r"^[^,;]{0,60}\b(?:each|every|a|per) year\b")
ADJECTIVE = words(r"-[a-z]")
OF_ONE = words(r"\b(?:which (?:has|had|is|costs?)\b.*|budget of|worth|at a cost of)\s*$")
SCHEME = words(r" (?:scheme|project|plant|park|facility)\b")
OF_LAND = words(r" of land\b")
MONEY = words(r"£|US\$|\$|€|₹|RMB")
AGE = words(r"[ -]years?[ -]olds?\b")
PER_HEAD = words(r" per (?:person|head|household|month)\b")
LISTS_GROWTH = words(
    r"\W*(?:(?P<up>increases?|growth|rises?)|(?P<down>drops?|cuts?|reductions?)) of\b"
)
MONTH_ALONE = words(
    r"\bby (?:the end of )?(?P<month>January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b(?! \d)"
)
NEXT_YEARS = words(r"\bover the next (?P<count>two|three|four|five|ten|\d{1,2}) years\b")
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
IN_YEAR = words(r"\s*in (?:19|20)\d\d(?:[-/]\d\d)?\s*")
SPENDS = words(r"(?:invest|spend|provide|put|allocate|commit)(?:ing)?")
INTO = words(r"\s*(?:in|into|for|to|on)\s+(?P<metric>.+)")
PRICES = words(r"\b(?:CPI|consumer price|inflation)")
AHEAD = words(
    r"\b(?:will|shall|aims?|targets?|goals?|plans? to|commit\w*|by (?:the end of |mid-|late "
    r")?(?:\w+ )?20\d\d|expected|projected|ambition|is to|are to|by the end|set out to|"
    r"should|strive|ensure)\b",
)
BACK = words(
    r"\b(?:nationally|national target|(?:central|federal|national) government|"
    r"across (?:England|the country|the nation)|was|were|rose|grew|increased|reached|"
    r"achieved|has (?:been|\w+ed)|have (?:been|"
    r"\w+ed)|had|last year|since|over the past|fell|declined|were created|completed|exceeded|"
    r"topped|broke ground|stood at|accounted for|dropped|registered (?!urban)|now|currently|"
    r"runs at|stands at|there are|is already)\b",
)
DEEDS = (
    r"create|renovate|cut|raise|lift|hold|train|open|plant|lay|bring|build|deliver|complete|keep|"
    r"reduce|increase|expand|recruit|upgrade|double|add|support|launch|secure|install|achieve|"
    r"maintain|limit|lower|grow|attract|restore|connect|provide|reach|ensure|screen|place|rebuild|"
    r"vaccinate|enrol|enroll|hire|publish|resurface|equip|insulate|repair|extend|convert|halve|"
    r"establish|start|host|fit|retrofit|set up|organise|organize|promote|treat|register"
)
ORDER = words(rf"^\W*(?:(?:In|By|From|During) [\w ]{{2,30}}, )?(?:{DEEDS})\b")
LIST_HEAD = words(
    r"\b(?:targets?|goals?|aims?|objectives?|milestones?|commit\w*|will|plans?|priorities|"
    r"pledges?|deliver\w*)\b.*:\s*$",
)
TARGETS_HEAD = words(r"^\W*(?:[\w ]{0,20})?(?:targets?|goals|commitments|objectives)\b[^.]*$")
SHORT = 50  # characters of a heading without a colon
ITEM = words(r"^\s*(?:[-•*–·>]|[A-H]\.(?= )|\d{1,2}[.)]|\([a-z\d]\))\s*")
DATE = words(
    r"\b(?:by|in|before|until|for|end of|during)\s+(?:the end of\s+|mid-|late\s+|early\s+|"
    r"(?:(?P<day>\d{1,2}) )?(?P<month>January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\s+)?(?P<year>20\d\d)(?:[/-](?P<next>\d\d)\b)?",
)
MONTH_NEXT = words(
    r" ?(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b"
)
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
LEADING = words(
    rf"^(?:\s|(?:{DEEDS})(?:ing)?\b(?= [\w-]+)|and\b|the\b|a\b|an\b|to\b|we\b|will\b|by\b|our\b|"
    r"that\b|with\b|ensure\b|"
    r"ensuring\b|keep(?:ing)?\b|achieve\b|achieving\b|maintain(?:ing)?\b|of\b|\W)+",
)
TRAILING = words(
    r"(?:\s|\b(?:rise|rises|come|comes|increase to|kept|down|of|to|by|at|is|be|will|reach|"
    r"reaching|and|the|with|that|are|from|in|for|"
    r"keep|hold|stay|remain|than)\b|[,:;–—-])+$",
)
NOUN_STOP = words(
    r"\s+(?:by (?:the )?(?:end|20)|in 20|this (?:year|parliament)|from \d|will\b|to (?:be|"
    r"help|support|reach|enable)|over the|across the (?:next|course)|each year|through |per "
    r"year|a year|so that|which\b|who\b|where\b)",
)
FROM = words(
    r"(?:\b(?:from|than|of last year's|compared (?:with|to)|baseline of|per)"
    r"|\((?:currently|now|was)\b[^()]*)\s*$"
)


@dataclass(slots=True)
class Reading:
    """A number's metric, growth sign and the span of its evidence, relative to its clause."""

    metric: str
    growth: str
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of targets: whether one is open, and when its head says that it is due."""

    open: bool = False
    due: str | None = None


def announces(text: str, place: Place, before: Listing) -> Listing:
    """Does this line open a list of targets, or go on with one?"""
    line = text[place.line.start : place.line.end]
    if LIST_HEAD.search(line):
        start = max(line.rfind(".", 0, len(line) - 1), line.rfind(";")) + 1
        return Listing(True, deadline_of(line[start:], Frame()))
    if len(line) <= SHORT and TARGETS_HEAD.search(line):
        return Listing(True)
    return before if before.open and ITEM.match(line) else Listing()


def targets_in(
    text: str, place: Place, frame: Frame, within: Listing, passed: dict[int, str]
) -> Iterator[Draft]:
    """The targets of one English line, in order.

    Shapes: one line of the outline. Units: as written. Missing: what reports a result or has no
    metric is left out. Errors: none. Source: docs/rules/reading.md, R-10.
    """
    line = text[place.line.start : place.line.end]
    marker = ITEM.match(line)
    for sentence in SENTENCE.finditer(line, marker.end() if marker else 0):
        said = sentence[0]
        ahead = AHEAD.search(said) or ORDER.match(said) or (within.open and marker)
        if BACK.search(ASIDE.sub("", said)) or not ahead:
            for number in QUANTITY.finditer(line, *sentence.span()):
                passed[place.line.start + number.start("low")] = "past"
            continue
        begin = sentence.start()
        deadline = deadline_of(said, frame, within.due if marker else None)
        listed = LISTS_GROWTH.match(said)
        sign = "" if listed is None else "+" if listed["up"] else "-"
        edges = [match.span() for match in CLAUSE.finditer(line, begin, sentence.end())]
        for start, stop in zip(
            [begin, *(b for _, b in edges)], [*(a for a, _ in edges), sentence.end()], strict=True
        ):
            yield from _clause(line, (start, stop), place.line.start, deadline, sign, passed)


def _clause(
    line: str,
    span: tuple[int, int],
    offset: int,
    deadline: str | None,
    sign: str,
    passed: dict[int, str],
) -> Iterator[Draft]:
    start, stop = span
    previous = start
    dated = DATE.search(line, start, stop) is not None
    for found in QUANTITY.finditer(line, start, stop):
        quantity = _quantity(found, offset)
        left, right = line[previous : found.start()], line[found.end() : stop]
        limit, left, taken = _limit(left, right)
        if quantity is None:
            continue
        read = _read(left, right[taken:], share=quantity.share, sign=sign)
        if why := _refusal(left, right, read, quantity):
            passed[offset + found.start("low")] = why
            continue
        growth: Comparator = "+%" if read.growth == "+" else "-%"
        side: Direction = limit or ("~" if quantity.high is not None else "=")
        first = previous + (len(left) - len(left.lstrip(" ,-")))
        yield Draft(
            metric=read.metric, qualifier="", comparator=growth if read.growth else side,
            direction=side if read.growth else None, quantity=quantity,
            span=(offset + first, offset + found.end() + taken + read.end),
            code="target.growth" if read.growth else "target.level", link="", marker=limit or "",
            number_at=quantity.start,
            deadline=deadline if dated or not YEARLY.match(line[found.end() : stop]) else "annual",
        )  # fmt: skip
        previous = found.end() + taken + read.end


def _refusal(left: str, right: str, read: Reading, quantity: Quantity) -> str:
    """Why the number is no target: a code of `untaken`, empty when it is one."""
    if FROM.search(left):
        return "baseline"
    if AGE.match(right) or (left.rstrip().endswith("(") and MONEY.match(quantity.unit)):
        return "size"
    if SCHEME.match(right) or (OF_LAND.match(right) and left.rstrip().endswith(" on")):
        return "size"
    if ADJECTIVE.match(right) or OF_ONE.search(left) or PER_HEAD.match(right):
        return "size"
    if not left.strip(" ;,:-") and IN_YEAR.fullmatch(right):
        return "state"
    if SPELL.search(quantity.unit) and not TIMED.search(read.metric):
        return "span"
    return "no-metric" if len(read.metric) < 2 else ""


def _quantity(found: re.Match[str], offset: int) -> Quantity | None:
    unit = found["unit"].strip(" -")
    if MONTH_NEXT.match(found.string, found.end()) and not unit:
        return None
    if YEARISH.match(found["low"]) and not unit and not found["money"]:
        return None
    value = Decimal(found["low"].replace(",", ""))
    high = re.search(NUMBER, found["high"] or "")
    top = Decimal(high[0].replace(",", "")) if high else None
    if found["money"]:
        unit = f"{found['money'].strip()} {unit}".strip()
    if not unit and value < 10:
        return None
    return Quantity(offset + found.start(), offset + found.end(), value, top, unit or " ")


def _limit(left: str, right: str) -> tuple[Direction | None, str, int]:
    after = AFTER.match(right)
    for side, pattern in MARKS:
        if found := pattern.search(left):
            left = left[: found.start()]
            return (
                (side if not after else (">=" if after["least"] else "<=")),
                left,
                after.end() if after else 0,
            )
    if after:
        return (">=" if after["least"] else "<="), left, after.end()
    return None, left, 0


def _read(left: str, right: str, *, share: bool, sign: str) -> Reading:
    """The metric: behind 'growth of', between 'reduce … by', before the number, or after it."""
    if share:
        for pattern in (BY, GROWTH_OF, METRIC_BY):
            if (found := pattern.search(left)) and (
                found["metric"].strip() or IN_WHAT.match(right)
            ):
                return _growth(found, left, right)
    noun = _noun(right)
    before = _bare(left)
    if SPENDS.fullmatch(before) and (inside := INTO.match(right)):
        whole = _noun(inside["metric"])
        return Reading(whole, "", right.find(whole) + len(whole))
    if share:
        if (inside := IN_WHAT.match(right)) and (len(before) < 4 or LISTS_GROWTH.match(left)):
            return Reading(_noun(inside["metric"]), sign, len(right))
        return Reading(before or noun, "", 0 if before else len(right))
    if len(noun) >= 3 and not re.match(r"\s*(?:by|in|to|from|over)\b", right):
        return Reading(noun, "", right.find(noun) + len(noun))
    return Reading(before, "", 0)


def _growth(found: re.Match[str], left: str, right: str) -> Reading:
    sign = "+" if found["up"] else "-"
    metric = _bare(found["metric"])
    inside = IN_WHAT.match(right)
    if PRICES.search(metric):
        return Reading(_bare(left), sign, 0)
    if len(metric) < 2 and inside:
        noun = _noun(inside["metric"])
        return Reading(noun, sign, right.find(noun) + len(noun))
    return Reading(metric, sign, 0)


def _noun(right: str) -> str:
    stop = NOUN_STOP.search(right)
    return _bare(right[: stop.start()] if stop else right)


def _bare(said: str) -> str:
    return TRAILING.sub("", LEADING.sub("", said)).strip(' "“”()')


def deadline_of(said: str, frame: Frame, due: str | None = None) -> str | None:
    """When what an English sentence says is due; where it does not say, when its list is `due`,
    else the plan's own year."""
    found = DATE.search(said)
    month = MONTH_ALONE.search(said)
    if found is None and month and frame.last:
        return f"{frame.last}-{MONTHS[month['month'].lower()]:02d}"
    span = NEXT_YEARS.search(said)
    if found is None and span and frame.first:
        count = span["count"].lower()
        return str(frame.first + (COUNTS.get(count) or int(count)) - 1)
    if found is None:
        return due or frame.deadline
    year = int(found["year"])
    if found["next"]:
        return str(year + 1)
    if found["month"]:
        month_of = f"{year}-{MONTHS[found['month'].lower()]:02d}"
        return f"{month_of}-{int(found['day']):02d}" if found["day"] else month_of
    return str(year)
