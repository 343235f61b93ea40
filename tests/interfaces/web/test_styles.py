"""The style sheets stay readable by the oldest browsers we serve, and small enough to read."""

import importlib.machinery
import importlib.util
import re

import pytest

from house.source import ROOT, SRC

CSS = SRC / "interfaces/web/static/web/css"
BUILT = SRC / "interfaces/web/static/built/gongjian.css"
VENDOR = SRC / "interfaces/web/static/vendor/bootstrap/bootstrap.min.css"

# What Chromium 100 or Firefox 115 lack, with the first version of each that has it.
TOO_NEW = {
    ":has() (105, 121)": r":has\(",
    "oklch and its kin (111, 113)": r"\b(?:oklch|oklab|lch|lab)\(",
    "color() (111, 113)": r"(?<![\w-])color\(",
    "color-mix() (111, 113)": r"color-mix\(",
    "relative colours (119, 128)": r"\b(?:rgba?|hsla?)\(\s*from\b",
    "light-dark() (123, 120)": r"light-dark\(",
    "nesting (112, 117)": r"[{;}]\s*&",
    "@container (105, 110)": r"@container|container-type|\bcq[wh]\b",
    "@scope (118, 128)": r"@scope\b",
    "@property (85, 128)": r"@property\b",
    "@starting-style (117, 129)": r"@starting-style",
    "range media queries (104, 102)": r"@media[^{]*[<>]",
    "individual transforms (104, 72)": r"[{;]\s*(?:translate|rotate|scale)\s*:",
    "small and large viewports (108, 101)": r"\d[sld]v[hwib]\b|\d[sld]v(?:min|max)\b",
    "line-height units (109, 120)": r"\dr?lh\b",
    "subgrid (117, 71)": r"\bsubgrid\b",
    "masonry (none)": r"\bmasonry\b",
    "anchors (125, none)": r"anchor-name|position-anchor|\banchor\(",
    "field-sizing (123, none)": r"field-sizing",
    "unprefixed mask (120, 53)": r"\{(?![^}]*-webkit-mask)[^}]*(?<![\w-])mask(?:-image)?\s*:",
    ":user-valid (119, 88)": r":user-(?:valid|invalid)",
    ":modal (105, 103)": r":modal\b",
    ":popover-open (114, 125)": r":popover-open",
    ":nth-child(of) (111, 113)": r":nth-(?:last-)?child\([^)]*\bof\b",
    "trigonometry (111, 108)": r"(?<![\w-])(?:sin|cos|tan|atan2?|hypot|pow|sqrt)\(",
    "linear() (113, 112)": r"(?<![\w-])linear\(",
    "text-wrap as layout (114, 121)": r"text-wrap\s*:",
}
SNIPPETS = {
    ":has() (105, 121)": "a:has(b){}",
    "oklch and its kin (111, 113)": "a{color:oklch(1 0 0)}",
    "color() (111, 113)": "a{background:color(srgb 1 0 0)}",
    "color-mix() (111, 113)": "a{color:color-mix(in srgb,red,blue)}",
    "relative colours (119, 128)": "a{color:rgb(from red r g b)}",
    "light-dark() (123, 120)": "a{color:light-dark(red,blue)}",
    "nesting (112, 117)": "a{color:red;& b{}}",
    "@container (105, 110)": "@container (width>1px){}",
    "@scope (118, 128)": "@scope (a){}",
    "@property (85, 128)": "@property --a{}",
    "@starting-style (117, 129)": "@starting-style{}",
    "range media queries (104, 102)": "@media (width>=600px){}",
    "individual transforms (104, 72)": "a{rotate:90deg}",
    "small and large viewports (108, 101)": "a{height:100dvh}",
    "line-height units (109, 120)": "a{height:2lh}",
    "subgrid (117, 71)": "a{grid-template-rows:subgrid}",
    "masonry (none)": "a{grid-template-rows:masonry}",
    "anchors (125, none)": "a{anchor-name:--a}",
    "field-sizing (123, none)": "a{field-sizing:content}",
    "unprefixed mask (120, 53)": "a{mask:none}",
    ":user-valid (119, 88)": "a:user-invalid{}",
    ":modal (105, 103)": "dialog:modal{}",
    ":popover-open (114, 125)": "a:popover-open{}",
    ":nth-child(of) (111, 113)": "a:nth-child(2 of .b){}",
    "trigonometry (111, 108)": "a{width:calc(sin(1)*1px)}",
    "linear() (113, 112)": "a{transition-timing-function:linear(0,1)}",
    "text-wrap as layout (114, 121)": "a{text-wrap:balance}",
}


@pytest.fixture(scope="module")
def assets():
    """scripts/assets as a module; it has no suffix, because people type its name."""
    loader = importlib.machinery.SourceFileLoader("assets", str(ROOT / "scripts/assets"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("assets", loader))
    loader.exec_module(module)
    return module


def too_new(css):
    without_urls = re.sub(r'url\(("[^"]*"|[^)]*)\)', "url()", css)
    return [what for what, pattern in TOO_NEW.items() if re.search(pattern, without_urls)]


def sheet(path):
    if not path.exists():
        pytest.skip("no built assets; scripts/assets makes them")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [BUILT, VENDOR], ids=lambda path: path.name)
def test_served_styles_use_nothing_the_oldest_browsers_lack(path):
    assert too_new(sheet(path)) == []


@pytest.mark.parametrize("what", TOO_NEW)
def test_too_new_sees_each_feature(what):
    assert too_new(SNIPPETS[what]) == [what]


def test_no_text_is_smaller_than_twelve_pixels():
    css = "\n".join(path.read_text(encoding="utf-8") for path in CSS.rglob("*.css"))

    sizes = re.findall(r"font(?:-size)?:[^;}]*?\b(\d+(?:\.\d+)?)px", css)

    assert [size for size in sizes if float(size) < 12] == []
    assert len(sizes) > 100


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_file_stays_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


def test_every_style_file_is_imported():
    imported = set(re.findall(r'@import "([^"]+)"', (CSS / "gongjian.css").read_text()))

    found = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")}

    # One is linked by itself, for browsers without scripts.
    assert imported == found - {"gongjian.css", "noscript.css"}


def test_style_files_hold_no_words():
    """A word in a style sheet cannot be translated, copied or read aloud."""
    held = [
        (path.name, match)
        for path in CSS.rglob("*.css")
        for match in re.findall(r'content: "[^"]*[一-鿿][^"]*"', path.read_text(encoding="utf-8"))
    ]

    assert held == []


def test_bootstrap_names_no_source_map():
    assert "sourceMappingURL" not in sheet(VENDOR)


def test_built_styles_come_from_these_sources(assets):
    stamp = BUILT.parent / "stamp.txt"

    assert sheet(stamp) == assets.hash_of_sources(assets.ROOT), "scripts/assets builds them anew"


def test_every_icon_the_pages_name_is_built(assets):
    templates = (SRC / "interfaces/web/templates").rglob("*.html")
    pattern = r'{% icon "(\w+)"|icon="(\w+)"|<c-icon name="(\w+)"'

    named = {
        name for path in templates for hit in re.findall(pattern, path.read_text()) for name in hit
    }

    assert named - {""} <= set(assets.ICONS)
