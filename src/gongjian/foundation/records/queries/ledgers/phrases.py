"""The sentences for what the reader of ledgers returns as codes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gongjian.engine.ledger import Question, Remark, Table
from gongjian.engine.ledger.columns import Column
from gongjian.lib.rounding import written

SHOWN_ROWS = 8


@dataclass(frozen=True, slots=True)
class Thing:
    """What a row of a ledger is, and what its key field is called: 项目, 项目名称."""

    name: Promise | str
    key: Promise | str


HUNDRED_MILLION = 10**8


def phrase_left_out(code: str) -> str:
    """What a file holds that was seen and not read."""
    return {
        "macros": _("文件里有宏，没有运行，也不会保存。"),
        "hidden_sheets": _("有隐藏的工作表，没有读。要读请先取消隐藏。"),
        "images": _("有图片，没有读。"),
        "nul_bytes": _("有空字符（NUL），去掉后读的，请核对。"),
        "odd_bytes": _("有认不出的字符，显示为 �，请核对。"),
    }.get(code, _("有没有读的内容：%(code)s。") % {"code": code})


def phrase_column(column: Column) -> str:
    """Why a column is the field it is, or none."""
    sentences = {
        "word": _("表头就是“%(word)s”"),
        "parts": _("表头里有“%(word)s”"),
        "alike": _("表头和“%(word)s”相近"),
        "values": _("表头说不清，按内容认的（%(word)s 格像）"),
        "given": _("按 --map 指定"),
        "dropped": _("按 --map 指定不取"),
        "unknown": _("表头不认识，没有取"),
        "bare": _("没有表头，没有取"),
        "unkept": _("认得（%(word)s），导入不写这一项，没有取"),
        "second": _("同一项已取 %(word)s 栏，没有取；要用这一栏请 --map"),
        "year": _("是 %(word)s 年的，不是本表的年度，没有取"),
        "unit": _("是各行金额的单位"),
        "sums": _("表头“%(word)s”没说是金额，栏里是金额"),
        "which": _("表头“%(word)s”没有说清是哪一项，没有取"),
        "unfit": _("表头像，但内容不像（只有 %(word)s 格像），没有取"),
    }
    return sentences[column.code] % {"word": column.word}


def phrase_accounts(table: Table, thing: Thing) -> str:
    """Where every row of a sheet went."""
    roles = {
        "above": _("表头以上"), "header": _("表头"), "category": _("分类行"), "total": _("合计行"),
        "note": _("注释行"), "blank": _("空行"), "numbered": _("只有序号的行"),
        "aside": _("只有无表头栏的行"), "continued": _("续行"),
    }  # fmt: skip
    parts = [
        _("%(name)s %(count)s") % {"name": roles[role], "count": count}
        for role, count in table.not_rows()
    ]
    return _(
        "共 %(all)s 行：%(thing)s %(taken)s，退回 %(refused)s，"
        "不是%(thing)s的 %(rest)s（%(parts)s）"
    ) % {
        "thing": thing.name,
        "all": table.rows_in,
        "taken": table.accounts["taken"],
        "refused": table.accounts["refused"],
        "rest": sum(count for _role, count in table.not_rows()),
        "parts": _("、").join(parts) or _("无"),
    }


def phrase_refused(remark: Remark, table: Table, thing: Thing) -> str:
    """Why a row is given back, and what to correct."""
    sentences = {
        "no_name": _("没有%(key)s（%(column)s）。请填上再导入。"),
        "several": _("“%(column)s”一格里像是几个（%(said)s）。请一行写一个再导入。"),
        "ditto": _("%(key)s写的是“同上”（%(column)s）。请写上自己的名称再导入。"),
        "bad_date": _("“%(column)s”写的 %(said)s 没有这一天。请改正再导入。"),
        "too_long": _("“%(column)s”一格超过 10 万字，不像人填的。请核对。"),
        "unclosed": _("“%(column)s”一格的引号没有闭合，吞掉了下面的行。请补上引号再导入。"),
    }
    params = {
        "key": thing.key,
        "column": _name(table, remark.column, thing),
        "said": remark.params.get("said", ""),
    }
    return sentences[remark.code] % params


def phrase_question(question: Question, table: Table, thing: Thing) -> str:
    """What a person has to say, and how."""
    sentences = {
        "unit": _("“%(column)s”没有写单位，是元、万元还是亿元？"),
        "currency": _("“%(column)s”是外币（%(currency)s）。按人民币的什么单位记？"),
        "slip": _(
            "“%(column)s”第 %(rows)s 行和上下差一万倍，像是万元、亿元写混了。只有这几行按什么"
            "单位记？写的没有错就答%(unit)s。"
        )
        if question.params.get("unit")
        else _(
            "“%(column)s”第 %(rows)s 行和上下差一万倍，像是万元、亿元写混了。只有这几行按什么"
            "单位记？写成“栏!slip=单位”。"
        ),
        "order": _("“%(column)s”先写日还是先写月？第 %(rows)s 行两种读法都通。"),
        "short": _("“%(column)s”年份只有两位，年、月、日哪个在前？第 %(rows)s 行。"),
        "swapped": _(
            "“%(column)s”的日和月像是颠倒过：一到十二日的大多落在一月。照写的读（ymd）还是倒过来（ydm）？"
        ),
        "tenth": _("“%(column)s”第 %(rows)s 行写的是数字 20xx.1，是 1 月还是少了 0 的 10 月？"),
        "year": _("“%(column)s”第 %(rows)s 行没有写年份，是哪一年？"),
        "doubled": _(
            "“%(column)s”有几栏可取（%(choices)s），第 %(rows)s 行各不相同。"
            "取哪一栏？用 --map 说明。"
        ),
        "broken": _(
            "“%(column)s”第 %(rows)s 行有认不出的字（%(said)s），编码坏了，这一格没有取。"
            "请改正那几行再导入。"
        ),
        "which": _(
            "“%(column)s”没有说清是哪一项，第 %(rows)s 行有数。是哪一项用 --map 指定，"
            "都不是就指定 none。"
        ),
        "sums": _(
            "“%(column)s”是投资还是工作？第 %(rows)s 行是金额，别的行是文字。"
            "是投资就用 --map 指定，不是就指定 none。"
        ),
        "no_header": _(
            "没有找到表头。请确认文件里有带%(key)s的表头，或用 --map 'A=name' 按栏号说明。"
        ),
        "key": _("没有找到%(key)s。是哪一栏？用 --map 说明。"),
        "repeated": _(
            "这张表的%(thing)s有 %(count)s 个在“%(other)s”里也有。"
            "两张都导入会重复，用 --sheet 选一张。"
        ),
    }
    return sentences[question.code] % {
        "currency": "", "count": "", "other": "", "unit": "", "said": "", **question.params,
        "thing": thing.name,
        "key": thing.key,
        "column": _name(table, question.column, thing),
        "rows": _rows(question.rows, len(question.rows)),
        "choices": _("、").join(question.choices),
    }  # fmt: skip


def phrase_warning(remark: Remark, table: Table, thing: Thing) -> str:
    """Something to look at, with the rows it is about."""
    code = remark.code.partition(":")[0]
    phrase = _WARNINGS.get(code)
    params = {
        "said": "", "text": "", "declared": "", "found": "", "name": "", "pairs": "", "most": "",
        **remark.params,
        "thing": str(thing.name),
        "count": str(remark.count),
        "column": _name(table, remark.column, thing),
        "rows": _rows(remark.rows, remark.count),
    }  # fmt: skip
    return phrase(params) if phrase else code


def _name(table: Table, at: int | None, thing: Thing) -> str:
    if at is None or not 0 <= at < len(table.columns):
        return str(thing.key)
    column = table.columns[at]
    if not column.title:
        return _("%(letter)s 栏") % {"letter": column.letter}
    return f"{column.letter} {column.title}"


def _rows(rows: Sequence[int], count: int) -> str:
    shown = _("、").join(str(row + 1) for row in rows[:SHOWN_ROWS])
    if count > min(len(rows), SHOWN_ROWS):
        return _("%(shown)s 等 %(count)s") % {"shown": shown, "count": count}
    return shown


def _yuan(text: str) -> str:
    """A sum as a person reads it, to its last digit: in 亿元, or in 万元 below one 亿."""
    yuan = Decimal(text)
    large = abs(yuan) >= HUNDRED_MILLION
    plain = written(yuan / (HUNDRED_MILLION if large else 10_000))
    return _("%(sum)s 亿元") % {"sum": plain} if large else _("%(sum)s 万元") % {"sum": plain}


def _sum(params: Mapping[str, str]) -> str:
    return _(
        "第 %(rows)s 行“%(text)s”的%(column)s写 %(declared)s，下面的行加起来是 %(found)s。"
    ) % {
        **params,
        "declared": _yuan(params["declared"]),
        "found": _yuan(params["found"]),
    }


def _pairs(text: str) -> str:
    """9=38,123;10=107 as a person reads it."""
    pairs = (pair.split("=") for pair in text.split(";"))
    return _("；").join(
        _("第 %(again)s 行同第 %(first)s 行")
        % {"again": again.replace(",", _("、")), "first": first}
        for first, again in pairs
    )


_WARNINGS: dict[str, Callable[[Mapping[str, str]], str]] = {
    "sum": _sum,
    "count": lambda p: _("第 %(rows)s 行“%(text)s”写 %(declared)s 个，下面数到 %(found)s 个。") % p,
    "no_header": lambda p: _("没有找到表头，这张表没有取。%(said)s") % p,
    "uncomputed": lambda p: _(
        "“%(column)s”第 %(rows)s 行是公式，文件里没有存结果，按空处理。用 Excel 打开后保存一次再"
        "导入。"
    ) % p,
    "error": lambda p: _("“%(column)s”第 %(rows)s 行是错误值（如 #REF!），按空处理。") % p,
    "rounded": lambda p: _(
        "“%(column)s”第 %(rows)s 行是数字格式，末几位已经丢了，按空处理。请设成文本重填。"
    ) % p,
    "amount_share": lambda p: _(
        "“%(column)s”第 %(rows)s 行是百分数（%(said)s），不是金额，按空处理。"
    ) % p,
    "amount_grouping": lambda p: _(
        "“%(column)s”第 %(rows)s 行的逗号看不懂（%(said)s），按空处理。"
    ) % p,
    "amount_text": lambda p: _("“%(column)s”第 %(rows)s 行不是金额（%(said)s），按空处理。") % p,
    "about": lambda p: _("“%(column)s”第 %(rows)s 行是约数（%(said)s），按写的数取。") % p,
    "negative": lambda p: _("“%(column)s”第 %(rows)s 行是负数（%(said)s），请核对。") % p,
    "date_text": lambda p: _("“%(column)s”第 %(rows)s 行不是日期（%(said)s），按空处理。") % p,
    "date_of_year": lambda p: (
        _("“%(column)s”第 %(rows)s 行是 1905 年（%(said)s），像是年份被当成了日期，按空处理。") % p
    ),
    "date_fiscal": lambda p: _(
        "“%(column)s”第 %(rows)s 行是财政年度（%(said)s），不是历年的日期，按空处理。"
    ) % p,
    "date_about": lambda p: _(
        "“%(column)s”第 %(rows)s 行写的是大概的时候（%(said)s），最细记到月，请核对。"
    ) % p,
    "date_before": lambda p: _(
        "“%(column)s”第 %(rows)s 行写的是某时以前（%(said)s），按写的那时记，请核对。"
    ) % p,
    "date_after": lambda p: _(
        "“%(column)s”第 %(rows)s 行写的是某时以后（%(said)s），没有说是哪一天，按空处理。"
        "请改成确定的时候再导入。"
    ) % p,
    "hedged": lambda p: _(
        "“%(column)s”第 %(rows)s 行写的是预计或大概（%(said)s），没有当作实际日期。"
    ) % p,
    "span": lambda p: _("“%(column)s”第 %(rows)s 行是一段时间（%(said)s），按空处理。") % p,
    "no_span": lambda p: _(
        "“%(column)s”第 %(rows)s 行只有一个日期（%(said)s），看不出起止，按空处理。"
    ) % p,
    "both_orders": lambda p: _("“%(column)s”里先日后月、先月后日都有，拿不准的已经问了。") % p,
    "shared": lambda p: _("“%(column)s”第 %(rows)s 行和上一行合并，金额只算在上一行。") % p,
    "unit_turned": lambda p: _("第 %(rows)s 行写着另一个单位，从这里起金额按%(said)s读。") % p,
    "unit_below": lambda p: _(
        "第 %(rows)s 行在表的下面写着另一个单位（%(said)s），没有用上，请核对。"
    ) % p,
    "unit_over": lambda p: _("从第 %(rows)s 行起换了分类，金额又按整张表的单位读。") % p,
    "may_be_note": lambda p: _(
        "第 %(rows)s 行像注释，但有金额，按%(thing)s取了，请核对。"
    ) % p,
    "may_be_category": lambda p: _(
        "第 %(rows)s 行像分类，按%(thing)s取了，请核对；是分类就去掉序号和金额再导入。"
    ) % p,
    "may_be_project": lambda p: _(
        "第 %(rows)s 行没有序号，也没有金额，当作分类；是%(thing)s就补上序号再导入。"
    ) % p,
    "total_or_project": lambda p: _(
        "第 %(rows)s 行当作合计，数又对不上；是%(thing)s就改个名称再导入。"
    ) % p,
    "line_left": lambda p: _(
        "“%(column)s”第 %(rows)s 行是上一个%(thing)s的续行，另写了一个数（%(said)s），没有加进去，"
        "请核对。"
    ) % p,
    "broken_text": lambda p: _(
        "“%(column)s”第 %(rows)s 行有认不出的字（%(said)s），编码坏了，请核对。"
    ) % p,
    "part_left": lambda p: _(
        "第 %(rows)s 行“%(said)s”是上面的数的一部分，没有当作%(thing)s，请核对。"
    ) % p,
    "ditto": lambda p: _("“%(column)s”第 %(rows)s 行写的是“同上”，按上一行的记。") % p,
    "ditto_left": lambda p: _(
        "“%(column)s”第 %(rows)s 行写的是“同上”，按空处理。请写上再导入。"
    ) % p,
    "beside": lambda p: _(
        "像是左右并排的两张表（%(said)s 栏）。请改成上下排再导入，否则只能取一边。"
    ) % p,
    "slip_as_said": lambda p: _(
        "“%(column)s”第 %(rows)s 行和上下差一万倍，也按答的单位记了，请核对。"
    ) % p,
    "wide": lambda p: _("这张表超过 %(most)s 栏，后面的栏没有看。") % p,
    "hidden_column": lambda p: _("“%(column)s”是隐藏的栏，也取了。") % p,
    "hidden_rows": lambda p: _("第 %(rows)s 行是隐藏的，也取了。") % p,
    "same_name": lambda p: _(
        "有 %(count)s 行和前面的同名：%(pairs)s。"
    ) % {**p, "pairs": _pairs(p["pairs"])},
    "more_than": lambda p: _("“%(column)s”第 %(rows)s 行比总投资还大。") % p,
    "unheard": lambda p: _("没有叫“%(name)s”的栏，这一条没有用上。") % p,
    "uscc_form": lambda p: _(
        "“%(column)s”第 %(rows)s 行不是 18 位统一社会信用代码（%(said)s）。"
    ) % p,
    "uscc_digit": lambda p: _("“%(column)s”第 %(rows)s 行的校验位不对（%(said)s）。") % p,
    "code_shape": lambda p: _("“%(column)s”第 %(rows)s 行不像项目代码（%(said)s）。") % p,
    "code_month": lambda p: (
        _("“%(column)s”第 %(rows)s 行开头不是年月（%(said)s），请核对。") % p
    ),
    "code_industry": lambda p: (
        _("“%(column)s”第 %(rows)s 行的行业两位不对（%(said)s），请核对。") % p
    ),
    "code_check": lambda p: _("“%(column)s”第 %(rows)s 行的校验位对不上（%(said)s），请核对。") % p,
}  # fmt: skip
