"""The form of a target that is counted from the register: the figure is shown and not typed."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.flow.progress.models import Report
from gongjian.flow.projects.usecases import count_target
from interfaces.web.people import come_in
from small_county import JUNE
from small_register import small_register


@pytest.fixture
def register(db):  # noqa: ARG001
    made = small_register(june=True)
    made.reached(made.mill, "signed", date(2020, 2, 10))
    count_target(
        made.signed, "stage_events", "signed", from_day=date(2020, 6, 1), by=made.office, at=JUNE
    )
    return made


def test_the_figure_is_shown_and_another_one_refused(client, register):
    report = register.county.report(register.signed)
    come_in(client, register.reporter)
    address = reverse("report", args=[report.uid])

    page = client.get(address).content.decode()
    typed = {"step": "1", "value": "58", "act": "next", "version": str(report.version)}
    answer = client.post(address, typed)

    assert 'value="1" readonly' in page
    assert "由项目台账累计（1 个项目）" in page
    assert "不用填，也改不了" in answer.content.decode()
    assert Report.objects.get(pk=report.pk).value is None
