import pytest

from gongjian.documents.word_file.numbering import written


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (21, "chineseCounting", "二十一"),
        (105, "chineseCounting", "一〇五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (4, "decimalEnclosedParen", "⑷"),
        (4, "decimalEnclosedFullstop", "⒋"),
        (12, "decimalFullWidth", "１２"),
        (23, "chineseLegalSimplified", "贰拾叁"),
        (781, "upperLetter", "781"),
        (2, "ideographTraditional", "乙"),
        (12, "ideographZodiac", "亥"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (5, "decimalZero", "05"),
        (5, "somethingNew", "5"),
    ],
)
def test_number_is_written_in_its_form(number, form, text):
    assert written(number, form) == text
