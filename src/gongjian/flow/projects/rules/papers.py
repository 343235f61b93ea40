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


def check_can_record_sent(to: str, rows: int, *, left_over: int) -> None:
    """A table that was sent went to somebody and holds all that it should.

    Refused: sheet.no-receiver, sheet.no-rows, sheet.cut.
    """
    if not to.strip():
        raise Refused("sheet.no-receiver", _("请写报给谁，例如市发改委，再记为已报。"))
    if not rows:
        raise Refused("sheet.no-rows", _("表里一行也没有填，没有可以记的。"))
    if left_over:
        raise Refused(
            "sheet.cut",
            _("还有 %(n)s 个项目没有填进这张表，不能记为已报。请先筛选，分几张填。")
            % {"n": left_over},
        )


def check_is_what_was_taken(now: str, *, seen: str, taken: str) -> None:
    """What is recorded is what the page showed, and what was taken away last: digests of the
    filling, `taken` "" where nothing was. Refused: sheet.other-now, sheet.other-taken."""
    if seen != now:
        raise Refused(
            "sheet.other-now", _("打开这一页以后，数或填法变了。请照现在的表核对，再记为已报。")
        )
    if taken not in ("", now):
        raise Refused(
            "sheet.other-taken",
            _("下载以后，数或填法变了，现在记下的会和报出的不一样。请重新下载、核对、报出，再记。"),
        )
