"""An official document with one of everything."""

from gongjian.documents.official import (
    AttachmentHeading,
    Cell,
    Column,
    Heading,
    Landscape,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    TableBlock,
)

COLUMNS = (
    Column("序号", 1),
    Column("行动", 2),
    Column("指标", 4, "left"),
    Column("目标", 2, "right"),
)
TABLE = TableBlock(
    COLUMNS,
    (
        ("1", Cell("双招双引", row_span=2), "新签约项目", Cell((Run("150", figure="7/2020-06"),))),
        ("2", "新立项项目", "100"),
        ("3", Cell("合计", column_span=2, align="center"), "250"),
    ),
    caption="目标进展",
    unit="单位：个",
    note="注：示例。",
)
BULLETIN = OfficialDocument(
    title="关于1—6月份重点工作攻坚\n进展情况的通报",
    issuer_mark="诸城市重点工作攻坚办公室文件",
    doc_no="诸攻坚办发〔2020〕6号",
    draft_mark="代拟稿",
    addressee="各镇街、市直各部门",
    blocks=(
        Heading("一、总体情况"),
        Paragraph((Run("实际"), Run("58", bold=True, figure="7/2020-06"), Run("个。"))),
        Heading("（一）双招双引", 2),
        TABLE,
        Heading("1.项目", 3),
        Heading("（1）开工", 4),
        Landscape((AttachmentHeading("附件1", "目标任务进展表"), TABLE)),
        AttachmentHeading("附件2", "红黄灯清单"),
        Paragraph("红灯两项。", indent=False),
    ),
    attachments=("目标任务进展表", "红黄灯清单"),
    signature=Signature("诸城市重点工作攻坚办公室", "2020年7月2日"),
    notes="此件公开发布",
    copy_to="市委办公室、市政府办公室",
    print_line=("诸城市重点工作攻坚办公室", "2020年7月2日印发"),
)
LINES = """\
代拟稿
诸城市重点工作攻坚办公室文件
诸攻坚办发〔2020〕6号
关于1—6月份重点工作攻坚
进展情况的通报
各镇街、市直各部门：
一、总体情况
实际58个。
（一）双招双引
目标进展
单位：个
序号\t行动\t指标\t目标
1\t双招双引\t新签约项目\t150
2\t\t新立项项目\t100
3\t合计\t\t250
注：示例。
1.项目
（1）开工
附件：1. 目标任务进展表
2. 红黄灯清单
诸城市重点工作攻坚办公室
2020年7月2日
（此件公开发布）
附件1
目标任务进展表
目标进展
单位：个
序号\t行动\t指标\t目标
1\t双招双引\t新签约项目\t150
2\t\t新立项项目\t100
3\t合计\t\t250
注：示例。
附件2
红黄灯清单
红灯两项。
抄送：市委办公室、市政府办公室。
诸城市重点工作攻坚办公室 2020年7月2日印发
""".splitlines()
