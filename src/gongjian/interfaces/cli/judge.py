"""`gongjian judge --as-of DATE`: the lights as they follow from what was accepted by a day."""

import json
from argparse import ArgumentTypeError
from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.judgement.models import LightColour
from gongjian.flow.judgement.queries import Judgement, judgements, phrase_verdict
from gongjian.flow.plan.queries import campaign_of_year, targets_in_order
from gongjian.flow.progress.queries import newest_opened, periods_upto
from gongjian.interfaces.cli.outcome import InstalledCommand
from gongjian.interfaces.request import today
from gongjian.lib.days import at_local
from gongjian.lib.refusals import Refused


class Command(InstalledCommand):
    help = _("按某一天（含）已采信的数亮灯；只算不写，可以重跑")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=_day, help=_("日期，如 2020-06-29；默认今天"))
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        day = options["as_of"] or today()
        try:
            found = _judged(day)
        except Refused as no:
            raise CommandError(str(no), returncode=2) from no
        if options["json"]:
            rows = [_row(judgement) for judgement in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for judgement in found:
            self.stdout.write(_line(judgement))
        self.stdout.write(_summary(found, day))


def _judged(day: date) -> list[Judgement]:
    """The newest period that had opened by the day, with every target's light at its end."""
    end_of_day = at_local(day + timedelta(days=1), 0)
    key = newest_opened(end_of_day)
    campaign = campaign_of_year(int(key[:4])) if key else None
    if campaign is None:
        return []
    periods = periods_upto(key)
    targets = targets_in_order(campaign, on=periods[-1].last_day)
    found = judgements(targets, periods, known_at=end_of_day)
    return [judgement for judgement in found if judgement.period == key]


def _line(found: Judgement) -> str:
    label = LightColour(found.light).label
    sentence = phrase_verdict(found.target, int(found.period[5:]), found.rule, found.numbers)
    return f"{label}  {found.target.code:<5} {found.target.metric}  {sentence}"


def _row(found: Judgement) -> dict[str, Any]:
    return {
        "code": found.target.code,
        "target": found.target.metric,
        "period": found.period,
        "light": found.light.value,
        "made_good": found.made_good,
        "rule": found.rule,
        "sentence": phrase_verdict(found.target, int(found.period[5:]), found.rule, found.numbers),
        "numbers": dict(found.numbers),
        "report": str(found.figure.report_uid) if found.figure else None,
    }


def _summary(found: list[Judgement], day: date) -> str:
    if not found:
        return _("%(day)s 还没有可以亮灯的报告期。") % {"day": day}
    counts = _("，").join(
        f"{colour.label} {sum(judgement.light == colour for judgement in found)}"
        for colour in LightColour
    )
    return _("%(period)s 期，按 %(day)s 已采信的数：%(counts)s") % {
        "period": found[0].period,
        "day": day,
        "counts": counts,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(_("日期写成 2020-06-29")) from wrong
