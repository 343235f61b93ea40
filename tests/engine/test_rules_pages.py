"""The pages of the rules say what the packs and the spec say."""

import re

import pytest

from gongjian.engine.packs import MEASURES
from scripts import rules_pages


@pytest.mark.parametrize("page", rules_pages.PAGES, ids=lambda page: page.stem)
def test_page_of_rules_is_current(page):
    text = page.read_text(encoding="utf-8")

    assert text == rules_pages.page_as_it_should_be(page), "run: python scripts/rules_pages.py"


def test_pages_of_rules_show_every_pack():
    text = "".join(page.read_text(encoding="utf-8") for page in rules_pages.PAGES)
    shipped = {path.stem for path in rules_pages.PACKS.glob("*.toml")}

    assert set(re.findall(r"<!-- table: pack (\S+) -->", text)) == shipped


def test_every_measure_has_a_name_people_read():
    assert set(rules_pages.MEASURES) == MEASURES


def test_every_rule_that_code_names_stands_on_its_page():
    pages = {page.name: page.read_text(encoding="utf-8") for page in rules_pages.PAGES}
    named = re.compile(r"docs/rules/(\w+\.md), ([LTGQD]-\d+)(?: (?:to|and) ([LTGQD]-\d+))?")
    sources = (rules_pages.ROOT / "src/gongjian/engine").glob("*.py")

    found = [match for path in sources for match in named.findall(path.read_text(encoding="utf-8"))]

    assert found
    for page, *rules in found:
        missing = [rule for rule in rules if rule and rule not in pages[page]]
        assert missing == [], f"{page} does not speak of {missing}"
