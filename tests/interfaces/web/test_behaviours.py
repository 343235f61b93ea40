"""The scripts of the frame in a real browser, on the page that shows every component."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from django.urls import path
from playwright.sync_api import sync_playwright

from gongjian.interfaces.request import open_to_all
from gongjian.interfaces.web.design.views import design_page

pytestmark = [pytest.mark.journey, pytest.mark.urls(__name__)]
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
]
SENT = []


@open_to_all("takes the form of the page under test")
def take(request):
    if request.method == "POST":
        SENT.append(request.POST["value"])
        return HttpResponse("ok")
    return design_page(request)


@open_to_all("stands for pages of other rooms")
def elsewhere(_request):
    return HttpResponse("ok")


urlpatterns = [
    path("design/", take),
    *(path(f"{name}/", elsewhere, name=name) for name in ("rules", "keys", "complaint", "logout")),
]


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, live_server, settings):
    """The design page, and what its console said."""
    settings.DEBUG = True
    SENT.clear()
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.goto(f"{live_server.url}/design/")
    yield opened
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_is_whole_at_both_widths(page, width):
    page.set_viewport_size({"width": width, "height": 900})

    faults = Axe().run(page).response["violations"]
    rows = page.eval_on_selector_all(
        ".g-t-c tbody tr", "rows => rows.map(row => row.getBoundingClientRect().height)"
    )

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if width == 390:
        assert min(rows) >= 44  # a thumb needs that much
    else:
        assert set(rows) == {33}
    assert page.said == []


def test_single_letters_are_dead_in_fields_and_alive_outside(page):
    page.fill("#risk", "")
    page.type("#risk", "g?/j")
    assert page.input_value("#risk") == "g?/j"
    assert not page.locator("#keys").is_visible()

    page.locator("h1").click()
    page.keyboard.press("?")

    assert page.locator("#keys").is_visible()


def test_slash_goes_to_the_filter_and_j_to_the_next_row(page):
    page.keyboard.press("/")
    assert page.locator("[data-filter]").evaluate("field => field === document.activeElement")

    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")

    assert page.evaluate("document.activeElement.textContent") == "新立项项目"


def test_a_form_sends_what_it_shows(page):
    page.fill("#v", "23")

    page.locator("[data-save]").click()
    page.get_by_text("ok", exact=True).wait_for()

    assert SENT == ["23"]


def test_a_second_press_is_no_second_act(page):
    acts = page.evaluate(
        """() => {
          let acts = 0;
          document.addEventListener('submit', (event) => { acts += 1; event.preventDefault(); });
          const save = document.querySelector('[data-save]');
          save.click();
          save.click();
          return acts;
        }"""
    )

    assert acts == 1


def test_what_was_typed_outlives_a_reload_and_buttons_keep_their_values(page):
    page.fill("#v", "27")
    values = "buttons => buttons.map(button => button.value)"
    before = page.eval_on_selector_all("form[data-draft] button", values)

    page.reload()

    assert page.input_value("#v") == "27"
    assert page.eval_on_selector_all("form[data-draft] button", values) == before


def test_nothing_is_sent_while_the_net_is_down(page):
    page.fill("#v", "31")
    page.context.set_offline(True)
    page.locator("#offline").wait_for()

    page.locator("[data-save]").click()

    assert SENT == []
    assert page.input_value("#v") == "31"
