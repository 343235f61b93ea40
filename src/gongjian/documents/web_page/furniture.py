"""Takes out of a page what the site put round the article."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, takewhile

from gongjian.documents.web_page.tree import BLOCKS, SILENT, Element, drop, inner_text, tag, walk

_NAMES = (
    "nav navbar navigation menu sidebar sidenav aside footer foot breadcrumb breadcrumbs crumb"
    " crumbs share sharing bdsharebuttonbox social related recommend recommended recommendation"
    " tuijian comment comments copyright pager pagination login toolbar banner ad ads advert"
    " advertisement cookie popup modal topbar sitemap hotnews friendlink friendlinks qrcode"
)
NAMES = frozenset(_NAMES.split())
ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu"})
FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "menu", "dialog"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
RELATED = re.compile(
    r"(?:(?:推荐|相关|延伸|拓展|扩展)(?:阅读|新闻|文章|链接|信息|报道|推荐|稿件|资讯|内容)"
    r"|猜你喜欢|大家都在看|(?:热门|精彩|编辑|今日|为您)(?:推荐|文章|新闻|点击|排行)"
    r"|热点(?:新闻|推荐|排行)|(?:新闻|点击|阅读)排行榜?|最新(?:新闻|资讯|文章|更新)"
    r"|友情链接|网友评论|发表评论)[：:>»》\s]*(?:更多|more)?[：:>»》\s]*",
    re.IGNORECASE,
)
# Headings that a plan may use itself: they open a list of others only where links follow.
RELATED_LINKS = re.compile(
    r"(?:相关|有关|关联)(?:文件|政策|文档|解读|稿件|附件)|政策解读|解读材料|(?:图文|文字|媒体)解读"
    r"|(?:最新|热门)(?:文件|公告|政策)"
)
# The small print of a government site, a line each.
PLATE = re.compile(
    r"(?:您|你)?(?:现在|当前)?的?(?:所在)?位置[：:>»]|(?:上|下)一?(?:篇|条|页)[：:]|分享(?:到|至|本文)[：:]?"
    r"|(?:手机)?扫[一码].{0,12}(?:手机|二维码|关注|打开|分享|阅读)|[\[【(]?(?:打印|关闭)(?:本页|窗口|此页)"
    r"|(?:【|\[)?(?:字号|字体)[：:](?:\[|【)?大|今天是[：:]?\d{4}年|(?:繁[體体]版?|简体版?|无障碍)(?:\||浏览|阅读|$)"
)
LONGEST_PLATE = 120  # characters
Test = Callable[[Element], bool]
LONGEST_NAME = 2_000  # characters looked at of a class or a style
MOST_IN_HEADING = 50  # elements
MOST_HEADINGS = 20  # a page has two or three; a hostile one has thousands
MANY_LINKS, LINKED_SHARE = 3, 0.75
MOST = 0.5  # what holds more than this of the page's own words is the article, whatever its name


@dataclass(slots=True)
class Words:
    """Characters inside an element: its own words, words of links; how many links, elements."""

    own: int = 0
    linked: int = 0
    links: int = 0
    elements: int = 1


Measured = dict[Element, Words]


def strip_furniture(root: Element) -> list[str]:
    """Remove it in place; answers what kinds were left out: 'hidden', 'navigation', 'related'."""
    left_out: dict[str, None] = {}
    _drop_all(root, _is_hidden, "hidden", left_out, {})
    measured = measure(root)
    bound = measured[root].own * MOST
    heads = _article_heads(root)
    _drop_all(
        root,
        lambda e: e not in heads and _is_furniture(e) and measured[e].own <= bound,
        "navigation",
        left_out,
        measured,
    )
    _drop_all(root, lambda e: _is_plate(e, measured[e]), "navigation", left_out, measured)
    headings = (element for element in root.iter() if _opens_related(element, measured))
    for heading in list(islice(headings, MOST_HEADINGS)):
        _drop_related(heading, measured, left_out)
    _drop_all(root, lambda e: _is_link_list(e, measured[e]), "navigation", left_out, measured)
    return list(left_out)


def measure(root: Element) -> Measured:
    """Words of every element, in one walk. Links to a place in the same page count as own words."""
    found: Measured = {}
    inside_link = 0
    for step, element in walk(root):
        is_link = tag(element) == "a" and not (element.get("href") or "#").startswith("#")
        if step == "start":
            found[element] = Words(links=int(is_link))
            inside_link += is_link
            _count(found[element], element.text, inside_link)
            continue
        inside_link -= is_link
        parent = element.getparent()
        if element is not root and parent is not None:
            _add(found[parent], found[element])
            _count(found[parent], element.tail, inside_link)
    return found


def _count(words: Words, text: str | None, inside_link: int) -> None:
    length = len("".join((text or "").split()))
    if inside_link:
        words.linked += length
    else:
        words.own += length


def _add(total: Words, part: Words) -> None:
    total.own += part.own
    total.linked += part.linked
    total.links += part.links
    total.elements += part.elements


def _drop_all(
    root: Element, test: Test, kind: str, left_out: dict[str, None], measured: Measured
) -> None:
    """The outermost elements for which `test` holds, never the root."""
    chosen = [
        element
        for step, element in walk(root, skip=lambda e: e is not root and test(e))
        if step == "start" and element is not root and test(element)
    ]
    for element in chosen:
        if tag(element) not in SILENT and inner_text(element).strip():
            left_out[kind] = None
        _forget(element, measured)
        drop(element)


def _forget(element: Element, measured: Measured) -> None:
    """Let go of what is inside before it is cut off: lxml frees each part of a loose tree by a
    walk through the whole of it."""
    for inner in element.iterdescendants():
        measured.pop(inner, None)


def _is_hidden(element: Element) -> bool:
    """Never seen by a reader: scripts, and what the page itself hides."""
    return (
        tag(element) in SILENT
        or element.get("hidden") is not None
        or bool(HIDDEN.search((element.get("style") or "")[:LONGEST_NAME]))
    )


def _is_furniture(element: Element) -> bool:
    name = tag(element)
    if name in FURNITURE or name == "header" or element.get("role") in ROLES:
        return True
    if name not in BLOCKS or name in {"html", "body"}:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:LONGEST_NAME]
    return any(word.lower() in NAMES for word in WORDS.findall(named))


def _article_heads(root: Element) -> set[Element]:
    """The headers that hold an h1 or stand in an article: the head of a text, not of a site."""
    found: set[Element] = set()
    for heading in root.iter("h1"):
        for outer in heading.iterancestors():
            if outer in found:  # what is above it was found before
                break
            found.add(outer)
    inside = 0
    for step, element in walk(root):
        if tag(element) in {"article", "main"}:
            inside += 1 if step == "start" else -1
        elif inside and tag(element) == "header":
            found.add(element)
    return {element for element in found if tag(element) == "header"}


def _is_link_list(element: Element, words: Words) -> bool:
    """A block that is nearly all links; a list of annexes is the document's own."""
    if tag(element) not in BLOCKS or words.links < MANY_LINKS:
        return False
    if not words.linked or not _is_linked(words):
        return False
    return not _plain(element).startswith(("附件", "附表"))


def _is_plate(element: Element, words: Words) -> bool:
    """Where one is, what comes next, print and close: a block of one line that begins so."""
    if tag(element) not in BLOCKS or words.elements > MOST_IN_HEADING:
        return False
    if words.own + words.linked > LONGEST_PLATE or not PLATE.match(_plain(element)):
        return False
    return not any(tag(inner) in BLOCKS for inner in element.iterdescendants())


def _is_linked(words: Words) -> bool:
    """Nearly all of it is links, or it is empty."""
    return words.linked >= LINKED_SHARE * (words.own + words.linked)


def _opens_related(element: Element, measured: Measured) -> bool:
    """The heading of 推荐阅读 and the like: the outermost element that holds these words alone."""
    parent = element.getparent()
    if parent is None or tag(element) in {"html", "body"}:
        return False
    return _is_related(element, measured) and not (
        tag(parent) not in {"html", "body"} and _is_related(parent, measured)
    )


def _is_related(element: Element, measured: Measured) -> bool:
    """A heading has few elements: only such a one is looked into."""
    if measured[element].elements > MOST_IN_HEADING:
        return False
    text = _plain(element, most=40)
    return bool(RELATED.fullmatch(text) or RELATED_LINKS.fullmatch(text))


def _plain(element: Element, most: int = 200) -> str:
    """The first characters of an element; a longer one is cut, not read to its end."""
    text = ""
    for part in element.itertext():
        text += str(part).strip()
        if len(text) > most:
            break
    return text


def _drop_related(heading: Element, measured: Measured, left_out: dict[str, None]) -> None:
    """The heading and what stands beside it to the end, unless that is the page itself."""
    parent = heading.getparent()
    if parent is None or heading not in measured:  # gone with a heading before it
        return
    following = list(heading.itersiblings())
    if RELATED_LINKS.fullmatch(_plain(heading)):
        following = list(takewhile(lambda e: _is_linked(measured[e]), following))
        if not following:
            return
    page = measured[heading.getroottree().getroot()]
    if sum(measured[e].own for e in following) > page.own * (1 - MOST / 2):
        return
    left_out["related"] = None
    for element in (heading, *following):
        _forget(element, measured)
        parent.remove(element)
