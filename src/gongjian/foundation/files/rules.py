"""Which files may be kept."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from gongjian.lib.refusals import Refused

LARGEST = 20 * 1024 * 1024
EVIDENCE = frozenset(
    {".pdf", ".ofd", ".docx", ".doc", ".wps", ".xlsx", ".xls", ".et", ".csv", ".txt"}
    | {".jpg", ".jpeg", ".png", ".html"}
)


def check_can_keep(name: str, *, size: int) -> None:
    """A file of a kind offices use, not empty, not too large."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in EVIDENCE:
        raise Refused(
            "file.kind",
            _("不收 %(suffix)s 文件。可以传 Word、Excel、PDF、OFD、图片或文本。")
            % {"suffix": suffix or _("没有扩展名的")},
        )
    if size == 0:
        raise Refused("file.empty", _("这个文件是空的，换一个再传。"))
    if size > LARGEST:
        raise Refused(
            "file.large",
            _("文件 %(size)s MB，超过 %(most)s MB。请拆开或压缩图片后再传。")
            % {"size": -(-size // 1048576), "most": LARGEST // 1048576},
        )
