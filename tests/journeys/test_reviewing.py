"""The review by keyboard: a letter judges what is open, and the text follows it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
PLAN = """诸城市2020年秋季专项攻坚补充方案（示例）

2020年6月29日

一、重点行动

（一）秋收攻坚
""" + "\n".join(
    f"{number}. 开展第{number}批秋收质量检查，{number % 3 + 9}月底前完成检查并公布结果"
    "（牵头单位：市农业农村局）。\n各镇街配合做好准备，措施落实到村到户，材料整理归档备查。"
    for number in range(1, 31)
)


@pytest.fixture
def review(visit):
    """The review of a plan of thirty tasks, opened by the office."""
    page = visit("office").go("/plan/upload/")
    file = {"name": "秋季补充方案.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("link", name=re.compile("去审核")).first.click()
    page.wait_for_url(re.compile(r"/plan/documents/"))
    return page


def open_one(page):
    return page.locator(".cand-on").get_attribute("id")


def judged(page):
    return page.locator(".rv-prog b").inner_text()


def test_j_opens_what_a_then_takes_however_fast_they_are_pressed(review):
    first = open_one(review)
    expect(review.locator(".rv-prog b")).to_have_text("0")

    review.keyboard.press("j")
    review.keyboard.press("a")

    expect(review.locator(".rv-prog b")).to_have_text("1")
    for _step in range(2):
        review.keyboard.press("k")
    expect(review.locator(".cand-on")).to_have_id(first)
    expect(
        review.locator(".cand-on").get_by_role("button", name=re.compile("^采用"))
    ).to_be_visible()

    for key in "jjaja":
        review.keyboard.press(key)
    expect(review.locator(".rv-prog b")).to_have_text(
        "3", timeout=20_000
    )  # two acts, each with its answer


def test_the_text_follows_what_is_open(review):
    for _step in range(12):
        before = open_one(review)
        review.keyboard.press("a")
        expect(review.locator(".cand-on")).not_to_have_id(before)
        expect(review.locator(".paper .hit.on")).to_be_in_viewport()


def test_what_was_typed_is_not_lost_to_a_key(review):
    first = open_one(review)
    field = review.locator(".cand-on .cand-form input:not([readonly])").first
    field.fill("改过的名称")
    review.keyboard.press("Escape")

    review.keyboard.press("j")

    expect(review.locator(".cand-on")).to_have_id(first)
    expect(field).to_have_value("改过的名称")
    expect(field).to_be_focused()
