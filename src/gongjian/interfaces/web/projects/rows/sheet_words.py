"""What the script of the month sheet says."""

from functools import cache

from django.utils.translation import gettext as _


@cache
def script_words(_language: str) -> dict[str, str]:
    """What the script of the sheet says; {n} and the like are put in by it."""
    return {
        "undone": _("已撤销，{n} 格恢复原样。"),
        "recovered": _("上次没有送到的 {n} 格已放回原处，正在送。"),
        "mine": _("用我填的 {typed}"),
        "theirs": _("用对方填的 {typed}"),
        "progress": _("已送 {done} / {all} 格"),
        "saved": _("草稿 {now} 已存。"),
        "some": _("草稿 {now} 已存，其中 {n} 格要看一下：红边的格子写着原因。"),
        "waiting": _("{n} 格在本机，还没有送到"),
        "offline": _("改过的 {n} 格存在本机（空心角），恢复后只送一次，不会重复，也不会自动报送。"),
        "cut": _("现在连不上。填的先存在本机，恢复后只送一次，不会自动报送。"),
        "login": _("登录已过期。改过的格子存在本机，重新登录后打开本页就会送出。"),
        "stopped": _("没有送成：{why} 改过的格子存在本机，刷新本页再送。"),
        "full": _("本机存不下这么多格。请先等前面的送完，再粘贴其余的。"),
        "first": _("还有 {n} 格没有送到，送到以后再报送。"),
        "refused": _("上次有 {n} 格没有存下，原因写在格边。"),
        "paste": _("粘贴"),
        "sums": _("合计|总计|小计|共计"),
        "matched": _("按第一列的项目名称对上了 {n} 个项目。"),
        "beyond": _("其中 {n} 个项目不在本页（共 {cells} 格），也一起填上？"),
        "unknown": _("下面 {n} 行的名称在这张表里找不到，不填："),
        "nameless": _("第 {n} 行，没有名称"),
        "heads": _("有 {n} 栏的表头没有认出来。选它是哪一栏，或者不填："),
        "column": _("第 {n} 栏，没有表头"),
        "leave": _("不填"),
        "double": _("有两栏选成了同一栏，改一个。"),
        "twice": _("下面 {n} 行的名称，这张表里不止一个项目叫它。选是哪一个，或者不填："),
        "twin": _("第 {n} 个，代码 {code}"),
        "unsure": _("现在连不上，别的页上有没有同名的项目没有核对，只填本页的。"),
        "kept": _("不在本页的格子原来是什么没有取到：粘贴以后撤销不了那些格。"),
        "dropped": _("没有粘贴。"),
        "byHeads": _("表头：{pairs}。"),
        "comma": _("、"),
        "pasted": _("已粘贴 {n} 格（{rows} 行）。"),
        "pastedByName": _("按项目名称对上 {rows} 行，粘贴 {n} 格。"),
        "alike": _("有 {n} 格和原来一样。"),
        "closed": _("有 {n} 格不能填或在表外，没有动。"),
    }
