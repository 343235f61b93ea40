"""Whatever the bytes are: a document, or a word why not. No other error, and no large price."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from docx import Document as NewWord

from documents.hostile_files import CASES, HEAVY, Case
from gongjian.documents import Unreadable, read_document
from gongjian.lib.pages import Document

SECONDS = 20
MEMORY = 1 << 30
PLACES = os.pathsep.join(sys.path)
ONE_FILE = f"""
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from gongjian.documents import Unreadable, read_document
content = sys.stdin.buffer.read()
try:
    read_document(sys.argv[1], content)
    outcome = "read"
except Unreadable as no:
    outcome = no.params.get("measure") == "memory" and "memory" or no.code
print(json.dumps(outcome))
"""


def outcome(name: str, content: bytes) -> str:
    try:
        document = read_document(name, content)
    except Unreadable as no:
        return no.code
    assert isinstance(document, Document)
    assert document.text.encode("utf-8", "strict")
    return "read"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_hostile_file_is_read_or_refused(case: Case):
    name, made, expected = case
    content = made()

    started = time.process_time()
    found = outcome(name, content)

    assert found in expected
    assert time.process_time() - started < SECONDS / 4


@pytest.mark.parametrize("case", HEAVY.values(), ids=HEAVY)
def test_heavy_file_stays_below_a_gigabyte_and_twenty_seconds(case: Case):
    name, made, expected = case

    done = subprocess.run(
        [sys.executable, "-c", ONE_FILE, name],
        input=made(), env={"PYTHONPATH": PLACES}, capture_output=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip

    assert done.stderr == b""
    assert json.loads(done.stdout) in expected


@pytest.fixture(scope="module")
def whole():
    plan = NewWord()
    for number in range(50):
        plan.add_paragraph(f"第{number}项，新签约项目{number * 10}个以上。")
    stream = io.BytesIO()
    plan.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("tenth", range(1, 10))
def test_cut_word_file_is_damaged(whole, tenth):
    assert outcome("a.docx", whole[: len(whole) * tenth // 10]) == "damaged"


def test_text_of_an_outside_file_comes_in_nowhere():
    secret = Path("/etc/passwd").read_text()[:20]

    for name in ("page of another file", "page with entities", "relation outside", "path up"):
        file, made, _ = CASES[name]
        assert secret not in read_document(file, made()).text


def test_direction_marks_stay_where_they_are():
    file, made, _ = CASES["bidi"]

    assert "\u202e" in read_document(file, made()).text
