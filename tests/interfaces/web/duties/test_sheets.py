"""A leader's way to their own sheet, and the page that tells who answers for one line."""

import io

import docx
import pytest
from django.urls import reverse

from gongjian.flow.duties.queries import Allotment
from gongjian.flow.duties.usecases import assign_target
from gongjian.foundation.orgs.models import Person, Post, PostHolding
from small_county import BACKEND, BEGIN, JUNE, small_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return small_county(june=False)


def words_of(answer):
    written = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    return [*cells, *(paragraph.text for paragraph in written.paragraphs)]


def test_a_leader_finds_their_own_sheet_and_nobody_elses(client, county):
    own = reverse("leader", args=[Post.objects.get().uid])

    client.force_login(county.leader, backend=BACKEND)
    listed = client.get(reverse("duties")).content.decode()
    sheet = client.get(own)
    client.force_login(county.reporter, backend=BACKEND)

    assert f'href="{own}?year=2020"' in listed
    assert sheet.status_code == 200
    assert own not in client.get(reverse("duties")).content.decode()
    assert client.get(own).status_code == 403


def test_one_page_names_who_speaks_for_a_unit_without_a_head_and_who_helps(client, county):
    units = county.units
    allotment = Allotment(
        lead=units["invest"], fills=units["invest"], supporting=(units["reform"],)
    )
    assign_target(county.signed, allotment, by=county.office, at=JUNE)
    post = Post.objects.create(
        unit=units["invest"], name="科长", kind=Post.Kind.STAFF, valid_from=BEGIN.date()
    )
    person = Person.objects.create(name="谈知远", mobile="13800001234")
    PostHolding.objects.create(person=person, post=post, valid_from=BEGIN.date())
    client.force_login(county.office, backend=BACKEND)

    words = words_of(client.get(reverse("one_page", args=["target", county.signed.uid])))

    assert "谈知远" in words
    assert "138****1234" in words
    assert units["reform"].short_name in words
