"""The sentences for what is said of a whole sheet, of its sums and of its codes; else `phrases`."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.engine.ledger import Question, Remark, Table
from gongjian.foundation.records.queries.ledgers import phrases
from gongjian.foundation.records.queries.ledgers.phrases import Thing

SENTENCES = {
    "currency_as_said": gettext_lazy(
        "“%(column)s”第 %(rows)s 行是外币（%(currency)s），没有换算，照答的单位记为人民币，请核对。"
    ),
    "too_large": gettext_lazy(
        "“%(column)s”第 %(rows)s 行写的 %(said)s 到了一万亿元以上，不像一个项目的金额，请核对。"
    ),
    "date_tail": gettext_lazy(
        "“%(column)s”第 %(rows)s 行的日期后面还有别的话（%(said)s），只取了日期，请核对。"
    ),
    "same_code": gettext_lazy(
        "第 %(rows)s 行是同一个代码（%(said)s），名称却不同；一个代码只有一个项目，请核对。"
    ),
    "same_codes": gettext_lazy("“%(column)s”第 %(rows)s 行的代码前面已有，名称却不同，请核对。"),
}


def phrase_question(question: Question, table: Table, thing: Thing) -> str:
    """What a person has to say, and how."""
    if question.code == "no_header" and question.params.get("rows"):
        return _nothing(question.params["rows"], thing)
    if question.code == "written":
        return _written(question, table, thing)
    said = phrases.phrase_question(question, table, thing)
    if question.code == "currency" and question.params.get("unheard"):
        said += _("答的单位没有用在外币上；要用请写成“栏!currency=单位”。")
    return said


def phrase_warning(remark: Remark, table: Table, thing: Thing) -> str:
    """Something to look at, with the rows it is about."""
    if remark.code == "nothing":
        return _nothing(remark.params["rows"], thing)
    sentence = SENTENCES.get(remark.code.partition(":")[0])
    if sentence is not None:
        return str(sentence) % {
            **remark.params,
            "column": phrases._name(table, remark.column, thing),
            "rows": phrases._rows(remark.rows, remark.count),
        }
    return phrases.phrase_warning(remark, table, thing)


def _nothing(rows: str, thing: Thing) -> str:
    return _(
        "这张表有 %(rows)s 行，一个%(thing)s也没有取到。请核对表头在哪一行、%(key)s在哪一栏。"
    ) % {"rows": rows, "thing": thing.name, "key": thing.key}


def _written(question: Question, table: Table, thing: Thing) -> str:
    sentence = _(
        "“%(column)s”第 %(rows)s 行自己写了单位（%(said)s），和上下差一万倍。照写的 %(said)s 记答"
        "%(own)s，其实是 %(figure)s%(other)s 就答%(other)s；答案写成“栏!written=单位”。"
    )
    return sentence % {
        **question.params,
        "other": next(one for one in question.choices if one != question.params["own"]),
        "column": phrases._name(table, question.column, thing),
        "rows": phrases._rows(question.rows, len(question.rows)),
    }
