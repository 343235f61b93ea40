"""The responsibility list of the small county, put to its units and issued."""

from datetime import datetime

from gongjian.flow.duties.models import DutyList, Opinion
from gongjian.flow.duties.usecases import (
    approve_list,
    arrange_list,
    decide_silences,
    draft_list,
    issue_list,
    send_list,
    settle_list,
)
from gongjian.lib.days import LOCAL, local_day

SENT = datetime(2020, 4, 29, 9, tzinfo=LOCAL)
DUE = datetime(2020, 5, 7, 9, tzinfo=LOCAL)
NUMBER = "诸攻坚办发〔2020〕3号"


def first_issue(county, order="official", *, sentence="按此执行"):
    """V1: nobody answered, the office decided, the principal signed."""
    draft = draft_list(county.campaign, by=county.office, at=SENT)
    draft = arrange_list(draft, order, version=draft.version, by=county.office, at=SENT)
    sent = send_list(draft, version=draft.version, by=county.office, at=SENT)
    decide_silences(list(Opinion.objects.all()), sentence, by=county.office, at=DUE)
    return signed(county, sent, NUMBER, at=DUE)


def signed(county, duties, number, *, at):
    """A list that is settled, approved and issued."""
    one = DutyList.objects.get(uid=duties.uid)
    if one.state in ("draft", "consulting"):
        one = settle_list(one, version=one.version, by=county.office, at=at)
    one = approve_list(one, version=one.version, by=county.principal, at=at)
    day = local_day(at)
    return issue_list(one, number, day=day, version=one.version, by=county.office, at=at)
