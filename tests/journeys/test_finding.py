"""Ctrl K over any page: typed, chosen by arrows, opened; and what it says when it cannot answer."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from journeys.conftest import PHONE

pytestmark = pytest.mark.journey


def found(page):
    return page.locator("#find-hits [role=option]")


@pytest.fixture
def desk(visit):
    return visit("office").go("/keys/")


def test_initials_arrows_and_enter_lead_to_a_target(desk):
    desk.keyboard.press("Control+k")
    desk.keyboard.type("xqyxm")
    expect(found(desk).first).to_contain_text("新签约项目")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowUp")
    box = desk.get_by_role("combobox", name="两个汉字或拼音首字母")
    expect(box).to_have_attribute("aria-activedescendant", "find-o-0")
    desk.keyboard.press("Enter")

    desk.wait_for_url(re.compile("/plan/targets/"))
    desk.keyboard.press("Control+k")
    last = desk.get_by_role("listbox", name="最近打开").get_by_role("option")
    expect(last).to_have_count(1)
    expect(last).to_contain_text("新签约项目")


def test_escape_gives_the_focus_back(desk):
    button = desk.get_by_role("button", name="查找")
    button.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#find")).to_be_visible()
    desk.keyboard.press("Escape")

    expect(desk.locator("#find")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_slash_finds_where_a_page_has_no_filter(desk):
    desk.keyboard.press("/")

    expect(desk.locator("#find-q")).to_be_focused()


def test_what_was_opened_is_forgotten_on_leaving(desk):
    desk.keyboard.press("Control+k")
    desk.keyboard.type("商务局")
    found(desk).first.click()
    desk.wait_for_url(re.compile("/(units|duties)/"))
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('gongjian-opened')).length"
    assert desk.evaluate(kept) == 1

    desk.get_by_label("我的账号").click()
    desk.get_by_role("button", name="退出").click()

    desk.wait_for_url(re.compile("/login/"))
    assert desk.evaluate(kept) == 0


def test_a_session_that_ended_is_said_in_a_sentence(desk):
    desk.keyboard.press("Control+k")
    desk.context.clear_cookies()
    desk.keyboard.type("商务")

    expect(desk.locator("#find-out")).to_be_visible()
    expect(desk.locator("#find")).not_to_contain_text("密码")


def test_the_palette_has_no_serious_fault_of_access_on_a_phone(visit):
    page = visit("office", PHONE).go("/plan/")
    page.get_by_role("button", name="查找").click()
    page.locator("#find-q").fill("商务")
    expect(found(page).first).to_be_visible()

    faults = Axe().run(page).response["violations"]

    serious = [fault for fault in faults if fault["impact"] in ("serious", "critical")]
    assert serious == []
