"""What reading a plan yields: its campaign, actions, targets, tasks and milestones, with evidence.

A finding keeps where it stands (`document.text[start:end] == evidence`), how sure the reader is
and why. The why is a code with parameters; the flow makes a sentence of it. The codes:

    code                     parameters            what it says
    campaign.named           word                  a year of key work by its name (…攻坚年)
    campaign.title           word                  the title of the plan, without its place and kind
    action.listed            count, position       a member of a list that closes with 等 N 个行动
    action.listed-other      listed, counted       the same, but the list does not hold N members
    action.ordinal           ordinal               a member of 第一…第二… or 一是…二是…
    action.heading           number                the heading of a section
    action.lead              number                the short first sentence of a paragraph
    action.named             verb                  a named campaign after 实施, 开展, 推进 …
    target.level             link, marker          a level the metric is to reach
    target.growth            link, marker          a rate of growth or of decrease, 翻番
    target.amount            link, marker          an amount of work before its noun
    target.total             link, marker          the total of a list (总投资…的…个项目)
    target.name              link, marker          a number word such as 双千亿, one a metric
    target.cell              link, marker          a value in a table, its metric in the same row
    task.bracket             role                  units in brackets behind the work
    task.row                 role                  a row of a table with a column of units
    task.dated               when                  work with a date of its own
    milestone.dated          when                  what is due on a date

    `link` and `marker` may be empty: the words before the number (不低于, 增长 …) and the side that
    the word after it set (>=, <=, ~). `role` is 牵头单位 … as written, 负责, or `row`.
    A doubt is added to the parameters as `doubts`: codes separated by commas.
    shared        one number given to several metrics (均, 各)
    dealt         several numbers dealt to several metrics in order (分别)
    carried       the metric stands in an earlier clause
    year          the year is not beside the number but from the document's own
    numeral       the number is written in characters
    no-marker     neither a marker nor a word that looks ahead
    long          the metric is unusually long
    section       the heading above speaks of goals, organisation or safeguards
    frame, silent, brief, work, words, english    see confidence.py
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Comparator = Literal[">=", "<=", "=", "~", "+%", "-%"]
Direction = Literal[">=", "<=", "=", "~"]
Precision = Literal["day", "ten_day", "month", "quarter", "half", "year"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was taken: a code of the table above and its parameters."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What every finding has. Offsets are code points of the document's text."""

    evidence: str
    start: int
    end: int
    confidence: float
    reason: Reason
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundCampaign(Finding):
    """攻坚年: what the plan as a whole is called, and its years where it names them."""

    name: str
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class FoundAction(Finding):
    """行动: what the owner will carry out. `number` is its place in its list or its heading."""

    name: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class FoundTarget(Finding):
    """指标: a quantity to reach. `value_base` is in the base unit (lib.units), `number` where the
    number itself stands."""

    metric: str
    qualifier: str
    comparator: Comparator
    direction: Direction | None
    value: Decimal
    value_max: Decimal | None
    unit: str
    value_base: Decimal
    deadline: str | None
    number: tuple[int, int]
    action: int | None = None


@dataclass(frozen=True, slots=True)
class FoundTask(Finding):
    """任务: a piece of work tied to units or to a date of its own."""

    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str | None
    action: int | None = None


@dataclass(frozen=True, slots=True)
class FoundMilestone(Finding):
    """节点: what is due on a date. `date` is the last day of the period that was written."""

    text: str
    date: str
    precision: Precision
    action: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, each kind in the order of the text. `action` indexes `actions`."""

    campaign: FoundCampaign | None = None
    actions: tuple[FoundAction, ...] = ()
    targets: tuple[FoundTarget, ...] = ()
    tasks: tuple[FoundTask, ...] = ()
    milestones: tuple[FoundMilestone, ...] = ()
