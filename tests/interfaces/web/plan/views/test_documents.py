"""Plan documents come in, are listed, and are given back as they came."""

from hashlib import sha256
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.hostile_files import CASES
from gongjian.flow.plan.models import Campaign, PlanDocument
from gongjian.flow.plan.usecases import adopt_plan, create_campaign
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.files.queries import path_of
from gongjian.foundation.records.models import Job
from small_plan import (
    AT,
    PLAN,
    SECOND,
    a_person,
    a_read_plan,
    accept_all,
    an_office,
    an_uploaded_plan,
)

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.interfaces.web.sessions.Accounts"
UPLOAD = "/plan/upload/"


@pytest.fixture
def office(client):
    user = an_office()
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def campaign(office):
    return create_campaign("重点工作攻坚年", year=2020, by=office, at=AT)


def a_file(name, text):
    return SimpleUploadedFile(name, text.encode())


def page(answer):
    return answer.content.decode()


def test_every_upload_stands_under_the_notice(client, campaign):  # noqa: ARG001
    assert "禁止上传涉密信息" in page(client.get(UPLOAD))


def test_several_files_are_kept_and_wait_for_the_worker(client, campaign):
    files = [a_file("a.txt", PLAN), a_file("b.txt", SECOND)]

    answer = client.post(UPLOAD, {"files": files, "key": uuid4()})

    assert (answer.status_code, answer.url) == (302, UPLOAD)
    assert list(campaign.documents.values_list("state", flat=True)) == ["waiting", "waiting"]
    shown = page(client.get(UPLOAD))
    assert 'hx-trigger="every 5s"' in shown
    assert "排队读取" in shown


def test_a_plan_goes_into_the_year_that_was_chosen(client, campaign, office):
    coming = create_campaign("重点工作攻坚年", year=2021, by=office, at=AT)
    before = page(client.get(UPLOAD, {"year": 2021}))

    answer = client.post(UPLOAD, {"files": [a_file("a.txt", PLAN)], "key": uuid4(), "year": 2021})

    assert "传进 2021 年的计划" in before
    assert f'href="{UPLOAD}?year=2020"' in before
    assert answer.url == f"{UPLOAD}?year=2021"
    assert (campaign.documents.count(), coming.documents.count()) == (0, 1)


def test_a_page_with_nothing_waiting_does_not_ask_again(client, office):
    a_read_plan(office)

    shown = page(client.get(UPLOAD))

    assert "every 5s" not in shown
    assert "去审核 9 条" in shown


def test_a_swap_gets_the_list_alone(client, campaign):  # noqa: ARG001
    shown = page(client.get(UPLOAD, headers={"HX-Request": "true"}))

    assert "<html" not in shown
    assert 'id="reading"' in shown


def test_a_classified_file_is_refused_without_its_name_and_the_other_is_kept(client, campaign):
    files = [a_file("绝不能留.txt", f"机密★\n\n{PLAN}"), a_file("b.txt", SECOND)]

    answer = client.post(UPLOAD, {"files": files, "key": uuid4()})

    assert answer.status_code == 409
    assert "文件首页标有密级，已拒收" in page(answer)
    assert "绝不能留" not in page(answer)
    assert [document.file.name for document in campaign.documents.all()] == ["b.txt"]


def test_a_refused_file_stays_where_the_page_does_not_ask_again(client, campaign):  # noqa: ARG001
    files = [a_file("a.exe", "x"), a_file("b.txt", SECOND)]

    shown = page(client.post(UPLOAD, {"files": files, "key": uuid4()}))

    kept, asked_again = shown.split('id="reading"')
    assert "不收 .exe 文件" in kept
    assert "a.exe" not in asked_again
    assert "b.txt" in asked_again
    assert "every 5s" in asked_again


def test_a_file_that_cannot_be_read_says_what_to_do(client, campaign):
    answer = client.post(UPLOAD, {"files": [a_file("a.exe", "x")], "key": uuid4()})

    assert answer.status_code == 409
    assert "不收 .exe 文件。方案可以传 Word、PDF、Excel、网页或文本。" in page(answer)
    assert campaign.documents.count() == 0


def test_the_upload_page_offers_the_kinds_that_plans_come_in(client, campaign):  # noqa: ARG001
    shown = page(client.get(UPLOAD))

    assert 'accept=".csv,.doc,.docx,.et,.html,.pdf,.txt,.wps,.xls,.xlsx"' in shown


HARMFUL = ["random", "one kernel", "billion laughs", "declared size beyond all",
           "picture called .docx", "encrypted package", "10,000 divs in divs"]  # fmt: skip


@pytest.mark.parametrize("case", HARMFUL)
def test_nothing_is_left_of_a_file_made_to_harm(client, campaign, case):
    name, made, _ = CASES[case]
    content = made()

    answer = client.post(UPLOAD, {"files": [SimpleUploadedFile(name, content)], "key": uuid4()})

    assert answer.status_code == 409
    assert name in page(answer)
    assert campaign.documents.count() == StoredFile.objects.count() == Job.objects.count() == 0
    assert not path_of(sha256(content).hexdigest()).exists()


def test_a_file_over_the_limit_is_told_its_size_and_never_whole(client, campaign, settings):
    settings.LARGEST_UPLOAD = 2_000_000
    files = [a_file("a.txt", "年" * 2_000_000), a_file("b.txt", PLAN)]

    answer = client.post(UPLOAD, {"files": files, "key": uuid4()})

    assert answer.status_code == 409
    assert "文件 6 MB，超过 2 MB" in page(answer)
    assert "单个 2 MB 以内" in page(answer)
    assert [document.file.name for document in campaign.documents.all()] == ["b.txt"]


def test_a_double_click_keeps_a_file_once(client, campaign):
    key = uuid4()

    for _click in range(2):
        answer = client.post(UPLOAD, {"files": [a_file("a.txt", PLAN)], "key": key})

    assert answer.status_code == 302
    assert campaign.documents.count() == 1


def test_a_reporter_reads_why_uploading_is_not_open(client, campaign):
    client.force_login(a_person("reporter", "unit_reporter"), backend=BACKEND)

    shown = page(client.get(UPLOAD))
    answer = client.post(UPLOAD, {"files": [a_file("a.txt", PLAN)]})

    assert "这件事由攻坚办办理" in shown
    assert 'name="files"' not in shown
    assert (answer.status_code, campaign.documents.count()) == (409, 0)


def test_the_first_campaign_is_begun_on_the_upload_page(client, office):  # noqa: ARG001
    assert reverse("plan_begin") in page(client.get(UPLOAD))

    client.post(reverse("plan_begin"), {"name": "攻坚年", "year": "2020"})

    assert Campaign.objects.values_list("name", "year").get() == ("攻坚年", 2020)
    assert 'name="files"' in page(client.get(UPLOAD))


def test_a_year_that_is_none_is_named(client, office):  # noqa: ARG001
    answer = client.post(reverse("plan_begin"), {"name": "攻坚年", "year": "二〇二〇"})

    assert answer.status_code == 409
    assert "年度写成四位数" in page(answer)
    assert Campaign.objects.count() == 0


def test_documents_are_listed_a_page_at_a_time(client, office):
    document = an_uploaded_plan(office)
    kept = PlanDocument.objects.get(pk=document.pk)
    for n in range(40):
        an_uploaded_plan(office, f"{SECOND}{n}", f"{n}.txt", kept.campaign)

    first, second = (page(client.get(reverse("plan_documents"), {"page": n})) for n in (1, 2))

    assert "共 41 条，这里 40 条" in first
    assert "共 41 条，这里 1 条" in second
    assert f"{document.title}.txt" in second


def test_the_list_asks_as_often_for_three_as_for_one(client, office, django_assert_max_num_queries):
    document = an_uploaded_plan(office)
    address = reverse("plan_documents")
    with django_assert_max_num_queries(50) as one:
        client.get(address)
    for n in range(2):
        an_uploaded_plan(office, f"{SECOND}{n}", f"{n}.txt", document.campaign)

    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_others_find_the_adopted_plans_alone(client, office):
    document = a_read_plan(office)
    reporter = a_person("reporter", "unit_reporter")
    list_of, file_of = reverse("plan_documents"), reverse("plan_source", args=[document.uid])
    client.force_login(reporter, backend=BACKEND)
    before, kept_back = page(client.get(list_of)), client.get(file_of)

    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)

    assert "还没有定稿的方案" in before
    assert document.title not in before + page(client.get(UPLOAD)).split("以前的方案")[0]
    assert kept_back.status_code == 404
    assert document.title in page(client.get(list_of))
    assert client.get(file_of).status_code == 200


def test_the_file_is_given_back_as_it_came_and_never_shown_in_place(client, office):
    document = an_uploaded_plan(office, "<script>alert(1)</script><p>正文</p>", "方案.html")

    answer = client.get(reverse("plan_source", args=[document.uid]))

    assert answer.content == b"<script>alert(1)</script><p>\xe6\xad\xa3\xe6\x96\x87</p>"
    assert answer["Content-Type"] == "application/octet-stream"
    kept_as = quote(f"{document.title}.html")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{kept_as}"
    assert answer["X-Content-Type-Options"] == "nosniff"
