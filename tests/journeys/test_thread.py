"""The main job, walked in a browser: a plan comes in, is judged, assigned, reported and told."""

import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from journeys.conftest import until

pytestmark = [pytest.mark.journey, pytest.mark.smoke]

PLAN = """诸城市2020年夏季专项攻坚补充方案（示例）

2020年6月29日

一、重点行动

（一）夏粮收储攻坚
年度目标：完成夏粮收储12万吨以上，新建粮食烘干中心8处。（牵头单位：市农业农村局）
1. 开展收储质量检查，7月底前完成首轮检查（牵头单位：市市场监管局；完成时限：2020年9月底前）。
"""


def file_of(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def test_a_plan_becomes_a_bulletin(site, visit, tmp_path):
    office = visit("office")

    adopt_a_plan(office)
    uid = report_the_starts(visit)
    check_and_accept(visit, uid)
    see_the_light(office)
    tell_before_the_freeze(office)
    pass_the_freeze(office)
    correct_after_it(visit, uid)
    tell_after_it(office, site, tmp_path)

    verified = site.command("audit", "verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert site.command("doctor").returncode == 0


def adopt_a_plan(office):
    """Upload, read by the worker, judged by keyboard, adopted; and a marked file is refused."""
    page = office.go("/plan/upload/")
    expect(page.get_by_text("禁止上传涉密信息").first).to_be_visible()
    page.locator("input[type=file]").set_input_files(file_of("密.txt", "机密★10年\n\n" + PLAN))
    expect(page.get_by_text("文件首页标有密级")).to_be_visible()
    page.goto(page.url)
    page.locator("input[type=file]").set_input_files(file_of("夏季补充方案.txt", PLAN))
    page.get_by_role("link", name=re.compile("去审核")).first.click()
    page.wait_for_url(re.compile(r"/plan/documents/"))

    adopt = page.get_by_role("button", name=re.compile("定稿"))
    expect(page.locator("#review")).to_contain_text("审完才能定稿")
    judge_by_keyboard(page)
    adopt.click()
    page.wait_for_url(re.compile(r"/plan/\?year=\d+&document="))
    page.get_by_label("行动", exact=True).select_option(label="16 夏粮收储攻坚")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("link", name="夏粮收储攻坚")).to_be_visible()


def judge_by_keyboard(page):
    """X rejects with a reason, E changes, A takes; each goes on to the next."""
    while page.get_by_text("审完才能定稿").count():
        open_one = page.locator(".cand-on")
        title = open_one.locator("h2").inner_text()
        seq = open_one.get_attribute("id")
        if title.startswith("年度目标"):
            page.keyboard.press("x")
            page.locator("#why_rejected").fill("这是目标句，不另立任务")
            page.keyboard.press("Enter")
        elif title.startswith("粮食烘干中心"):
            page.keyboard.press("e")
            page.locator("#f-metric").fill("新建粮食烘干中心")
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("a")
        done = f"#{seq}.done, #{seq} .g-tag-g, button:not([aria-disabled=true]):has-text('定稿')"
        page.locator(done).first.wait_for()
        until(lambda seq=seq: page.locator(".cand-on").get_attribute("id") != seq or settled(page))


def settled(page):
    return page.get_by_text("审完才能定稿").count() == 0


def report_the_starts(visit):
    """The figure is counted from the projects; as it will be red, words and proof are asked."""
    page = visit("dev-reform.fill").page
    page.get_by_role("link", name=re.compile("填报：新开工项目")).click()
    expect(page.locator("input[name=value]")).to_have_value("18")
    expect(page.locator("input[name=value]")).not_to_be_editable()
    said = "6 月底应完成 30 个，实际 18 个，落后 20.0 个百分点"
    expect(page.locator("#say")).to_contain_text(said)
    page.get_by_role("button", name=re.compile("下一步")).click()
    page.wait_for_url(re.compile("step=2"))
    page.get_by_label("进展").fill("4个项目已开工待核，两个项目桩基施工")
    page.get_by_label("存在问题").fill("两个项目施工许可未下")
    page.get_by_label("下步打算").fill("7月上旬集中办理")
    page.get_by_label("文号").fill("诸发改投〔2020〕示例61号")
    page.get_by_label("名称").fill("6月新开工项目清单（示例）")
    page.get_by_label("文件").set_input_files(file_of("清单.txt", "示例清单"))
    page.get_by_role("button", name="加上这份佐证").click()
    expect(page.locator("#evidence")).to_contain_text("6月新开工项目清单（示例）")
    page.get_by_role("button", name=re.compile("下一步")).click()
    page.wait_for_url(re.compile("step=3"))
    page.get_by_role("button", name=re.compile("报送")).dblclick()
    page.wait_for_url(re.compile("/check/"))
    return page.url.split("/")[-3]


def check_and_accept(visit, uid):
    """Three more accounts, each at its own desk; the file comes as an attachment."""
    for username, verb in (
        ("dev-reform.check", "审核通过"),
        ("invest.lead", "核对通过"),
        ("office.review", "采信"),
    ):
        page = visit(username).page
        page.get_by_role("link", name=re.compile("新开工项目")).first.click()
        page.wait_for_url(re.compile(f"{uid}/check/"))
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("6月新开工项目清单")).click()
        assert download.value.suggested_filename == "6月新开工项目清单（示例）.txt"
        page.get_by_role("button", name=re.compile(f"^{verb}")).click()
        expect(page.locator("#state .g-saved, #state [role=status]").first).to_be_visible()


def see_the_light(office):
    page = office.go("/board/")
    row = page.get_by_role("row").filter(has_text="新开工项目").first
    expect(row).to_contain_text("红")
    expect(row).to_contain_text("6 月底应完成 30 个，实际 18 个")
    signed = page.get_by_role("row").filter(has_text="新签约项目").first
    expect(signed).to_contain_text("6 月底应完成 75 个，实际 58 个，落后 11.3 个百分点")


def write_bulletin(office):
    """Pressed twice, written once; gives the page of the bulletin."""
    page = office.go("/bulletins/")
    page.get_by_label("报告期").select_option("2020-06")
    page.get_by_role("button", name="写进展情况通报").dblclick()
    page.wait_for_url(re.compile(r"/bulletins/[0-9a-f-]{36}/"))
    return page


def tell_before_the_freeze(office):
    page = write_bulletin(office)
    expect(page.locator("article")).to_contain_text("代拟稿")
    expect(page.locator("article")).to_contain_text("实时数据")
    figure = page.locator("article p").filter(has_text="新开工项目").get_by_role("link", name="18")
    figure.first.click()
    lineage = page.locator("#lineage")
    expect(lineage).to_contain_text("V3")
    expect(lineage).to_contain_text("诸发改投〔2020〕示例61号")
    lineage.get_by_role("link", name="看这份进度").click()
    page.wait_for_url(re.compile("/check/"))
    page.goto(page.url.split("/progress")[0] + "/bulletins/")
    assert page.get_by_role("row").filter(has_text="2020-06").count() == 1


def pass_the_freeze(office):
    """The office moves the demo's clock; the worker freezes the period by itself."""
    page = office.go("/clock/")
    page.get_by_role("button", name=re.compile("过 6 月期冻结")).first.click()
    page.wait_for_load_state()

    def frozen():
        page.goto(page.url)
        return "S-2020-06" in page.locator("header").first.inner_text()

    until(frozen)


def correct_after_it(visit, uid):
    """After the freeze there is no other way than a correction, with its reason."""
    page = visit("dev-reform.fill").go(f"/progress/reports/{uid}/check/")
    page.get_by_text("更正").first.click()
    page.get_by_label(re.compile("理由")).fill("漏计1个已开工项目")
    page.get_by_role("button", name=re.compile("更正")).last.click()
    page.wait_for_url(lambda address: uid not in address)


def tell_after_it(office, site, tmp_path):
    page = write_bulletin(office)
    expect(page.locator("article")).to_contain_text("S-2020-06")
    expect(page.locator("article")).not_to_contain_text("代拟稿")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("导出 Word")).click()
    word = tmp_path / "bulletin.docx"
    download.value.save_as(word)
    assert "S-2020-06" in words_of(word)

    out, facts = tmp_path / "command.docx", tmp_path / "facts.json"
    site.command("bulletin", "--period", "2020-06", "--out", str(out), "--facts", str(facts))
    figures = json.loads(facts.read_text())
    starts = next(f for f in figures if f["target"] == "新开工项目" and f["figure"] == "18")
    assert (starts["unit"], starts["period"], starts["level"]) == ("个", "2020-06", "V3")
    assert starts["evidence"][0].startswith("诸发改投〔2020〕示例61号")


def words_of(path):
    with zipfile.ZipFile(path) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
