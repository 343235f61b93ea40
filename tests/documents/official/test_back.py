import pytest

from gongjian.documents.official import Signature
from gongjian.documents.official.back import indents, width


@pytest.mark.parametrize(
    ("issuer", "date", "expected"),
    [
        # 2020年7月2日 is 6 characters wide: 6 half-width digits and three Chinese letters.
        ("市政府", "2020年7月2日", (5.5, 4)),
        ("市攻坚办公室", "2020年7月2日", (4, 4)),
        ("诸城市攻坚办公室领", "2020年7月2日", (2.5, 4)),
        ("诸城市重点工作攻坚办公室", "2020年7月2日", (2, 5)),
    ],
)
def test_issuer_is_centred_over_the_date(issuer, date, expected):
    assert indents(Signature(issuer, date)) == expected


def test_width_counts_half_for_latin():
    assert width("1—6月，GDP“增长”") == 0.5 + 1 + 0.5 + 1 + 1 + 1.5 + 4
