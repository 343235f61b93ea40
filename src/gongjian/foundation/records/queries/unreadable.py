"""Why a file gives no text, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongjian.documents import Unreadable


def phrase_unreadable(trouble: Unreadable) -> str:
    """Why a file gives no text, and what to do about it."""
    sentences = {
        "empty": _("文件是空的，没有可读的文字。"),
        "scan": _("这是扫描件，只有图片没有文字。请换成 Word 原稿。"),
        "not_text": _("读不出文字：编码不认识。请另存为 UTF-8 文本或 Word 再传。"),
        "damaged": _("文件坏了，打不开（%(part)s）。请用 Word 或 WPS 打开后另存再传。"),
        "encrypted": _("文件设了打开密码。请去掉密码后另存再传。"),
        "legacy_doc": _("这是旧版 .doc 或 .wps 文件。请用 Word 或 WPS 另存为 .docx 再传。"),
        "unknown_format": _("不认识这种文件（%(found)s）。可以读 Word、PDF、Excel、网页和文本。"),
        "too_large": _("文件太大：%(amount)s。请拆成几份再传。"),
        "too_deep": _("文件嵌套层数太多，不像正常文稿。请另存为 Word 再传。"),
        "too_slow": _("文件太复杂，%(seconds)s 秒还没读完。请拆成几份，或换成 Word 原稿再传。"),
        "no_table": _("里面没有表格。台账要放在表里：请另存为 Excel 再传。"),
    }
    params = {"part": "", "found": "", "seconds": "", **trouble.params}
    return sentences[trouble.code] % {**params, "amount": _amount(trouble.params)}


def _amount(params: Mapping[str, str | int]) -> str:
    """What there is too much of, in the unit a person would count it in."""
    limit = int(params.get("limit", 0))
    megabytes = {"size": limit // 1_000_000}
    return {
        "bytes": _("超过 %(size)s MB") % megabytes,
        "text_bytes": _("文字超过 %(size)s MB") % megabytes,
        "unpacked_bytes": _("解压后超过 %(size)s MB") % megabytes,
        "part_bytes": _("解压后一个部件超过 %(size)s MB") % megabytes,
        "pages": _("超过 %(limit)s 页") % {"limit": limit},
        "parts": _("里面的部件超过 %(limit)s 个") % {"limit": limit},
        "blocks": _("段落和表格超过 %(limit)s 个") % {"limit": limit},
        "cells": _("表格超过 %(limit)s 格") % {"limit": limit},
        "numbers": _("数字超过 %(limit)s 个") % {"limit": limit},
        "columns": _("一张表超过 %(limit)s 栏") % {"limit": limit},
        "merged": _("合并的格超过 %(limit)s 处") % {"limit": limit},
        "memory": _("内存放不下"),
    }.get(str(params.get("measure", "")), _("格式标记超过 %(limit)s 个") % {"limit": limit})
