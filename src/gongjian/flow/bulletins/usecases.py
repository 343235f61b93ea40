"""What is done with bulletins: written from the facts of a period, and kept."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.bulletins import rules
from gongjian.flow.bulletins.models import Bulletin
from gongjian.flow.bulletins.queries import (
    bulletin_facts,
    bulletin_word,
    facts_as_json,
    written_bulletin,
)
from gongjian.flow.plan.queries import campaign_of_year
from gongjian.flow.progress.models import Period
from gongjian.foundation.files.usecases import keep_file
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import next_number, note
from gongjian.lib.refusals import Refused


@transaction.atomic
def write_bulletin(period: Period, *, by: User, at: datetime) -> Bulletin:
    """Write the bulletin of a period and keep it with the fact behind every figure.

    Before the freeze it is a draft on live numbers and takes no number; after it, it names the
    snapshot and takes the next number of its year. Refused: office.only, bulletin.no-plan.
    """
    rules.check_can_write_bulletin(by)
    campaign = campaign_of_year(period.first_day.year)
    if campaign is None:
        raise Refused("bulletin.no-plan", _("还没有定稿的方案，没有可以通报的内容。"))
    facts = bulletin_facts(campaign, period, at=at)
    written = written_bulletin(facts)
    name = f"{written.title}.docx"
    number = next_number(f"bulletin-{period.key[:4]}") if facts.snapshot else 0
    bulletin = Bulletin.objects.create(
        period=period,
        snapshot=facts.snapshot,
        number=number,
        title=written.title,
        body=[asdict(block) for block in written.blocks],
        figures=facts_as_json(written.figures),
        file=keep_file(name, bulletin_word(written, at=at), by=by, at=at),
        written_by=by,
        written_at=at,
    )
    note("bulletin.written", bulletin, by=by, at=at, facts={"figures": len(written.figures)})
    return bulletin
