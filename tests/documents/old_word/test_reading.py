"""LibreOffice reads the old formats where it is installed; where it is not, that is said."""

import io
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document as NewWord

from documents.old_files import old_word
from gongjian.documents import Unreadable, read_document
from gongjian.documents.old_word import office

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY_DOC = OLE + bytes(504) + b"\xec\xa5" + bytes(510) + "WordDocument".encode("utf-16-le")
RTF = b"{\\rtf1\\ansi\\ansicpg936 \\u35745?\\u21010?\\par 150\\u20010?}"
needs_office = pytest.mark.skipif(not office.office(), reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def plan():
    """A .doc with a heading, a numbered list and a table."""
    written = NewWord()
    written.add_heading("工作目标", level=1)
    written.add_paragraph("年内新签约项目150个以上。")
    written.add_paragraph("新开工项目60个。", style="List Number")
    table = written.add_table(rows=2, cols=2)
    for place, text in enumerate(("目标", "数", "签约", "150个")):
        table.cell(*divmod(place, 2)).text = text
    written.add_paragraph("附则")
    stream = io.BytesIO()
    written.save(stream)
    return old_word(stream.getvalue())


@pytest.fixture
def path(monkeypatch, tmp_path):
    """A PATH of one empty folder, for a LibreOffice of the test's own."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


@pytest.fixture
def rooms(monkeypatch, tmp_path):
    """Where conversions keep their folders; must be empty in the end."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    yield tmp_path / "tmp"
    assert list((tmp_path / "tmp").iterdir()) == []


def program(folder: Path, script: str) -> None:
    (folder / "soffice").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "soffice").chmod(0o755)


def reason(content: bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unreadable) as no:
        read_document("方案.doc", content)
    return no.value.code, no.value.params


@needs_office
@pytest.mark.parametrize("name", ["方案.doc", "方案.wps", "方案.docx", "方案"])
def test_old_word_file_is_read_whatever_its_name(plan, rooms, name):  # noqa: ARG001
    document = read_document(name, plan)

    assert document.media == "doc"
    assert (
        document.text
        == "工作目标\n年内新签约项目150个以上。\n1.新开工项目60个。\n目标\t数\n签约\t150个\n附则\n"
    )
    assert document.blocks[0].level == 1


@needs_office
def test_rtf_is_read_by_the_same_way(rooms):  # noqa: ARG001
    assert read_document("方案.doc", RTF).text == "计划\n150个\n"


@needs_office
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_cut_old_word_file_is_damaged_or_read(plan, rooms, kept):  # noqa: ARG001
    with suppress(Unreadable):
        assert read_document("a.doc", plan[: int(len(plan) * kept)]).text


@needs_office
def test_old_word_file_of_nothing_is_damaged(rooms):  # noqa: ARG001
    assert reason(EMPTY_DOC) == ("damaged", {"part": "doc"})


def test_without_libreoffice_one_is_told_how_to_convert(path):  # noqa: ARG001
    assert reason(EMPTY_DOC) == ("legacy_doc", {})
    assert reason(RTF) == ("unknown_format", {"found": "rtf"})


def test_old_word_file_with_a_password_is_told_so(path):  # noqa: ARG001
    locked = EMPTY_DOC[:523] + b"\x01" + EMPTY_DOC[524:]

    assert reason(locked) == ("encrypted", {})


def test_conversion_that_hangs_ends_with_its_children(path, rooms, tmp_path, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(office, "SECONDS", 1)
    program(path, f"sleep 60 & echo $! > {tmp_path}/child; wait")

    assert reason(EMPTY_DOC) == ("too_slow", {"seconds": 1})

    child = Path("/proc", (tmp_path / "child").read_text().strip())
    for _ in range(50):
        if not child.exists() or "Z (zombie)" in (child / "status").read_text():
            return
        time.sleep(0.02)
    pytest.fail("the child of the conversion lives on")


@pytest.mark.usefixtures("rooms")
def test_conversion_gets_no_environment_and_sees_the_bytes_alone(path, tmp_path, monkeypatch):
    monkeypatch.setenv("GONGJIAN_SECRET_KEY", "secret")
    program(path, f'env > {tmp_path}/seen; ls "$HOME" >> {tmp_path}/seen')

    assert reason(EMPTY_DOC) == ("damaged", {"part": "doc"})

    seen = (tmp_path / "seen").read_text()
    assert "secret" not in seen
    assert "in.doc" in seen.splitlines()


def test_package_that_libreoffice_makes_meets_the_same_guards(path, rooms):  # noqa: ARG001
    program(path, 'echo "PK no package" > "$HOME/in.docx"')

    assert reason(EMPTY_DOC) == ("damaged", {"part": "zip"})


def test_output_without_bound_is_stopped(path, rooms, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(office, "SECONDS", 5)
    program(path, 'head -c 300000000 /dev/zero > "$HOME/in.docx"')

    assert reason(EMPTY_DOC)[0] in {"too_large", "damaged"}
