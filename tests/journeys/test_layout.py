"""Every page at a desk and on a phone: nothing cut off, nothing tiny, nothing on the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.journey

SIZES = {"desk": DESK, "phone": PHONE}
PAGES = {
    "office": [
        "/desk/",
        "/board/",
        "/plan/",
        "/plan/documents/",
        "/plan/upload/",
        "/plan/add/",
        "/plan/changes/",
        "/plan/copy/",
        "/plan/kinds/",
        "/plan/paste/",
        "/plan/superior/",
        "/plan/tags/",
        "/plan/versions/",
        "/plan/versions/difference/?old=1&new=2",
        "/duties/",
        "/duties/coverage/?lack=all",
        "/duties/forces/",
        "/duties/leaders/",
        "/duties/versions/",
        "LATEST:/duties/versions/:version",
        "/duties/handovers/",
        "LATEST:/duties/handovers/:handover",
        "LATEST:/duties/forces/:force",
        "LATEST:/duties/leaders/:leader",
        "/units/",
        "/units/?on=2020-01-01",
        "LATEST:/units/:unit",
        "/people/",
        "LATEST:/people/:person",
        "/progress/",
        "/bulletins/",
        "/clock/",
        "/rules/",
        "/keys/",
        "/complaint/",
        "/search/?q=xm",
        "LATEST:/bulletins/:article",
        "LATEST:/plan/:target",
        "LATEST:/plan/documents/:review",
    ],
    "office.review": ["/desk/", "/progress/?period=2020-05"],
    "invest.fill": ["/desk/", "REPORT"],
    "projects.fill": [
        "/projects/sheet/?class=continued",
        "/projects/sheet/?class=continued&view=year",
        "/projects/sheet/send/",
    ],
    "science.check": ["/desk/", "/duties/asks/"],
    "principal": ["/desk/", "/board/"],
    "leader5": ["/desk/"],
    "shunwang": ["/desk/"],
    "sysadmin": ["/accounts/", "/units/"],
    "secadmin": ["/accounts/"],
    "auditadmin": ["/log/"],
}
SERIOUS = ("serious", "critical")

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Text smaller than 12 px, and text that an ancestor cuts off without the dots that say so.
TEXTS = """() => {
  const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const scrolls = (s) => /(auto|scroll)/.test(s.overflowX + s.overflowY);
  const small = [], cut = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!own(e) || !e.getClientRects().length) continue;
    if (e.closest('.g-vh, .g-skip, svg, dialog, option')) continue;
    const style = getComputedStyle(e);
    if (style.visibility === 'hidden' || style.opacity === '0') continue;
    if (parseFloat(style.fontSize) < 12) small.push(e.outerHTML.slice(0, 90));
    const range = document.createRange(); range.selectNodeContents(e);
    const box = range.getBoundingClientRect();
    for (let a = e; a && a !== document.body; a = a.parentElement) {
      const s = getComputedStyle(a);
      if (scrolls(s)) break;
      if (!/(hidden|clip)/.test(s.overflowX)) continue;
      if (s.textOverflow === 'ellipsis') break;
      const edge = a.getBoundingClientRect();
      if (box.right > edge.right + 1.5 || box.left < edge.left - 1.5) {
        cut.push(e.outerHTML.slice(0, 90)); break;
      }
    }
  }
  return { small, cut };
}"""

ROWS_SEEN = """() => [...document.querySelectorAll('main tbody tr')]
  .map((r) => r.getBoundingClientRect())
  .filter((b) => b.height > 0 && b.top >= 0 && b.bottom <= innerHeight)
  .map((b) => Math.round(b.height))"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("username", PAGES)
def test_pages_are_whole_and_readable(visit, username, size):
    visitor = visit(username, SIZES[size])
    findings = {}

    for path in PAGES[username]:
        page = visitor.go(place(visitor, path))
        texts = page.evaluate(TEXTS)
        axe = Axe().run(page).response["violations"]
        found = {
            "sideways": page.evaluate(SIDEWAYS),
            "small": texts["small"][:3],
            "cut": texts["cut"][:3],
            "axe": [(v["id"], v["nodes"][0]["html"][:90]) for v in axe if v["impact"] in SERIOUS],
        }
        if any(found.values()):
            findings[path] = found

    assert findings == {}


def test_a_desk_shows_eighteen_rows_of_the_plan(visit):
    page = visit("office").go("/plan/")

    heights = page.evaluate(ROWS_SEEN)

    assert len(heights) >= 18, heights
    assert set(heights) == {33}


INSIDE = {
    "article": "/bulletins/",
    "target": "/plan/targets/",
    "review": "/plan/documents/",
    "version": "/duties/versions/",
    "handover": "/duties/handovers/",
    "force": "/duties/forces/",
    "leader": "/duties/leaders/",
    "unit": "/units/",
    "person": "/people/",
}


def place(visitor, path):
    """A plain path, or the first link of a kind on a page."""
    if path == "REPORT":
        page = visitor.go("/desk/")
        return page.locator("main a[href*='/progress/reports/']").first.get_attribute("href")
    if path.startswith("LATEST:"):
        _, listing, kind = path.split(":")
        page = visitor.go(listing)
        links = page.locator(f"main table a[href*='{INSIDE[kind]}']")
        return links.first.get_attribute("href")
    return path
