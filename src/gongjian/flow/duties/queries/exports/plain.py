"""The list for other programs: JSON as it was frozen, and CSV that no spreadsheet can run."""

import csv
import io
import json

from django.utils.translation import gettext as _

from gongjian.flow.duties.queries.exports.source import Exported
from gongjian.flow.duties.queries.sheets import SheetLine, named
from gongjian.lib.texts import dead


def list_json(exported: Exported) -> bytes:
    """Title, version, number, digest of the issue, and the lines with the codes of their units."""
    content = {
        "title": exported.title,
        "version": exported.version,
        "draft": exported.draft,
        "doc_no": exported.doc_no,
        "as_of": exported.as_of.isoformat(),
        "basis": exported.basis_words,
        "definitions": exported.definitions,
        "exported_by": exported.exported_by,
        "of": exported.of,
        "unit_order": exported.unit_order,
        "sha256": exported.sha256,
        "rows": [line.words() for line in exported.lines],
        "removed": [line.words() for line in exported.removed],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def list_csv(exported: Exported) -> bytes:
    """UTF-8 with its mark, so that Excel reads it; the last lines say date, version and who."""
    stream = io.StringIO()
    rows = csv.writer(stream)
    rows.writerow(
        [
            _("序号"),
            _("类别"),
            _("行动"),
            _("任务"),
            _("年度目标"),
            _("工作措施"),
            _("口径"),
            _("牵头领导"),
            _("牵头单位"),
            _("责任单位"),
            _("配合单位"),
            _("完成时限"),
        ]
    )
    for line in exported.lines:
        rows.writerow([dead(text) for text in _texts(line)])
    rows.writerow([dead(exported.footing)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _texts(line: SheetLine) -> list[str]:
    return [
        line.code,
        _("目标") if line.kind == "target" else _("任务"),
        line.action,
        line.title,
        line.goal,
        line.measures,
        line.definition,
        line.leader,
        line.lead.name if line.lead else "",
        named(line.responsible),
        named(line.supporting),
        line.deadline.isoformat() if line.deadline else "",
    ]
