"""docs/rules/reading.md and reading-misses.md say what the cases and the rules of today say."""

import re
import tomllib

import pytest

from bench import quality
from scripts import reading_page


@pytest.fixture(scope="module")
def readings():
    return quality.own_readings()


@pytest.mark.parametrize("page", reading_page.PAGES, ids=lambda page: page.stem)
def test_page_of_reading_is_current(page, readings):
    text = page.read_text(encoding="utf-8")

    assert text == reading_page.page_as_it_should_be(page, readings), (
        "run: python scripts/reading_page.py"
    )


def test_page_of_reading_shows_every_table():
    text = "".join(page.read_text(encoding="utf-8") for page in reading_page.PAGES)

    assert set(re.findall(r"<!-- examples: (\S+) -->", text)) == set(reading_page.EXAMPLES)
    assert set(re.findall(r"<!-- figures: (\S+) -->", text)) == set(reading_page.FIGURES)


def test_every_genre_of_our_texts_has_a_name_people_read(readings):
    assert set(quality.by(readings, "genre")) <= set(reading_page.GENRES)


def test_every_rule_of_reading_that_code_names_stands_on_its_page():
    page = reading_page.PAGES[0].read_text(encoding="utf-8")
    sources = (reading_page.ROOT / "src/gongjian").rglob("*.py")
    named = re.compile(r"docs/rules/reading\.md, (R-\d+)(?: (?:to|and) (R-\d+))?")

    found = {
        rule
        for path in sources
        for pair in named.findall(path.read_text(encoding="utf-8"))
        for rule in pair
        if rule
    }

    assert len(found) > 8
    assert [rule for rule in sorted(found) if f"## {rule} " not in page] == []


def test_listed_misses_stand_in_the_texts(readings):
    listed = tomllib.loads((quality.TEXTS / "misses.toml").read_text("utf-8"))["miss"]
    read = {one.label["id"]: one for one in readings}

    assert len(listed) == 10
    assert all(entry["evidence"] in read[entry["text"]].label["text"] for entry in listed)
