import logging

import pytest
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
