"""The sentences for what is said of a whole sheet, of its sums and of its codes; else `phrases`."""

from django.utils.translation import gettext as _

from gongjian.engine.ledger import Question, Remark, Table
from gongjian.foundation.records.queries.ledgers import phrases
from gongjian.foundation.records.queries.ledgers.phrases import Thing


def phrase_question(question: Question, table: Table, thing: Thing) -> str:
    """What a person has to say, and how."""
    if question.code == "no_header" and question.params.get("rows"):
        return _nothing(question.params["rows"], thing)
    return phrases.phrase_question(question, table, thing)


def phrase_warning(remark: Remark, table: Table, thing: Thing) -> str:
    """Something to look at, with the rows it is about."""
    if remark.code == "nothing":
        return _nothing(remark.params["rows"], thing)
    return phrases.phrase_warning(remark, table, thing)


def _nothing(rows: str, thing: Thing) -> str:
    return _(
        "这张表有 %(rows)s 行，一个%(thing)s也没有取到。请核对表头在哪一行、%(key)s在哪一栏。"
    ) % {"rows": rows, "thing": thing.name, "key": thing.key}
