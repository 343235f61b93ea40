"""Periods and dates: 到2025年, 6月底前, 年内, “十四五”末, 5年内; and the plan's own year."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongjian.engine.extract.findings import Precision
from gongjian.engine.extract.lines import Line
from gongjian.engine.extract.view import latin
from gongjian.lib.numerals import to_decimal

YEAR = r"(?:19|20)\d\d"
FIVE_YEARS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
FIRST_OF_REPUBLIC = 1911
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
WITHIN = (
    r"(?P<day>\d{1,2}) ?月 ?(?P<date>\d{1,2}) ?日|(?P<ten>\d{1,2}) ?月(?:份)?(?P<tenth>上旬|"
    r"中旬|下旬)"
    r"|(?P<month>\d{1,2}) ?月(?:份)?(?![-—至到])|第?(?P<quarter>[一二三四1-4])季度"
    r"|前(?P<upto>[二三两])季度|(?P<half>[上下])半年"
)
TIME_WORD = re.compile(r"[年月季]|十[二三四五六]五|每")
PERIOD = re.compile(
    r"(?=[\d每逐今本年全当岁明来新第前上下未用“十一二三四五六七八九两])"
    rf"(?:(?P<annual>每年度?)"
    rf"|(?P<from>{YEAR}) ?年起 ?(?P<span>[\d一二三四五六七八九十两]{{1,3}})年内?"
    rf"|(?P<first>{YEAR}) ?年? ?[-—~至到] ?(?P<last>{YEAR}) ?年"
    rf"|(?:(?P<year>{YEAR}) ?年(?:度)?|(?P<this>今年|本年度?|年内|全年|当年|年度内|年底|年末|"
    rf"年终|岁末)|(?P<next>明年|来年|新一年)) ?(?:底|末|终)?(?:的)?(?:{WITHIN})?(?:底|末)?"
    rf"|(?:{WITHIN.replace('?P<', '?P<b_')})(?:底|末)?"
    r"|“?(?P<plan>十[二三四五六]五)”?(?P<phase>时期|期间|期末|末|规划期?末?|规划期内)"
    r"|(?P<republic>1[012]\d) ?年(?:度)?(?:底|末)?"
    r"|(?:未来|今后|用)?(?P<count>[\d一二三四五六七八九十两]{1,3})年(?:左右)?(?:内|时间))"
)
NOT_AHEAD = re.compile(r"(?:比|较|自|从|由|同|与|相当于|超|以|锚定|瞄准|面向|对标)$")
LOOKS_BACK = re.compile(
    r"^(?:以来|至今|同期|相比|增加|的?基础上|度?审计|出生|前出生|[^，。；]{0,6}签约的|[的之]\d|"
    r"在[^，。；]{2,34}(?:会议|大会|会)上|，?(?:记者|本报|消息|讯|电|星期|上午|下午|[^，。；]{0,8}新闻发布)|"
    r"[^，。；\d]{1,5}的(?!目标|任务|基础))"
)
THIS_YEAR = re.compile("今年|本年")
BEGINS = re.compile(r"^(?:之前|以前|前)[^，。；]{0,4}(?:开工|启动|动工)")
DUE = re.compile(r"^(?:之前|以前|前|内|完成|为止|完工|建成|竣工|投用|交付)")
FIVE_YEARS_NAMED = re.compile("“?(十[二三四五六]五)”?|第(十[二三四五六])个五年")
FAR_GOALS = re.compile("[和及与]?(?:19|20)\\d\\d年远景目标")  # beside the five years of the plan
TITLE_YEAR = re.compile(
    rf"(?P<a>{YEAR}) ?年? ?[-—~至到] ?(?P<b>{YEAR}) ?年?|(?P<y>{YEAR}) ?年(?!\d{{0,2}}月\d)"
)
OF_THE_YEAR = re.compile("今年|年内|全年|本年度")
MEETING = re.compile(
    rf"({YEAR})年[^，。；\d]{{0,20}}会议|\b(?:targets?|goals|plan|budget) for ({YEAR})\b"
)
ONLY_YEAR = re.compile(rf"(?<![比较自从由])({YEAR})年\d{{1,2}}月(?=[，。])")  # the day of writing
HEADLINE = re.compile(  # 2027年规模力争破千亿: what is to be reached then
    r"[^“”，。]{0,10}(?:冲刺|力争|达到|突破|破)(?!年)[^年]{0,4}[\d十百千万]"
)
QUOTED_PLAN = re.compile(rf"《[^》\n]{{4,60}}（({YEAR})[-—~至到]({YEAR})年?）》")
HORIZON = re.compile(rf"[到至]({YEAR})年")  # a plan that looks further has no one year
REPUBLIC = re.compile(r"(?<!\d)(1[01]\d)年(?:度|目标|施政|工作|计划|計)")
NO_TITLE = re.compile(
    rf"[。；]|^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）|回顾|"
    rf"(?<!\d){YEAR}[-/.年] ?\d{{1,2}} ?[-/.月]|[a-z]\.$"
)
PLAN_YEAR = re.compile(
    rf"(?:^|[\n。；])[^，。；\d]{{0,6}}(?<![到至比较从自由])({YEAR})年(?=[，]|全[国省市县区]|"
    rf"我|要|将|计划(?!执行|完成)|(?:主要|"
    rf"预期|工作|重点)*(?:目标|任务|安排))"
)
START = re.compile(rf"({YEAR}) ?年起 ?([\d一二三四五六七八九十两]{{1,3}})年")
DATE_LINE = re.compile(rf"(?<!\d)({YEAR})(?:[-/.年] ?\d{{1,2}} ?[-/.月] ?\d{{1,2}})(?!\d)")
ENGLISH_TITLE = re.compile(rf"\b({YEAR})\b(?![-/–]\d)")
DOCUMENT_NUMBER = re.compile(rf"[〔\[（]({YEAR})[〕\]）]")


@dataclass(frozen=True, slots=True)
class Frame:
    """The plan's own period: first year, last year, whether its title says so, the year in which
    the text was written (今年, 明年 are counted from it), and whether it counts the years of the
    Republic (民國114年 is 2025)."""

    first: int | None = None
    last: int | None = None
    stated: bool = False
    written: int | None = None
    republic: bool = False

    @property
    def deadline(self) -> str | None:
        return str(self.last) if self.last else None


@dataclass(slots=True)
class Period:
    """A period as written. `deadline` as the corpus writes it; `ahead` false for baselines; `due`
    where something is to be done by it, `begins` where it is only to begin by it."""

    start: int
    end: int
    deadline: str | None
    ahead: bool
    own_year: bool
    precision: Precision
    due: bool = False
    begins: bool = False


def frame_of(lines: tuple[Line, ...], view: str) -> Frame:
    """The plan's period from its title, else its date line, its number, its only year.

    Shapes: the lines of a document. Units: years. Missing: None where the text shows no year.
    Errors: none. Source: docs/rules/reading.md, R-5.
    """
    heads = [view[line.start : line.end] for line in lines[:8]]
    tails = [view[line.start : line.end] for line in lines[-6:]]
    written = _written(heads, tails)
    if quoted := QUOTED_PLAN.search(view[: lines[min(7, len(lines) - 1)].end if lines else 0]):
        return Frame(int(quoted[1]), int(quoted[2]), stated=True, written=written)
    for title in [head for head in heads[:4] if len(head) <= 60 and not NO_TITLE.search(head)]:
        if stated := _stated(title):
            return replace(stated, written=written or stated.first)
    if written:
        further = any(int(year) > written for year in HORIZON.findall(view))
        further = further and OF_THE_YEAR.search(view) is None
        return Frame(written, None if further else written, written=written)
    if start := START.search(view):
        span = to_decimal(start[2])
        return Frame(int(start[1]), int(start[1]) + int(span or 1) - 1, written=int(start[1]))
    numbered = next((found for head in heads if (found := DOCUMENT_NUMBER.search(head))), None)
    years = [int(numbered[1])] if numbered else sorted({int(y) for y in PLAN_YEAR.findall(view)})
    if not numbered and (meeting := next((m for h in heads if (m := MEETING.search(h))), None)):
        years = [int(meeting[1] or meeting[2])]
    years = years or sorted({int(y) for y in ONLY_YEAR.findall(view)})
    return Frame(years[0], years[0], written=years[0]) if len(years) == 1 else Frame()


def section_frame(title: str, frame: Frame) -> Frame:
    """The period of a section whose heading names one: 二、2024年工作安排, “十四五”时期主要目标."""
    title = FAR_GOALS.sub("", title)
    found = TITLE_YEAR.search(title)
    if found is None:
        return _of_plan(title, frame)
    first, last = found["a"] or found["y"], found["b"] or found["y"]
    return replace(frame, first=int(first), last=int(last), stated=True)


def _of_plan(title: str, frame: Frame) -> Frame:
    """The five years that a title names: “十四五”."""
    plan = FIVE_YEARS_NAMED.search(title)
    if plan is None:
        return frame
    last = FIVE_YEARS[plan[1] or f"{plan[2]}五"]
    return replace(frame, first=last - 4, last=last, stated=True)


def _stated(title: str) -> Frame | None:
    title = FAR_GOALS.sub("", title)
    if (found := TITLE_YEAR.search(title)) and not HEADLINE.match(title, found.end()):
        first, last = found["a"] or found["y"], found["b"] or found["y"]
        by = title[max(0, found.start() - 1) : found.start()] in ("到", "至")
        return Frame(None if by else int(first), int(last), stated=True)
    if republic := REPUBLIC.search(title):
        year = int(republic[1]) + FIRST_OF_REPUBLIC
        return Frame(year, year, stated=True)
    if FIVE_YEARS_NAMED.search(title):
        return _of_plan(title, Frame())
    if latin(title) and (english := ENGLISH_TITLE.search(title)):
        return Frame(int(english[1]), int(english[1]), stated=True)
    return None


def _written(heads: list[str], tails: list[str]) -> int | None:
    """The year of a date line at the head, or of the signature at the foot."""
    for place in [head for head in heads if len(head) <= 80] + [t for t in tails if len(t) <= 16]:
        if found := DATE_LINE.search(place):
            return int(found[1])
    return None


def periods(view: str, start: int, end: int, frame: Frame) -> Iterator[Period]:
    """The periods between two offsets, in order.

    Shapes: offsets of `view`. Units: YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY-Hn, YYYY or `annual`.
    Missing: `deadline` is None where the year is not known. Errors: none.
    Source: docs/rules/reading.md, R-5.
    """
    if TIME_WORD.search(view, start, end) is None:
        return
    year: int | None = None
    named = start
    for found in PERIOD.finditer(view, start, end):
        if found["republic"] and not frame.republic:
            continue
        own = found["year"] or found["from"] or found["last"] or found["plan"] or found["count"]
        own = own or found["republic"]
        if found["year"]:
            year, named = int(found["year"]), found.end()
        elif year and ("。" in view[named : found.start()] or THIS_YEAR.match(found[0])):
            year = None  # 6月底 after another sentence, and 今年, are of the plan's own year
        deadline, precision = _deadline(found, year or frame.first, frame)
        before, after = (
            view[max(start, found.start() - 4) : found.start()],
            view[found.end() : min(end, found.end() + 40)],
        )
        ahead = not NOT_AHEAD.search(before) and not LOOKS_BACK.match(after)
        due = DUE.match(after) is not None
        begins = BEGINS.match(after) is not None
        own = own or found["next"]
        place = found.span()
        yield Period(*place, deadline, ahead, bool(own), precision, due, begins)


def _deadline(found: re.Match[str], year: int | None, frame: Frame) -> tuple[str | None, Precision]:
    if found["annual"]:
        return "annual", "year"
    if found["republic"]:
        return str(int(found["republic"]) + FIRST_OF_REPUBLIC), "year"
    if found["plan"]:
        return str(FIVE_YEARS[found["plan"]]), "year"
    if found["last"]:
        return found["last"], "year"
    if found["from"] or found["count"]:
        first = int(found["from"]) if found["from"] else frame.first
        span = to_decimal(found["span"] or found["count"])
        return (str(first + int(span) - 1) if first and span else None), "year"
    if found["next"]:
        year = frame.written + (found["next"] != "新一年") if frame.written else None
    if found["this"] and frame.written and not _titled_for_next(frame):
        year = frame.written
    if found["year"]:
        year = int(found["year"])
    return _within(found, year)


def _titled_for_next(frame: Frame) -> bool:
    """Is the text a plan for one year, that of its writing or the next: then 年内 is that year."""
    if not frame.stated or frame.first != frame.last or frame.written is None:
        return False
    return frame.first in (frame.written, frame.written + 1)


def _within(found: re.Match[str], year: int | None) -> tuple[str | None, Precision]:
    def part(name: str) -> str | None:
        return found[name] or found[f"b_{name}"]

    if year is None:
        return None, "year"
    if (day := part("day")) and (date := part("date")):
        return _day(year, int(day), int(date)), "day"
    if (ten := part("ten")) and (tenth := part("tenth")):
        last = {"上旬": 10, "中旬": 20}.get(tenth) or _month_end(year, int(ten))
        return _day(year, int(ten), last), "ten_day"
    if month := part("month"):
        valid = 1 <= int(month) <= 12
        return (f"{year}-{int(month):02d}" if valid else None), "month"
    if quarter := part("quarter"):
        return f"{year}-Q{QUARTERS[quarter]}", "quarter"
    if upto := part("upto"):
        return f"{year}-Q{3 if upto == '三' else 2}", "quarter"
    if half := part("half"):
        return f"{year}-H{1 if half == '上' else 2}", "half"
    return str(year), "year"


def _month_end(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0


def _day(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= day <= _month_end(year, month):
        return None
    return f"{year}-{month:02d}-{day:02d}"


def last_day(deadline: str) -> str | None:
    """The last day of a deadline as YYYY-MM-DD; None for `annual`.

    >>> last_day("2020-06"), last_day("2020-H1"), last_day("2020"), last_day("annual")
    ('2020-06-30', '2020-06-30', '2020-12-31', None)
    """
    found = re.fullmatch(r"(\d{4})(?:-(?:Q(\d)|H(\d)|(\d\d)(?:-(\d\d))?))?", deadline)
    if found is None:
        return None
    year, quarter, half = int(found[1]), found[2], found[3]
    month = int(quarter) * 3 if quarter else int(half) * 6 if half else int(found[4] or 12)
    return f"{year}-{month:02d}-{found[5] or f'{_month_end(year, month):02d}'}"
