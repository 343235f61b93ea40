"""Which files may be kept."""

from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext as _

from gongjian.lib.refusals import Refused

MEGABYTE = 1_000_000
EVIDENCE = frozenset(
    {".pdf", ".ofd", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".csv", ".txt"}
    | {".jpg", ".jpeg", ".png", ".html"}
)


LEDGERS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".json",
                     ".docx", ".pdf", ".html"})  # fmt: skip


def check_can_keep(name: str, *, size: int, kinds: frozenset[str] = EVIDENCE) -> None:
    """A file of a kind offices use, not empty, not too large."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in kinds:
        sentence = _("不收 %(suffix)s 文件。可以传 Word、Excel、PDF、OFD、图片或文本。")
        if kinds is LEDGERS:
            sentence = _("不收 %(suffix)s 文件。可以传 Excel、csv、json，或有表格的 Word、PDF。")
        raise Refused("file.kind", sentence % {"suffix": suffix or _("没有扩展名的")})
    if size == 0:
        raise Refused("file.empty", _("这个文件是空的，换一个再传。"))
    if size > settings.LARGEST_UPLOAD:
        raise Refused(
            "file.large",
            _("文件 %(size)s MB，超过 %(most)s MB。请拆开或压缩图片后再传。")
            % {"size": -(-size // MEGABYTE), "most": settings.LARGEST_UPLOAD // MEGABYTE},
        )
