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
    laid(page, field(page, row), text)


def laid(page, cell, text):
    """As Ctrl V puts it there."""
    cell.focus()
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


DIALOG = "dialog[open]"
SHOWN = """async () => {
  const form = document.querySelector('form[data-sheet]');
  const address = form.dataset.lines + location.search;
  const token = document.querySelector('meta[name=csrf-token]').content;
  const { lines } = await (await fetch(address)).json();
  const body = JSON.stringify({ projects: lines.map(([uid]) => uid) });
  const asked = await fetch(address, { method: 'POST', headers: { 'X-CSRFToken': token }, body });
  return { names: lines.map(([, name]) => name), shown: (await asked.json()).shown };
}"""


def cells(page, row):
    """{column: what stands in its field} of a row."""
    fields = page.locator("tbody tr").nth(row).locator("td > :is(input, textarea)[name]")
    return {
        one.get_attribute("name").split(":")[2]: one.input_value()
        for one in fields.all()
        if one.input_value()
    }


@pytest.mark.parametrize(
    ("row", "heads", "values", "found"),
    [
        (12, "项目名称\t本月完成\t到位资金", "100\t2000", {"done": "100", "arrived": "2000"}),
        (13, "项目名称\t完成投资\t到位资金", "100\t2000", {"done": "100", "arrived": "2000"}),
        (14, "项目名称\t到位资金\t完成", "2000\t100", {"done": "100", "arrived": "2000"}),
        (15, "项目\t完成\t形象进度", "100\t封顶", {"done": "100", "words": "封顶"}),
        (16, "项目\t完成（调度）\t完成（统计）\t形象进度", "100\t90\t封顶",
         {"done": "100", "stat_done": "90", "words": "封顶"}),
        (17, "项目\t6月到位资金（亿元）", "0.5", {"arrived": "0.5亿元"}),
    ],
)  # fmt: skip
def test_a_block_goes_where_its_heads_say(visit, row, heads, values, found):
    page = visit("projects.fill").go(SHEET)
    name = names(page)[row]

    pasted(page, 0, f"{heads}\r\n{name}\t{values}\r\n")
    saved(page)

    assert page.locator(DIALOG).count() == 0
    assert cells(page, row) == found


@pytest.mark.parametrize(
    "text", ["前期\n主体施工\n基础", "主体施工\n完成\n基础", "竣工\n完成\n进度", "计划\n主体施工"]
)
def test_a_column_of_words_has_no_head(visit, text):
    page = visit("projects.fill").go(SHEET)
    words = page.locator("tbody td > textarea[name]")
    before = words.nth(30).input_value()

    laid(page, words.nth(30), text)
    saved(page)

    lines = text.split("\n")
    assert [words.nth(30 + at).input_value() for at in range(len(lines))] == lines
    words.nth(30).focus()
    page.keyboard.press("Control+z")
    saved(page)
    assert words.nth(30).input_value() == before


def test_a_head_that_is_not_known_is_asked_for(visit):
    page = visit("projects.fill").go(SHEET)
    name = names(page)[25]
    block = f"项目\t备注\t累计完成\t完成\t完成投资\r\n{name}\t等雨停\t77\t66\t65\r\n"
    pasted(page, 0, block)
    page.locator(DIALOG).wait_for()
    asked = page.locator(f"{DIALOG} label > span").all_inner_texts()
    assert asked == ["备注", "累计完成", "完成", "完成投资"]  # two of them claim one column
    choices = page.locator(f"{DIALOG} select")
    choices.nth(2).select_option(label="完成（调度）")
    choices.nth(3).select_option(label="完成（调度）")
    page.locator(f"{DIALOG} [data-dialog-yes]").click()
    assert "选成了同一栏" in page.locator(DIALOG).inner_text()
    choices.nth(3).select_option(label="不填")
    choices.nth(0).select_option(label="形象进度")

    page.locator(f"{DIALOG} [data-dialog-yes]").click()
    saved(page)

    assert cells(page, 25) == {"done": "66", "words": "等雨停"}
    pasted(page, 0, block)
    page.locator(f"{DIALOG} button[value=no]").click()
    until(lambda: "没有粘贴" in page.locator(SAY).inner_text())
    assert cells(page, 25) == {"done": "66", "words": "等雨停"}


def test_a_name_of_two_projects_is_asked_for_wherever_they_stand(visit):
    page = visit("projects.fill").go(SHEET)
    name, other = names(page)[26], names(page)[27]
    here = page.locator("tbody tr").nth(26).get_attribute("data-p")

    def twinned(route):
        said = route.fetch().json() if route.request.method == "GET" else None
        if said is None:
            route.continue_()
            return
        said["lines"][-1][1] = name
        route.fulfill(json=said)

    page.route("**/sheet/lines/**", twinned)
    block = f"项目名称\t完成\r\n{name}\t111\r\n{other}\t112"
    pasted(page, 0, block)
    page.locator(DIALOG).wait_for()
    assert "不止一个项目叫它" in page.locator(DIALOG).inner_text()

    page.locator(f"{DIALOG} [data-dialog-yes]").click()  # left out
    saved(page)

    assert (cells(page, 26), cells(page, 27)) == ({}, {"done": "112"})
    pasted(page, 0, block)
    page.locator(f"{DIALOG} select").select_option(index=1)
    page.locator(f"{DIALOG} [data-dialog-yes]").click()
    saved(page)
    assert cells(page, 26) == {"done": "111"}
    assert page.locator("tbody tr").nth(26).get_attribute("data-p") == here


def test_a_paste_beyond_the_page_is_taken_back_whole(visit):
    page = visit("projects.fill").go(SHEET)
    before = page.evaluate(SHOWN)
    block = "\r\n".join(
        [
            "项目名称\t完成\t到位资金",
            *(f"{name}\t{n}\t{n}" for n, name in enumerate(before["names"][:80])),
        ]
    )
    pasted(page, 0, block)
    assert "40 个项目不在本页" in page.locator(DIALOG).inner_text()
    page.locator(f"{DIALOG} [data-dialog-yes]").click()
    saved(page)
    changed = page.evaluate(SHOWN)["shown"]
    assert sum(changed[uid] != cells for uid, cells in before["shown"].items()) == 80
    pasted(page, 0, block)  # the same again changes nothing, and asks nothing
    until(lambda: "粘贴 0 格" in page.locator(SAY).inner_text())

    field(page, 0).focus()
    page.keyboard.press("Control+z")
    saved(page)

    until(lambda: page.evaluate(SHOWN)["shown"] == before["shown"])


def test_a_cut_net_is_said_once(visit):
    visitor = visit("projects.fill")
    page = visitor.go(SHEET)
    page.context.set_offline(True)
    page.locator("[data-net]").wait_for()

    assert page.locator(".g-off:visible").count() == 1

    page.context.set_offline(False)
    page.locator("[data-net]").wait_for(state="hidden")


def test_a_cell_that_was_refused_is_not_said_to_be_on_its_way(visit):
    page = visit("projects.fill").go(SHEET)
    typed(page, 28, "字" * 10_001)
    until(lambda: "要看一下" in page.locator(SAY).inner_text())

    page.reload()

    until(lambda: "1 格没有存下" in page.locator(SAY).inner_text())
    assert "正在送" not in page.locator(SAY).inner_text()
