"""Who does it: units in brackets, after 牵头单位：, or before 负责; with their roles."""

import re
from dataclasses import dataclass

from gongjian.engine.extract.words import either

ROLE_LEAD = either(
    "牵头单位 牵头部门 牵头股室 牵头科室 牵头处室 主办科室 主办处室 "
    "主办股室 主办单位 主办部门 主责单位 主责部门 总牵头单位 牵头责任单位 "
    "牵头领导单位 牵头"
)
ROLE_SOLE = either(
    "责任单位 责任部门 责任股室 责任科室 责任处室 "
    "负责单位 实施单位 承办单位 落实单位 责任主体 实施主体 承担单位 "
    "完成单位 主管部门 主管单位"
)
ROLE_SUPPORT = either(
    "配合单位 配合部门 配合股室 配合科室 配合处室 "
    "协办单位 协办部门 参与单位 参加单位 协同单位 协作单位 支持单位 配合"
)
ROLE_WHEN = either("完成时限 完成时间 时限 时限要求 办结时限 完成期限")
ROLE_PERSON = either(
    "责任领导 牵头领导 包靠领导 责任人 联系人 分管领导 市级领导 责任领导 包保领导 负责人"
)
ROLE = re.compile(
    rf"(?P<lead>{ROLE_LEAD})：|(?P<sole>{ROLE_SOLE})：|(?P<support>{ROLE_SUPPORT})：|"
    rf"(?P<when>{ROLE_WHEN})：|(?P<person>{ROLE_PERSON})："
)
ANY_ROLE = f"(?:{ROLE_LEAD}|{ROLE_SOLE}|{ROLE_SUPPORT}|{ROLE_WHEN}|{ROLE_PERSON})："
BRACKET = re.compile(r"（(?:[^（）\n]|（[^（）\n]{0,40}）){2,400}）")
TOGETHER = re.compile(
    r"^(?:由)?(?P<lead>[^，；。]{2,60}?)(?:会同|(?<=[部局委办])商(?=[^，；。、]{2,8}[部局委行]))"
    r"(?P<support>[^；。]{2,200}?)(?:等)?(?:共同|分别|按职责分工)?(?:负责|牵头|落实)。?$"
)
MORE_UNITS = (
    "各|[^，；。]{2,12}(?:局|委|办|厅|部|院|行|会|政府|公司|中心|妇联|总工会|团委)"
    "(?:[、，]|按|等|负责)"
)
BY_VERB = re.compile(
    rf"^(?:由)?(?P<lead>(?:[^，；。]|，(?={MORE_UNITS})){{2,300}}?)(?:共同|分别)?"
    r"(?:牵头负责|牵头|负责牵头|负责|分工负责|"
    r"按(?:照)?(?:各自)?职责(?:分工)?(?:分别)?负责|主办|落实|组织实施)"
    r"(?:[，、；](?P<support>[^；。]{2,300}?)(?:等)?(?:按(?:照)?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|"
    r"配合|落实)|分工负责|配合|协办|参与|参加|负责))?。?$"
)
WHOLE = re.compile(
    r"各(?:有关)?(?:区|县|市|镇|乡|街道|盟|旗)(?:、(?:县级市|县|市|区|街道办?|镇|乡|旗|园区|"
    r"开发区)(?:政府|人民政府)?(?=、|$|，|；))+"
)
SEPARATOR = re.compile(
    r"等(?:有关|相关)?部门(?:和|及|、|以及)|[、，；｜|]|(?<=[局委办厅院会部])和|(?<=[局委办厅])及"
)
CLOSING = re.compile(r"(?:等(?:有关|相关)?(?:部门|单位)?|按(?:照)?(?:各自)?职责.*|分别|共同|分工)$")
FIRST_LEADS = re.compile(
    r"列?第一位?(?:者|的)?(?:单位|部门)?(?:者)?为(?:总?牵头|主要?责任|主办)|排(?:名|序|"
    r"在)(?:第一|首位|首)[^，。]{0,8}为(?:牵头|主办)|首位[^，。]{0,6}为牵头"
)


UNIT_LIKE = re.compile("(?:局|委|办|厅|部|院|行|会|政府|公司|中心|镇|乡|街道|单位|部门|区|县)$")
NOTE = re.compile(r"[。；，](?:以上|均)?(?:列|排[名序在])?第一位?|[。；，]下同$")


@dataclass(slots=True)
class Duty:
    """The units of a piece of work, and the words that say by when."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    when: tuple[int, int] | None = None
    role: str = ""


def duty_of(view: str, text: str, start: int, end: int, *, first_leads: bool) -> Duty | None:
    """The duty that the words between two offsets write, or None when they write none.

    Shapes: offsets of `view`, the inside of a bracket or a line. Units: names as written in
    `text`. Missing: persons are left out. Errors: none. Source: docs/rules/reading.md, R-8.
    """
    roles = list(ROLE.finditer(view, start, end))
    if roles:
        return _by_roles(view, text, roles, (start, end), first_leads=first_leads)
    noted = NOTE.search(view, start, end)
    end = noted.start() if noted else end
    found = TOGETHER.match(view[start:end]) or BY_VERB.match(view[start:end])
    if found is None:
        return None
    lead = units(text, view, start + found.start("lead"), start + found.end("lead"))
    if not lead or any(len(name) > 30 for name in lead):
        return None
    support: tuple[str, ...] = ()
    if found["support"]:
        support = units(text, view, start + found.start("support"), start + found.end("support"))
    elif first_leads:
        lead, support = lead[:1], lead[1:]
    return Duty(lead, support, role="负责")


def _by_roles(
    view: str, text: str, roles: list[re.Match[str]], span: tuple[int, int], *, first_leads: bool
) -> Duty | None:
    start, end = span
    named: dict[str, list[str]] = {}
    when = None
    for index, role in enumerate(roles):
        stop = roles[index + 1].start() if index + 1 < len(roles) else end
        kind = str(role.lastgroup)
        if kind == "when":
            when = (role.end(), stop)
        elif kind != "person":
            named.setdefault(kind, []).extend(units(text, view, role.end(), stop))
    before = units(text, view, start, roles[0].start())
    if before and not named and all(UNIT_LIKE.search(name) for name in before):
        named["sole"] = list(before)
    lead, sole, support = (tuple(named.get(kind, ())) for kind in ("lead", "sole", "support"))
    if not lead:
        lead, sole = (sole[:1], sole[1:]) if first_leads else (sole, ())
    if not (lead or sole or support):
        return None
    return Duty(lead, sole + support, when, roles[0][0].rstrip("："))


def units(text: str, view: str, start: int, end: int) -> tuple[str, ...]:
    """The names of a list of units, one each: 市金融办、各区、县级市 are two."""
    part = view[start:end]
    whole = [found.span() for found in WHOLE.finditer(part)]
    names: list[str] = []
    begin = 0
    depth = 0
    edges: list[tuple[int, int]] = []
    for place, character in enumerate(part):
        depth += (character == "（") - (character == "）")
        separator = SEPARATOR.match(part, place) if depth == 0 else None
        if separator and place >= begin and not any(a <= place < b for a, b in whole):
            edges.append((begin, place))
            begin = separator.end()
    for first, last in [*edges, (begin, len(part))]:
        name = _clean(text, view, start + first, start + last)
        if name:
            names.append(name)
    return tuple(dict.fromkeys(names))


def _unpaired(view: str, start: int, end: int) -> bool:
    """Does a bracket close at the end that did not open inside?"""
    part = view[start:end]
    return part.endswith("）") and part.count("）") > part.count("（")


def _clean(text: str, view: str, start: int, end: int) -> str:
    while start < end and view[start] in " 　。：；，、（）｜|":
        start += 1
    while start < end and (view[end - 1] in " 　。：；，、\n｜|（" or _unpaired(view, start, end)):
        end -= 1
    closing = CLOSING.search(view[start:end])
    end = start + closing.start() if closing else end
    if FIRST_LEADS.search(view, start, end):
        return ""
    return text[start:end].strip() if 2 <= end - start <= 40 else ""
