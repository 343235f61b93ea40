"""What may be said of a superior's table, and when it counts as sent."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from gongjian.lib.refusals import Refused

LONGEST = {"title": 120, "to": 60, "due": 60}
UNITS = ("", "元", "千元", "万元", "百万元", "亿元")  # not shown: as ledgers write them


def check_sheet_words(words: Mapping[str, str]) -> None:
    """The words of a table fit. Refused: sheet.too-long."""
    for name, limit in LONGEST.items():
        if len(words.get(name, "")) > limit:
            raise Refused(
                "sheet.too-long",
                _("这一栏最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
                % {"limit": limit, "length": len(words[name])},
            )


def check_sheet_maps(
    maps: Mapping[str, str], units: Mapping[str, str], known: Collection[str]
) -> None:
    """Columns are filled with fields there are, money in a unit there is. Refused: sheet.map."""
    if any(field and field not in known for field in maps.values()) or any(
        unit not in UNITS for unit in units.values()
    ):
        raise Refused("sheet.map", _("有一栏选的内容不在可选的里面，请刷新页面再选。"))


def check_can_record_sent(to: str, rows: int) -> None:
    """A table that was sent went to somebody and holds something.

    Refused: sheet.no-receiver, sheet.no-rows.
    """
    if not to.strip():
        raise Refused("sheet.no-receiver", _("请写报给谁，例如市发改委，再记为已报。"))
    if not rows:
        raise Refused("sheet.no-rows", _("表里一行也没有填，没有可以记的。"))
