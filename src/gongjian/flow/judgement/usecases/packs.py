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
from gongjian.lib.refusals import Missing


@transaction.atomic
def publish_pack(code: str, *, by: User, at: datetime) -> RulePackVersion:
    """Publish one of the packs that come with the product, from its own first day.

    A changed pack is a new version; one that was published is never edited. Refused: office.only;
    Missing: judgement.pack-missing.
    """
    rules.check_can_publish_pack(by)
    source = files("gongjian.flow.judgement") / f"{code}.toml"
    if not source.is_file():
        raise Missing("judgement.pack-missing", _("没有规则包 %(code)s。") % {"code": code})
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    pack = rule_pack(table)
    number = RulePackVersion.objects.filter(code=code).count() + 1
    version = RulePackVersion.objects.create(
        code=code,
        number=number,
        name=pack.title,
        source=pack.source,
        params={**table, "since": pack.since.isoformat()},
        valid_from=pack.since,
    )
    note("pack.published", version, by=by, at=at)
    return version
