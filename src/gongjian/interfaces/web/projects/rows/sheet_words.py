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
        "saved": _("草稿 {now} 已存"),
        "some": _("草稿 {now} 已存，其中 {n} 格要看一下：红边的格子写着原因"),
        "waiting": _("{n} 格在本机，还没有送到"),
        "offline": _("改过的 {n} 格存在本机（空心角），恢复后只送一次，不会重复，也不会自动报送。"),
        "login": _("登录已过期。改过的格子存在本机，重新登录后打开本页就会送出。"),
        "stopped": _("没有送成：{why} 改过的格子存在本机，刷新本页再送。"),
        "full": _("本机存不下这么多格。请先等前面的送完，再粘贴其余的。"),
        "first": _("还有 {n} 格没有送到，送到以后再报送。"),
        "paste": _("粘贴"),
        "sums": _("合计|总计|小计|共计"),
        "matched": _("按第一列的项目名称对上了 {n} 个项目。"),
        "beyond": _("其中 {n} 个项目不在本页（共 {cells} 格），也一起填上？"),
        "unknown": _("下面 {n} 行的名称在这张表里找不到，不填："),
        "pasted": _("已粘贴 {n} 格（{rows} 行）。"),
        "pastedByName": _("按项目名称对上 {rows} 行，粘贴 {n} 格。"),
        "alike": _("有 {n} 格和原来一样。"),
        "closed": _("有 {n} 格不能填或在表外，没有动。"),
    }
