import json

import pytest

from gongjian.documents import Unreadable
from gongjian.documents.apart.wire import answer_from, document_line, refusal_line
from gongjian.lib.pages import Cell, Document, Paragraph, Table

DOCUMENT = Document(
    "标题\n一\t\ud800二\n",
    (
        Paragraph(0, 2, page=2, level=1),
        Table(3, 7, (Cell(3, 4, 0, 0, 2, 1), Cell(5, 7, 0, 1)), page=3, sheet="表"),
    ),
    media="pdf",
    title="标题",
    left_out=("images",),
    margins=("— 1 —", "机密★10年"),
)


def said(**changed) -> bytes:
    answer = json.loads(document_line(DOCUMENT).decode("utf-8", "surrogatepass"))
    answer["document"] |= changed
    return json.dumps(answer).encode()


def test_document_is_the_same_on_the_other_side():
    assert answer_from(document_line(DOCUMENT), "pdf") == DOCUMENT


def test_refusal_is_the_same_on_the_other_side():
    with pytest.raises(Unreadable) as no:
        answer_from(refusal_line(Unreadable("too_large", measure="pages", limit=5)), "pdf")

    assert (no.value.code, no.value.params) == ("too_large", {"measure": "pages", "limit": 5})


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"unreadable": "empty"',
        b'{"unreadable": "no such code", "params": {}}',
        b'{"unreadable": "empty", "params": {"code": "scan"}}',
        b'{"unreadable": "damaged", "params": {"part": ["x"]}}',
        b'{"unreadable": "damaged", "params": {"part": "' + b"x" * 300 + b'"}}',
        b'{"unreadable": ["empty"], "params": {}}',
        b'{"document": {}}',
        b'{"document": ' + b"[" * 100_000,
        said(text=3),
        said(media="exe"),
        said(title=None),
        said(margins=[1]),
        said(blocks=[[0, 99, 1, 0]]),
        said(blocks=[[2, 1, 1, 0]]),
        said(blocks=[[-1, 1, 1, 0]]),
        said(blocks=[[0, True, 1, 0]]),
        said(blocks=[[0, 2, 0, 0]]),
        said(blocks=[[0, 2, 1.5, 0]]),
        said(blocks=[[0, 2]]),
        said(blocks=[[3, 7, 1, "", [[0, 2, 0, 0, 1, 1]]]]),
        said(blocks=[[3, 7, 1, "", [[3, 4, 0, 0, 0, 1]]]]),
        said(blocks=[7]),
    ],
)
def test_answer_that_is_none_means_the_file_is_broken(answer):
    with pytest.raises(Unreadable) as no:
        answer_from(answer, "pdf")

    assert (no.value.code, no.value.params) == ("damaged", {"part": "pdf"})
