"""What the address of the list asks for; what it asks wrongly is said and left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import projects_led_by, projects_sponsored_by
from gongjian.flow.projects.models import Category, PlanClass, Stage
from gongjian.flow.projects.queries import (
    GONE_STAGE,
    NONE,
    SORTS,
    LineFilter,
    Within,
    states,
    words_meant,
)
from gongjian.flow.projects.rules import investment_of
from gongjian.interfaces.web.projects.rows.columns import COLUMNS, DEFAULT, TAKEN
from gongjian.lib.refusals import Refused

SIZES = (40, 100, 300)
MOST_SORTS = 3
LONGEST = 40  # characters of words that are looked for
SHOWN = 20  # characters of what was typed that a sentence repeats
UNITS = ("yi", "wan")
WORDS = ("q", "township", "stage", "class", "kind", "industry", "action", "lead")
FILTERS = (*WORDS, "sponsor", "list", "from", "to", "state")
LOOKS = ("sort", "cols", "unit", "dense", "size", "more")


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list as its address asks for it: `given` is what of the address was understood."""

    wanted: LineFilter
    given: Mapping[str, str]
    order: tuple[tuple[str, bool], ...] = ()
    columns: tuple[str, ...] = DEFAULT
    unit: str = "yi"
    dense: bool = False
    size: int = SIZES[0]
    wrong: tuple[str, ...] = field(default_factory=tuple)

    @property
    def filtered(self) -> bool:
        return any(self.given.get(name) for name in FILTERS)

    @property
    def more(self) -> bool:
        """Whether the rarer conditions are laid open."""
        return bool(self.given.get("more"))

    def address(self, **changed: str) -> str:
        """The same list with something asked otherwise; "" asks for it no more."""
        said = {**self.given, **changed}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def query(self) -> str:
        """What was understood, for a form that leads back here."""
        return self.address()[1:]

    def sorted_by(self, key: str) -> str:
        """The address that sorts by a column first, and by what was sorted before after it."""
        first = self.order[0] if self.order else None
        down = not first[1] if first and first[0] == key else key in DOWN_FIRST
        rest = [one for one in self.order if one[0] != key]
        return self.address(sort=written_order([(key, down), *rest][:MOST_SORTS]), page="")


DOWN_FIRST = ("total", "year_plan", "year_done", "rate", "moves", "stage")


def list_asked(
    typed: QueryDict,
    *,
    townships: Collection[str],
) -> ListAsked:
    """What an address asks for. Nothing is refused: what makes no sense is said and left out."""
    wrong: list[str] = []
    given = {name: _plain(",".join(typed.getlist(name)[-1:])) for name in (*FILTERS, *LOOKS)}
    given["cols"] = _plain(",".join(typed.getlist("cols")))  # a tick each, or all in one
    given = {name: value for name, value in given.items() if value}
    if len(given.get("q", "")) > LONGEST:
        given["q"] = given["q"][:LONGEST]
        wrong.append(_("查找的字太长，只按前 %(n)s 个字找。") % {"n": LONGEST})
    if given.get("q") and not words_meant(given["q"]):
        said = {"typed": given["q"][:SHOWN]}
        wrong.append(_("“%(typed)s”里没有能查的字、字母或数字，所以一个项目也没有查到。") % said)
    for name, label, known in _known(townships):
        if name in given and given[name] not in known:
            wrong.append(_unknown(label, given.pop(name)))
    wanted = LineFilter(
        words=given.get("q", ""),
        township=given.get("township", ""),
        stage=given.get("stage", ""),
        category=given.get("kind", ""),
        industry=given.get("industry", "")[:5].upper(),
        plan_class=given.get("class", ""),
        action=given.get("action", "")[:60],
        state=given.get("state", ""),
    )
    wanted = _amounts(replace(wanted, listed=_uid(given, "list", wrong)), given, wrong)
    wanted = replace(wanted, within=_answered(given, wrong))
    return ListAsked(
        wanted=wanted,
        order=_order(given, wrong),
        columns=_columns(given, wrong),
        unit=given["unit"] if given.get("unit") in UNITS else "yi",
        dense=given.get("dense") == "1",
        size=next((size for size in SIZES if str(size) == given.get("size")), SIZES[0]),
        given=given,
        wrong=tuple(wrong),
    )


def columns_taken(asked: ListAsked) -> tuple[str, ...]:
    """The columns of a file of the list: those somebody chose; where nobody did, the usual ones."""
    if not asked.given.get("cols"):
        return ()
    chosen = (name for key in asked.columns for name in TAKEN.get(key, (key,)))
    return ("seq", "name", "code", *chosen)


def written_order(order: Sequence[tuple[str, bool]]) -> str:
    """-total,name: as it stands in the address."""
    return ",".join(f"-{key}" if down else key for key, down in order)


def page_wrong(typed: str, *, number: int, last: int) -> str:
    """What is wrong with the page an address asks for; nothing where it is shown."""
    if not typed or typed == str(number):
        return ""
    said = {"typed": typed[:SHOWN], "last": last, "number": number}
    return _("没有第“%(typed)s”页，一共 %(last)s 页，下面是第 %(number)s 页。") % said


def _known(townships: Collection[str]) -> list[tuple[str, str, Collection[str]]]:
    return [
        ("township", _("属地镇街"), townships),
        ("stage", _("阶段"), {*Stage.values, NONE, GONE_STAGE}),
        ("class", _("年度计划类别"), PlanClass.values),
        ("kind", _("项目类别"), Category.values),
        ("state", _("情况"), states()),
    ]


def _amounts(wanted: LineFilter, given: dict[str, str], wrong: list[str]) -> LineFilter:
    """The span of the total, typed in 亿元."""
    found: dict[str, Decimal | None] = {}
    for name in ("from", "to"):
        try:
            found[name] = investment_of(given.get(name, ""), "yi")
        except Refused:
            said = {"typed": given.pop(name)[:SHOWN]}
            wrong.append(
                _("总投资的范围写成不小于 0 的数字，单位亿元；“%(typed)s”没有用上。") % said
            )
            found[name] = None
    least, most = found["from"], found["to"]
    if least is not None and most is not None and least > most:
        wrong.append(_("总投资的下限比上限大，已对调。"))
        given["from"], given["to"] = given["to"], given["from"]
        least, most = most, least
    return replace(wanted, least=least, most=most)


def _answered(given: dict[str, str], wrong: list[str]) -> Within:
    """What a unit leads and what a post sponsors, for the query."""
    within: Within = ()
    if "lead" in given:
        within += ((projects_led_by, given["lead"]),)
    if post := _uid(given, "sponsor", wrong):
        within += ((projects_sponsored_by, post),)
    return within


def _uid(given: dict[str, str], name: str, wrong: list[str]) -> UUID | None:
    labels = {"list": _("项目清单"), "sponsor": _("包靠领导")}
    if name not in given:
        return None
    try:
        return UUID(given[name])
    except ValueError:
        wrong.append(_unknown(labels[name], given.pop(name)))
        return None


def _order(given: dict[str, str], wrong: list[str]) -> tuple[tuple[str, bool], ...]:
    found: dict[str, bool] = {}
    for part in given.get("sort", "").split(",")[: MOST_SORTS * 2]:
        key = part.removeprefix("-")
        if key in SORTS:
            found.setdefault(key, part.startswith("-"))
        elif part:
            wrong.append(_("不能按“%(typed)s”排序，这一条没有用上。") % {"typed": part[:SHOWN]})
    order = tuple(found.items())[:MOST_SORTS]
    given["sort"] = written_order(order)
    return order


def _columns(given: dict[str, str], wrong: list[str]) -> tuple[str, ...]:
    """The columns that are shown; one that is gone is said."""
    asked = [part for part in given.get("cols", "").split(",") if part][: len(COLUMNS) * 2]
    if not asked:
        return DEFAULT
    known = tuple(dict.fromkeys(part for part in asked if part in COLUMNS))
    for part in [part for part in asked if part not in COLUMNS][:MOST_SORTS]:
        said = {"typed": part[:SHOWN]}
        wrong.append(_("列“%(typed)s”已经没有了，其他列照常显示。") % said)
    given["cols"] = ",".join(known)
    return known or DEFAULT


def _unknown(label: str, typed: str) -> str:
    said = {"label": label, "typed": typed[:SHOWN]}
    return _("%(label)s里没有“%(typed)s”，这一条没有用上。") % said


def _plain(text: str) -> str:
    """A value without signs nobody sees: they would never be found. Spaces of any width are one."""
    wide = (" " if char.isspace() else char for char in text)
    return "".join(char for char in wide if char.isprintable()).strip()[:1000]
