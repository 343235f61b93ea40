"""The month sheet as an office uses it: 40 projects from Excel, a cut net, two people, one act."""

import json

import pytest

from journeys.conftest import PHONE, until

pytestmark = pytest.mark.journey

SHEET = "/projects/sheet/?class=continued"
SAY = "[data-say]"


def field(page, row, column=0):
    return page.locator("tbody tr").nth(row).locator("td > input[name]").nth(column)


def typed(page, row, text, column=0):
    field(page, row, column).focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def pasted(page, row, text):
    """As Ctrl V puts it there."""
    field(page, row).focus()
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          const how = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', how));
        }""",
        text,
    )


def saved(page):
    until(lambda: page.locator(".ms-lo").count() == 0 and "已存" in page.locator(SAY).inner_text())


def names(page):
    return page.locator("tbody .nm").all_inner_texts()


def test_forty_projects_are_pasted_by_their_names_and_taken_back(visit):
    page = visit("projects.fill").go(SHEET)
    before = [field(page, row).input_value() for row in range(40)]
    order = list(reversed(names(page)))
    lines = [f'{name}\t"1,2{n:02}.5"\t{n}万元' for n, name in enumerate(order)]

    pasted(page, 0, "\r\n".join(["项目名称\t完成\t统计", *lines]) + "\r\n")
    saved(page)

    assert field(page, 0).input_value() == "1,239.5"
    assert field(page, 39, 1).input_value() == "0万元"
    field(page, 0).focus()
    page.keyboard.press("Control+z")
    saved(page)
    page.reload()
    assert [field(page, row).input_value() for row in range(40)] == before


def test_a_cut_net_keeps_the_cells_and_sends_them_once(visit):
    visitor = visit("projects.fill")
    page = visitor.go(SHEET)
    sent = []
    page.on("request", lambda one: sent.append(one) if "/sheet/cells/" in one.url else None)
    page.context.set_offline(True)
    typed(page, 5, "321")
    typed(page, 6, "322")
    page.locator("[data-net]").wait_for()
    assert "2 格存在本机" in page.locator("[data-net-say]").inner_text()
    sent.clear()

    page.context.set_offline(False)
    saved(page)

    cells = [name for one in sent for name, _typed in json.loads(one.post_data)["cells"]]
    assert len(cells) == len(set(cells)) == 2
    visitor.complaints = [one for one in visitor.complaints if "INTERNET_DISCONNECTED" not in one]
    page.reload()
    assert [field(page, row).input_value() for row in (5, 6)] == ["321", "322"]


def test_a_closed_tab_keeps_the_cells_too(visit):
    visitor = visit("projects.fill")
    page = visitor.go(SHEET)
    page.route("**/sheet/cells/**", lambda route: route.abort())
    typed(page, 10, "432")
    page.locator("[data-net]").wait_for()
    other = page.context.new_page()
    page.close()

    other.goto(visitor.base + SHEET)
    saved(other)

    other.reload()
    assert field(other, 10).input_value() == "432"
    visitor.complaints.clear()  # of the aborted request


def test_two_people_at_one_cell_choose(visit):
    one, other = visit("projects.fill").go(SHEET), visit("projects.fill").go(SHEET)
    typed(one, 8, "500")
    saved(one)
    typed(other, 8, "600")
    field(other, 8).focus()

    popped = other.locator("tbody tr").nth(8).locator(".ms-pop")
    popped.wait_for()
    assert "500" in popped.inner_text()
    popped.locator("[data-mine]").click()
    saved(other)

    one.reload()
    assert field(one, 8).input_value() == "600"


def test_keys_walk_and_fill_as_in_a_spreadsheet(visit):
    page = visit("projects.fill").go(SHEET)
    field(page, 20).focus()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+d")
    page.keyboard.press("Escape")
    saved(page)
    assert [field(page, 21, column).input_value() for column in (0, 1)] == ["7", "8"]

    field(page, 20).focus()
    page.keyboard.press("F2")
    page.keyboard.type("5")
    page.keyboard.press("Escape")
    assert field(page, 20).input_value() == "7"
    page.keyboard.press("Delete")
    saved(page)
    assert field(page, 20).input_value() == ""


def test_a_slip_is_asked_back_beside_its_cell_and_mended_by_a_button(visit):
    page = visit("projects.fill").go(SHEET)
    typed(page, 30, "0.1")
    saved(page)
    field(page, 30).focus()
    row = page.locator("tbody tr").nth(30)

    row.locator("[data-fix]").click()
    saved(page)

    assert field(page, 30).input_value() == "1,000"


def test_a_phone_shows_a_card_a_project_with_number_keys(visit):
    page = visit("projects.fill", PHONE).go(SHEET)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert field(page, 0).get_attribute("inputmode") == "decimal"
    page.locator("tbody tr").nth(0).scroll_into_view_if_needed()
    typed(page, 15, "12")
    saved(page)
    assert field(page, 15).bounding_box()["height"] >= 44
