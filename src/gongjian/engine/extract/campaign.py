"""What the plan as a whole is called: 重点工作攻坚年, or its title without its place and kind."""

import re

from gongjian.engine.extract.findings import FoundCampaign, Reason
from gongjian.engine.extract.lines import Line
from gongjian.engine.extract.survey import Survey
from gongjian.engine.extract.words import either

YEARS = either(
    "攻坚年 突破年 提升年 落实年 建设年 深化年 服务年 创新年 转型年 突击年 会战年 奋进年 "
    "跃升年 活动年 行动年"
)
QUOTED = re.compile(rf"“(?P<name>[^“”\n]{{2,20}}(?P<word>{YEARS}))”")
SAID = re.compile(
    rf"(?:开展|确定为|定为|作为|实施|启动|打响|深化|\d年)(?:全[市县区省]|“)?"
    rf"(?P<name>[一-鿿、]{{2,18}}?(?P<word>{YEARS}))"
)
TITLE = re.compile(
    r"(?:[一-鿿]{2,20}?(?:省|市|县|区|镇|乡|街道|自治区|盟|旗)(?:人民政府|委员会|党委)?)?"
    r"(?:办公室)?(?:关于)?(?:印发|下达|做好|开展)?《?(?:(?:19|20)\d\d年?(?:[—-](?:19|20)?\d\d年)?度?)?"
    r"(?:全[市县区省])?(?P<name>[一-鿿“”、（）]{3,40}?)"
    r"(?:实施|工作|行动|推进|落实)?(?P<word>方案|计划|意见|要点|安排|清单|规划|部署)》?"
    r"(?:的(?:通知|意见))?(?:（[^（）]{1,12}）)?"
)
LONGEST_TITLE = 70
HEAD = 6  # lines: a title stands no lower


def campaign_of(survey: Survey) -> FoundCampaign | None:
    """The campaign of a plan.

    Shapes: one, or none. Units: years. Missing: None where the text names none; the years are
    those of its title. Errors: none. Source: docs/rules/reading.md, R-12.
    """
    view = survey.view
    said = QUOTED.search(view) or SAID.search(view)
    if said:
        return _found(survey, said.span("name"), "campaign.named", said["word"], 0.9)
    for place in survey.places[:HEAD]:
        title = _title(view, place.line)
        if title:
            return _found(survey, title.span("name"), "campaign.title", title["word"], 0.7)
    return None


def _title(view: str, line: Line) -> re.Match[str] | None:
    if line.cells or line.end - line.start > LONGEST_TITLE:
        return None
    return TITLE.fullmatch(view, line.start, line.end)


def _found(
    survey: Survey, span: tuple[int, int], code: str, word: str, sure: float
) -> FoundCampaign:
    name, frame = survey.text[slice(*span)], survey.frame
    return FoundCampaign(
        name, *span, sure, Reason(code, (("word", word),)), (),
        name=name, first_year=frame.first, last_year=frame.last,
    )  # fmt: skip
