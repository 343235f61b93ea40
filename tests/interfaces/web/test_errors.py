import logging

import pytest
from django.core.exceptions import BadRequest, TooManyFilesSent
from django.test import Client, RequestFactory
from django.urls import reverse

from gongjian.interfaces.web import errors
from interfaces.web.people import a_demo, come_in, person

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_told_in_words(client):
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_an_address_for_forms_alone_is_told_in_words(client):
    a_demo()
    come_in(client, person("office", "campaign_office"))

    answer = client.get(reverse("logout"))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "这个地址只接收表单，不能直接打开。" in answer.content.decode()


def test_a_body_over_the_limit_is_told_in_words(client):
    a_demo()
    person("office", "campaign_office")
    body = "username=" + "x" * 2 * 1024 * 1024

    answer = client.post(reverse("login"), body, "application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "表单里的文字超过 2 MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [(TooManyFilesSent(), "分几次交"), (BadRequest(), "不完整或格式不对")],
)
def test_what_cannot_be_read_is_told_in_words(trouble, sentence):
    page = errors.not_readable(RequestFactory().post("/desk/"), trouble).content.decode()

    assert sentence in page
    assert "什么都没有改动" in page


def test_a_form_without_its_token_is_told_in_words():
    a_demo()
    strict = come_in(Client(enforce_csrf_checks=True), person("office", "campaign_office"))

    answer = strict.post(reverse("logout"))

    assert answer.status_code == 403
    assert "表单放得太久，没有存上" in answer.content.decode()


def test_a_fault_has_a_number_that_stands_in_the_output_too(caplog):
    caplog.set_level(logging.ERROR, "gongjian.web")

    page = errors.failed(RequestFactory().get("/board/")).content.decode()

    number = caplog.messages[0].split()[1]
    assert f"编号 {number}" in page
    assert "没有保存" in page
