import json
from pathlib import Path

import pytest

from gongjian.documents import Limits, Unreadable, read_document
from gongjian.lib.pages import Cell, Table

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "extraction_dev.jsonl"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def lines(content: bytes) -> list[str]:
    return read_document("a.html", content).text.splitlines()


ARTICLE = "<p>　　" + "年内新签约项目150个以上，新立项项目100个以上。" * 12 + "</p>"
ARTICLE_LINE = "年内新签约项目150个以上，新立项项目100个以上。" * 12


def test_headings_and_paragraphs_keep_their_order_and_level():
    body = (
        "<h1>攻坚年</h1><div>来源：日报<br>作者：某</div><h2>一、目标</h2><p>新签约<b>150</b>个</p>"
    )

    document = read_document("a.html", page(body))

    assert [(b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        (1, "攻坚年"),
        (0, "来源：日报"),
        (0, "作者：某"),
        (2, "一、目标"),
        (0, "新签约150个"),
    ]
    assert document.title == "攻坚年"


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href='/'>首页</a></nav>",
        "<div class='top-nav'>网站导航</div>",
        "<div id='siteFooter'>版权所有</div>",
        "<footer>版权所有</footer>",
        "<header><a href='/'>某某新闻网</a></header>",
        "<aside>广告</aside>",
        "<div role='navigation'>栏目</div>",
        "<div style='display: none'>看不见</div>",
        "<div>" + "".join(f"<a href='/{n}'>栏目{n}</a> | " for n in range(6)) + "</div>",
        "<ul>" + "".join(f"<li><a href='/{n}'>别的新闻{n}</a></li>" for n in range(4)) + "</ul>",
        "<script>var a = '文字'</script><style>p {}</style><noscript>请启用脚本</noscript>",
    ],
)
def test_furniture_is_left_out(furniture):
    assert lines(page(furniture + ARTICLE)) == [ARTICLE_LINE]
    assert lines(page(ARTICLE + furniture)) == [ARTICLE_LINE]


@pytest.mark.parametrize(
    "related",
    [
        "<h3>推荐阅读</h3><ul><li>小清河复航确保6月30日通航</li></ul>",
        "<div class='hd'><span>相关新闻</span><a href='/m'>更多</a></div><p>投资3亿元</p>",
        "<div><div><b>热门推荐</b></div><div>完成投资3亿元</div></div>",
        "<p>推荐阅读</p><p>• 小清河复航</p><p>3月16日下午，确保6月30[详细]</p>",
    ],
)
def test_recommended_reading_is_left_out(related):
    document = read_document("a.html", page(ARTICLE + related))

    assert document.text == ARTICLE_LINE + "\n"
    assert document.left_out == ("related",)


def test_control_characters_beside_furniture_do_no_harm():
    assert lines(page("甲<nav>首页</nav>\x01乙&#2;" + ARTICLE)) == [
        "甲",
        "\x01乙\x02",
        ARTICLE_LINE,
    ]


def test_article_stays_whatever_its_container_is_called():
    body = f"<form><div class='comment sidebar'>{ARTICLE}</div></form>"

    assert lines(page(body)) == [ARTICLE_LINE]


def test_annexes_and_contents_are_no_navigation():
    annexes = (
        "<div>附件："
        + "".join(f"<a href='/{n}.doc'>{n}.任务分解表</a>" for n in range(4))
        + "</div>"
    )
    contents = "<ul>" + "".join(f"<li><a href='#s{n}'>第{n}章</a></li>" for n in range(4)) + "</ul>"

    assert lines(page(ARTICLE + annexes + contents))[1:] == [
        "附件：0.任务分解表1.任务分解表2.任务分解表3.任务分解表",
        "第0章",
        "第1章",
        "第2章",
        "第3章",
    ]


def test_space_is_what_a_browser_shows():
    indented = "<p>\n　　&nbsp;&nbsp;推进\n      重点　工作&nbsp;&nbsp;<b> 150 </b> 个\u200b </p>"
    body = indented + "<pre>一\n二</pre>"

    assert lines(page(body)) == ["推进重点　工作 150 个", "一", "二"]


def test_table_keeps_merged_cells():
    table = (
        "<table><caption>任务表</caption>"
        "<thead><tr><th rowspan=2>序号</th><th colspan=2>目标</th></tr></thead>"
        "<tbody><tr><td>签约<br>项目</td><td><p>150</p><p>个</p></td></tr>"
        "<tr><td>2</td></tr></tbody></table>"
    )

    document = read_document("a.html", page(table))

    assert document.text == "任务表\n序号\t目标\n\t签约 项目\t150 个\n2\n"
    assert document.blocks[1] == Table(
        4,
        24,
        (
            Cell(4, 6, 0, 0, 2, 1),
            Cell(7, 9, 0, 1, 1, 2),
            Cell(11, 16, 1, 1),
            Cell(17, 22, 1, 2),
            Cell(23, 24, 2, 0),
        ),
    )


def test_table_that_lays_out_a_page_is_read_as_its_paragraphs():
    values = "<table><tr><td>签约</td><td>150</td></tr></table>"
    outer = f"<table><tr><td>左</td><td>{ARTICLE}{values}</td></tr></table>"

    assert lines(page(outer)) == ["左", ARTICLE_LINE, "签约\t150"]


def test_grid_of_millions_is_refused():
    row = "<tr><td colspan=900>甲</td><td>乙</td></tr>"

    with pytest.raises(Unreadable) as no:
        read_document("a.html", page(f"<table>{row * 1000}</table>"), limits=Limits(cells=10_000))

    assert no.value.params == {"measure": "cells", "limit": 10_000}


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8", "iso-8859-1"])
def test_declared_encoding_is_a_hint_only(charset):
    content = page("<p>诸城市</p>", f"<meta charset={charset}>").decode()

    assert lines(content.encode("gb18030")) == ["诸城市"]
    assert lines(content.encode()) == ["诸城市"]


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not here")
def test_interview_of_the_corpus_is_whole_without_its_neighbours():
    records = map(json.loads, CORPUS.read_text().splitlines())
    text = next(record["text"] for record in records if record["text_origin"] == "seed")
    article, _, related = text.partition("推荐阅读")
    own = [line.strip() for line in article.splitlines() if line.strip()]
    others = [line.strip() for line in related.splitlines() if line.strip()]
    paragraphs = "".join(f"<p>{line}</p>" for line in own[1:])
    teasers = "".join(f"<li>{line}</li>" for line in others)

    document = read_document(
        "a.html",
        page(
            f"<div><h1>{own[0]}</h1>{paragraphs}</div><div><h3>推荐阅读</h3><ul>{teasers}</ul></div>"
        ),
    )

    assert document.text.splitlines() == own


def test_related_reading_twice_leaves_nothing_behind():
    related = "<div><h3>推荐阅读</h3><div><h3>相关新闻</h3><p>别处投资3亿元</p></div></div>"

    assert lines(page(ARTICLE + related + related)) == [ARTICLE_LINE]


GOVERNMENT_PAGE = Path(__file__).with_name("government_page.html").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_page_of_a_government_site_is_its_document(encoding):
    document = read_document("t20200320.html", GOVERNMENT_PAGE.encode(encoding))

    assert document.title == "关于印发重点工作攻坚方案的通知"
    assert document.left_out == ("navigation", "related", "images")
    assert document.text.splitlines() == [
        "索引号：\t00432/2020-00123\t分类：\t综合政务",
        "发文机关：\t市政府办公室\t成文日期：\t2020-03-15",
        "文号：\t某政办发〔2020〕5号",
        "关于印发重点工作攻坚方案的通知",
        "发布日期：2020-03-20 来源：市政府办公室 浏览次数： 字号：[大 中 小]",
        "各县区人民政府，市政府各部门：",
        "现将《方案》印发给你们，请认真贯彻执行。",
        "一、工作目标",
        "（一）年内新签约项目150个以上，到位资金140亿元。",
        "序号\t任务\t目标",
        "\t\t数量\t时限",
        "1\t签约\t150个\t12月底前",
        "2\t立项\t100个",
        "某某市人民政府办公室",
        "2020年3月15日",
        "（此件公开发布）",
        "附件：1.任务分解表.doc",
    ]


def test_heading_that_a_plan_may_use_itself_is_no_recommended_reading():
    body = f"{ARTICLE}<h2>政策解读</h2><p>组织宣讲30场。</p><h2>相关文件</h2>"
    links = "".join(f"<li><a href='/{n}'>关于印发别的方案的通知{n}</a></li>" for n in range(3))

    assert lines(page(f"{body}<ul>{links}</ul>")) == [ARTICLE_LINE, "政策解读", "组织宣讲30场。"]
