"""What may be kept as a name, a paper or a day: what every form of this room sends."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import EARLIEST, FORMULA
from gongjian.lib.refusals import Refused

AHEAD = timedelta(days=366)


def check_words(label: str, text: str, *, longest: int, needed: bool = True) -> None:
    """A name or a paper one can read, print and open in a sheet without running it."""
    if needed and not text.strip():
        raise Refused("words.missing", _("还没有填%(label)s。") % {"label": label})
    if len(text) > longest:
        words = {"label": label, "longest": longest, "have": len(text)}
        raise Refused(
            "words.long", _("%(label)s最多 %(longest)s 个字，现在是 %(have)s 个。") % words
        )
    check_is_seen(label, text)
    if text.strip().startswith(FORMULA):
        raise Refused(
            "words.formula",
            _("%(label)s不能以 =、+、-、@ 开头：导出后表格软件会把它当公式。") % {"label": label},
        )


def check_is_seen(label: str, text: str) -> None:
    """No signs that no screen shows or that turn its direction. Refused: words.unseen.

    A break of a line is one of them; who keeps lines or folds blanks says so before.
    """
    if not text.isprintable():
        raise Refused(
            "words.unseen", _("%(label)s里有看不见的字符，请重新输入。") % {"label": label}
        )


def check_day(label: str, day: date, *, today: date) -> None:
    """A day papers can bear: since 1949, and at most a year ahead."""
    if day < EARLIEST:
        raise Refused(
            "day.too-early", _("%(label)s早于 1949 年 10 月，请核对。") % {"label": label}
        )
    if day > today + AHEAD:
        raise Refused("day.too-late", _("%(label)s在一年以后，请核对。") % {"label": label})
