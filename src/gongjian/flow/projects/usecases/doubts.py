"""A figure that was asked back and is right."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.projects import rules
from gongjian.flow.projects.models import DoubtAnswer, Project
from gongjian.flow.projects.queries import project_doubts
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

LONGEST = 300


@transaction.atomic
def answer_doubt(
    project: Project,
    code: str,
    month: str,
    sentence: str,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> DoubtAnswer:
    """Say why a figure is right; the same question is not asked again, an answered one stands.

    Refused: doubt.not-yours, doubt.no-reason, doubt.gone.
    """
    rules.check_can_answer_doubt(project, by=by, reason=reason)
    asked = project_doubts(project.campaign, as_of=local_day(at), known_at=at)
    there = {(d.code, d.month, d.sentence) for d in asked if d.project == project.pk}
    if (code, month, sentence) not in there:
        raise Refused("doubt.gone", _("这个数已经改过，原来的问题不在了。请刷新后再看。"))
    answer, fresh = DoubtAnswer.objects.get_or_create(
        project=project,
        code=code,
        month=month,
        sentence=sentence[:LONGEST],
        defaults={
            "reason": reason.strip()[:LONGEST],
            "day": local_day(at),
            "by": by,
            "at": at,
        },
    )
    if fresh:
        note("doubt.answered", answer, by=by, at=at)
    return answer
