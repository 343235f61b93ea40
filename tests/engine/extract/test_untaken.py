"""Every number of a text is in a target or has its reason why not."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings

from any_text import TEXTS
from gongjian.engine.extract import explain_plan
from gongjian.lib.pages import Document

CASES = tomllib.loads(Path("tests/spec/extract_untaken.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_numbers_not_taken_say_why(case):
    _, untaken = explain_plan(Document.from_text(case["text"]))

    found = [f"{case['text'][one.start : one.end].strip()} | {one.code}" for one in untaken]
    assert found == case["untaken"]


@settings(max_examples=400)
@given(TEXTS)
def test_every_digit_is_in_a_target_or_has_its_reason(text):
    findings, untaken = explain_plan(Document.from_text(text))

    spans = [target.number for target in findings.targets]
    spans += [(one.start, one.end) for one in untaken]
    for digit in re.finditer(r"[0-9]", text):
        assert any(start <= digit.start() < end for start, end in spans), digit


@settings(max_examples=200)
@given(TEXTS)
def test_a_number_that_is_a_target_is_in_no_reason(text):
    findings, untaken = explain_plan(Document.from_text(text))

    for target in findings.targets:
        start, end = target.number
        assert not [one for one in untaken if one.start < end and one.end > start]
