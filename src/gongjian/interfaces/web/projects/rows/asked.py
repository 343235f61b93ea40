"""Which list and which day a page was asked for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import ProjectList
from gongjian.flow.projects.queries import lists_of
from gongjian.interfaces.request import today
from gongjian.lib.texts import seen_alone

MOST_TOLD = 3
SHOWN = 20  # characters of what was typed that a sentence repeats


def unknown_names(typed: Iterable[str], known: Collection[str]) -> list[str]:
    """What an address asks for by names the page does not know, in sentences; three at most."""
    names = [seen_alone(name)[:SHOWN] for name in typed if name not in known][:MOST_TOLD]
    return [_("这里没有“%(name)s”这个条件，没有用上。") % {"name": name} for name in names]


@dataclass(frozen=True, slots=True)
class DayAsked:
    """A day of the address: today where none is given, or where it is none, and then why."""

    day: date
    wrong: str = ""

    @classmethod
    def of(cls, typed: str, default: date | None = None) -> "DayAsked":
        fallback = default or today()
        if not typed.strip():
            return cls(fallback)
        try:
            return cls(date.fromisoformat(typed.strip()))
        except ValueError:
            said = _("日期“%(typed)s”看不懂，写成 2020-06-12。下面按 %(day)s 显示。")
            return cls(fallback, said % {"typed": typed.strip()[:20], "day": fallback.isoformat()})


@dataclass(frozen=True, slots=True)
class ListAsked:
    """The list a page speaks of, those there are to choose from, and the day."""

    listed: ProjectList | None
    choices: list[tuple[str, str, bool]]
    day: date
    wrong: str

    @classmethod
    def of(
        cls,
        given: Mapping[str, str],
        campaign: Campaign | None,
        *,
        names: Collection[str] | None = None,
    ) -> "ListAsked":
        """What an address asks for; where a page gives the names it knows, others are said."""
        lists = lists_of(campaign) if campaign is not None else []
        first = lists[0] if lists else None
        typed = given.get("list", "")
        listed = next((one for one in lists if str(one.uid) == typed), first)
        asked = DayAsked.of(given.get("on", ""))
        choices = [(str(one.uid), one.name, one == listed) for one in lists]
        wrong = [asked.wrong] if asked.wrong else []
        if typed and listed is not None and str(listed.uid) != typed:
            said = {"typed": typed[:20], "name": listed.name}
            wrong.append(_("项目清单里没有“%(typed)s”，下面是%(name)s。") % said)
        if names is not None:
            wrong += unknown_names(given, names)
        return cls(listed, choices, asked.day, "".join(wrong))

    @property
    def query(self) -> str:
        """The same list and day for the next page."""
        listed = {"list": str(self.listed.uid)} if self.listed else {}
        return urlencode(listed | {"on": self.day.isoformat()})
