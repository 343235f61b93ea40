from documents.official.samples import BULLETIN
from gongjian.documents import read_document
from gongjian.documents.official import OfficialDocument, Paragraph, Run, write_html


def test_web_page_reads_the_same_as_the_document():
    document = read_document("通报.html", write_html(BULLETIN))

    assert document.text.splitlines() == [
        "代拟稿",
        "诸城市重点工作攻坚办公室文件",
        "诸攻坚办发〔2020〕6号",
        "关于1—6月份重点工作攻坚进展情况的通报",
        "各镇街、市直各部门：",
        "一、总体情况",
        "实际58个。",
        "（一）双招双引",
        "单位：个",
        "目标进展",
        "序号\t行动\t指标\t目标",
        "1\t双招双引\t新签约项目\t150",
        "2\t\t新立项项目\t100",
        "3\t合计\t\t250",
        "注：示例。",
        "1.项目",
        "（1）开工",
        "附件1：目标任务进展表",
        "附件2：红黄灯清单",
        "诸城市重点工作攻坚办公室",
        "2020年7月2日",
        "（此件公开发布）",
        "附件1",
        "目标任务进展表",
        "单位：个",
        "目标进展",
        "序号\t行动\t指标\t目标",
        "1\t双招双引\t新签约项目\t150",
        "2\t\t新立项项目\t100",
        "3\t合计\t\t250",
        "注：示例。",
        "附件2",
        "红黄灯清单",
        "红灯两项。",
        "抄送：市委办公室、市政府办公室。",
        "诸城市重点工作攻坚办公室　2020年7月2日印发",
    ]
    assert (document.title, document.left_out) == ("关于1—6月份重点工作攻坚进展情况的通报", ())


def test_text_never_becomes_markup():
    page = OfficialDocument("<script>题", (Paragraph((Run("<b>&'\"", figure='"><i>'),)),))

    html = write_html(page).decode()

    assert "<h1>&lt;script&gt;题</h1>" in html
    assert '<p><data value="fig____i_">&lt;b&gt;&amp;&#x27;&quot;</data></p>' in html
