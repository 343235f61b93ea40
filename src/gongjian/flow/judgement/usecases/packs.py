"""Publishing rules for lights."""

import tomllib
from datetime import datetime
from importlib.resources import files

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.engine.packs import rule_pack
from gongjian.flow.judgement import rules
from gongjian.flow.judgement.models import RulePackVersion
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing, Refused


@transaction.atomic
def publish_pack(code: str, *, by: User, at: datetime) -> RulePackVersion:
    """Publish one of the packs that come with the product, from its own first day.

    A changed pack is a new version; one that was published is never edited. Refused: office.only,
    pack.known where it is published as it is; Missing: judgement.pack-missing.
    """
    rules.check_can_publish_pack(by)
    source = files("gongjian.flow.judgement") / f"{code}.toml"
    if not source.is_file():
        raise Missing("judgement.pack-missing", _("没有规则包 %(code)s。") % {"code": code})
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    pack = rule_pack(table)
    params = {**table, "since": pack.since.isoformat()}
    published = list(RulePackVersion.objects.select_for_update().filter(code=code))
    if any(version.params == params for version in published):
        raise Refused("pack.known", _("这套规则已经发布过，一个字没变。"))
    number = len(published) + 1
    version = RulePackVersion.objects.create(
        code=code,
        number=number,
        name=pack.title,
        source=pack.source,
        params=params,
        # The first rules light what was before them; newer ones only what comes after.
        valid_from=max(pack.since, local_day(at)) if published else pack.since,
        published_at=at,
    )
    note("pack.published", version, by=by, at=at)
    return version
