"""The text in one spelling, character for character, so that offsets stay those of the document.

Traditional characters become simplified ones, full-width signs half-width digits and letters,
ASCII punctuation its Chinese form (a comma between thousands stays), tags of stray HTML blanks,
years written in characters (二〇三五年) digits.
"""

import re

TRADITIONAL = (
    "億萬畝頃噸個點幣臺時戶場處條項歐實現達長產業區縣鎮鄉開設導輔變關務員單價則額貿進動會經濟"
    "總類聯環營運轉雙貧農園層級廠質優護圖體積極標權數備負責機構團專題創發減縮壓觀態勢輸網絡電"
    "氣熱訂訊資訓練辦舉報應當將與為來約據內從後無義劃階續計論證書紀錄線廣館樓橋鐵軌車輛頭隻雞"
    "豬樹種穀糧麥織綠紅黃藍順測試驗檢監視頻號碼頁記歷屆帶領際間陽陰陸險難興獎勵補貼稅費貨"
)
SIMPLIFIED = (
    "亿万亩顷吨个点币台时户场处条项欧实现达长产业区县镇乡开设导辅变关务员单价则额贸进动会经济"
    "总类联环营运转双贫农园层级厂质优护图体积极标权数备负责机构团专题创发减缩压观态势输网络电"
    "气热订讯资训练办举报应当将与为来约据内从后无义划阶续计论证书纪录线广馆楼桥铁轨车辆头只鸡"
    "猪树种谷粮麦织绿红黄蓝顺测试验检监视频号码页记历届带领际间阳阴陆险难兴奖励补贴税费货"
)
WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
PUNCTUATION = str.maketrans(":;()!?—–〜∶", "：；（）！？——~：")
# every blank but the tab and the line feed, which part cells and lines
BLANKS = "\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
FOLD: dict[int, int | str] = {
    **str.maketrans(TRADITIONAL, SIMPLIFIED),
    **WIDTH,
    **dict.fromkeys(map(ord, BLANKS), " "),
}
ONE_SPELLING = PUNCTUATION | {
    code: PUNCTUATION.get(plain, plain) if isinstance(plain, int) else plain
    for code, plain in FOLD.items()
}
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|&[a-z]{2,8};")
CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]{3}")
HANZI_YEAR = re.compile(r"(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2}(?=年)")
HANZI_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CLAUSE_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


def normalise(text: str) -> str:
    """The same number of characters, one spelling.

    Shapes: a text in, a text of the same length out. Units: none. Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-2.

    >>> normalise("達１,５００億元(5%)")
    '达1,500亿元（5%）'
    """
    plain = TAG.sub(lambda tag: " " * len(tag[0]), text) if "<" in text or "&" in text else text
    folded = CLAUSE_COMMA.sub("，", plain.translate(ONE_SPELLING))
    return HANZI_YEAR.sub(lambda year: year[0].translate(HANZI_DIGITS), folded)


def latin(text: str) -> bool:
    """Is a line written in a Latin script, so that the English rules read it?"""
    return len(text) > 3 and CHINESE.search(text) is None and LETTERS.search(text) is not None
