"""Units are chosen as one types, and without a script: nothing typed is lost on the way."""

import pytest
from django.urls import reverse

from gongjian.flow.duties.models import Duty, Opinion
from gongjian.flow.duties.queries import duties_over, words_of
from gongjian.flow.duties.usecases import draft_list, send_list
from small_county import BACKEND, JUNE, small_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def office(client, county):
    client.force_login(county.office, backend=BACKEND)
    return client


def page(answer):
    return answer.content.decode()


def typed(county, **given):
    """The form of 新签约项目 as it is sent."""
    lead = str(county.units["invest"].uid)
    seen = [str(duty.uid) for duty in duties_over(county.signed)]
    return {"lead": lead, "fills": lead, "lead_q": "", "fills_q": "", "seen": seen} | given


def test_a_unit_is_found_by_its_letters_and_the_form_keeps_the_rest(office, county):
    address = reverse("target_assign", args=[county.signed.uid])
    reform = county.units["reform"].uid

    found = office.post(
        address,
        typed(county, find="responsible_more", responsible_more_q="fg", responsible=["攻坚办"]),
    )

    assert found.status_code == 200
    assert f'type="checkbox" name="responsible_more" value="{reform}"' in page(found)
    assert '<input type="hidden" name="responsible" value="攻坚办">' in page(found)
    assert f'name="lead" value="{county.units["invest"].uid}" checked' in page(found)


def test_what_was_ticked_is_added_in_order_and_saved(office, county):
    address = reverse("target_assign", args=[county.signed.uid])
    more = [str(county.units[name].uid) for name in ("reform", "office")]

    added = office.post(address, typed(county, more="responsible", responsible_more=more))
    saved = office.post(address, typed(county, responsible=["发改", "攻坚办"]))

    for place, name in enumerate(("发改", "攻坚办")):
        assert f'<input type="hidden" name="responsible" value="{name}">' in page(added)
        assert f'value="responsible:{place}:up"' in page(added)
    assert saved.status_code == 302
    assert words_of(duties_over(county.signed)).responsible == "发改、攻坚办"


def test_no_page_of_the_room_lists_every_unit_in_a_field(office, county):
    draft = draft_list(county.campaign, by=county.office, at=JUNE)
    sent = send_list(draft, version=draft.version, by=county.office, at=JUNE)
    row = f"target:{county.signed.uid}"
    pages = (
        office.get(reverse("target_assign", args=[county.signed.uid])),
        office.get(reverse("duties")),
        office.post(reverse("duties_bulk"), {"row": [row]}),
        office.get(reverse("duty_list", args=[sent.uid])),
    )

    uids = [str(unit.uid) for unit in county.units.values()]
    for answer in pages:
        assert not any(f'<option value="{uid}"' in page(answer) for uid in uids)


def test_a_change_in_bulk_goes_on_from_the_unit_that_was_found(office, county):
    row, reform = f"target:{county.signed.uid}", str(county.units["reform"].uid)
    asked = {"row": [row], "role": "supporting", "unit_q": "发", "find": "unit", "confirm": "1"}

    found = office.post(reverse("duties_bulk"), asked)
    compared = office.post(
        reverse("duties_bulk"), {"row": [row], "role": "supporting", "unit_q": "", "unit": reform}
    )

    assert f'type="radio" name="unit" value="{reform}"' in page(found)
    assert "改 1 项，跳过 0 项" in page(compared)
    assert not Duty.objects.filter(unit=county.units["reform"], target=county.signed).exists()


def test_an_objection_is_written_on_its_line_and_the_better_unit_found(client, county):
    draft = draft_list(county.campaign, by=county.office, at=JUNE)
    send_list(draft, version=draft.version, by=county.office, at=JUNE)
    opinion = Opinion.objects.get(unit=county.units["invest"], line__target=county.signed)
    client.force_login(county.approver, backend=BACKEND)
    address = reverse("opinion_object", args=[opinion.uid])

    listed = page(client.get(reverse("asks")))
    opened = page(client.get(reverse("asks"), {"of": opinion.uid}))
    found = client.post(address, {"find": "better", "better_q": "发", "reason": "不是投促的职责"})
    refused = client.post(address, {"better_q": "", "reason": "不是投促的职责"})

    assert address not in listed
    assert address in opened
    assert (found.status_code, refused.status_code) == (200, 409)
    assert f'value="{county.units["reform"].uid}"' in page(found)
    for answer in (found, refused):
        assert "不是投促的职责</textarea>" in page(answer)
    opinion.refresh_from_db()
    assert opinion.answer == "none"
