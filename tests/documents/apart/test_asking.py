import threading
import time

import pytest

from documents.pdf_parts import column, pdf, text
from gongjian.documents import Limits, Unreadable
from gongjian.documents.apart import Bounds, read_apart

PLAN = pdf(text("新签约项目150个"))


def refusal(content: bytes, bounds: Bounds) -> tuple[str, dict]:
    with pytest.raises(Unreadable) as no:
        read_apart("pdf", content, Limits(), bounds)
    return no.value.code, no.value.params


def test_document_comes_back_from_another_process():
    document = read_apart("pdf", PLAN, Limits())

    assert (document.text, document.media) == ("新签约项目150个\n", "pdf")


def test_refusal_comes_back_too():
    with pytest.raises(Unreadable) as no:
        read_apart("pdf", PLAN, Limits(text_bytes=3))

    assert no.value.params == {"measure": "text_bytes", "limit": 3}


def test_reader_that_takes_too_long_is_ended_with_what_it_started():
    slow = pdf(*["".join(text("计划", y, 9 * y, 6) for y in range(200))] * 400)
    started = time.monotonic()

    assert refusal(slow, Bounds(seconds=1)) == ("too_slow", {"seconds": 1})
    assert time.monotonic() - started < 2


def test_reader_without_memory_is_no_harm():
    code, params = refusal(pdf(f"%{'x' * 40_000_000}\n"), Bounds(memory=60_000_000))

    assert (code, params["measure"]) == ("too_large", "memory")


def test_fault_of_ours_is_not_laid_to_the_file():
    with pytest.raises(RuntimeError, match="reader rtf: KeyError"):
        read_apart("rtf", b"{\\rtf1}", Limits())


def test_many_threads_ask_at_once():
    texts = []
    threads = [
        threading.Thread(target=lambda: texts.append(read_apart("pdf", PLAN, Limits()).text))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert texts == ["新签约项目150个\n"] * 8


def test_large_file_and_large_answer_pass_without_waiting_for_each_other():
    page = column(["重点工作攻坚年实施方案" * 3] * 28)
    content = pdf(*[page] * 100, f"%{'x' * 20_000_000}\n")

    assert len(read_apart("pdf", content, Limits()).text) > 80_000
