"""Characters that only look right in a PDF, folded to those that are meant."""

import unicodedata

# Fonts that lost their names give radicals for characters: ⼯ (U+2F2F) for 工. Unicode folds the
# Kangxi ones; of the supplement it folds two, so the whole characters among the others stand here.
SUPPLEMENT = str.maketrans(
    "⺟⺠⺝⺜⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⺩⺬⺶",
    "母民月日虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟王示羊",
)
FOLDED = (
    (0x2E80, 0x2FDF),  # radicals
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFB00, 0xFB06),  # ligatures: ﬁ
    (0x2F800, 0x2FA1F),  # compatibility ideographs, supplement
)
UNMAPPED = "\N{REPLACEMENT CHARACTER}"


def fold(code: int) -> str:
    """The character or characters to read for a code point; '' for one that shows nothing.

    Missing: half a surrogate pair, and a code no font explains, is U+FFFD.
    """
    if code in {0x3000, 0xA0} or 0x2000 <= code <= 0x200A:
        return " "
    if code == 2 or code == 0xAD:  # 2: a hyphen that a line break put there
        return "-"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return UNMAPPED if code == 0 else ""
    if any(first <= code <= last for first, last in FOLDED):
        return unicodedata.normalize("NFKC", chr(code)).translate(SUPPLEMENT)
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return UNMAPPED
    if 0xF000 <= code <= 0xF0FF:  # the pictures of symbol fonts: bullets, ticks
        return ""
    return "" if unicodedata.category(chr(code)) == "Cf" else chr(code)
