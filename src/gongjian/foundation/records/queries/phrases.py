"""What the proof of the log found, in words."""

from django.utils.translation import gettext as _

from gongjian.foundation.records.queries.audit import Finding


def phrase_finding(finding: Finding) -> str:
    """One finding as a sentence; it names a table and a row and nothing that stands in them."""
    sentences = {
        "entries-removed": _("日志第 %(row)s 条起有缺失"),
        "entry-altered": _("日志第 %(row)s 条被改动"),
        "row-without-entry": _("日志第 %(row)s 条不在了，但它涉及的记录还在"),
        "head-altered": _("日志链首和最后一条对不上"),
        "anchor-missing": _("库外的链尾记录不在了"),
        "anchor-short": _("库外的链尾记录缺日志第 %(row)s 条：被截短"),
        "anchor-line": _("库外的链尾记录里有不认识的行"),
        "tail-cut": _("日志从第 %(row)s 条起被截断，库外的链尾记录还在"),
        "table-missing": _("表 %(table)s 不在了"),
        "entries-cut-or-rewritten": _("日志第 %(row)s 条和库外的链尾记录对不上：被截断或改写"),
        "row-inserted": _("%(table)s 第 %(row)s 行没有写入日志：绕过系统插入"),
        "row-altered": _("%(table)s 第 %(row)s 行和日志对不上：绕过系统改动"),
        "row-removed": _("%(table)s 第 %(row)s 行不在了：绕过系统删除"),
    }
    return sentences[finding.code] % {"table": finding.table, "row": finding.row}
