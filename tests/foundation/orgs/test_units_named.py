"""Which units the words of a plan mean."""

import pytest

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import units_named

TOWNS = ("示例镇人民政府", "样本街道办事处", "某开发区管理委员会")
KNOWN = [
    *(Unit(code=name, name=name, short_name=name[:2], kind=Unit.Kind.TOWNSHIP) for name in TOWNS),
    Unit(code="fg", name="市发改局", short_name="市发改局", kind=Unit.Kind.DEPARTMENT),
]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("各镇街", TOWNS[:2]),
        ("各镇（街道）", TOWNS[:2]),
        ("各乡镇、街道", TOWNS[:2]),
        ("各街道", TOWNS[1:2]),
        ("各乡镇", TOWNS[:1]),
        ("各镇街园区", TOWNS),
        ("各镇街及开发区", TOWNS),
        ("市发改局", ("市发改局",)),
        ("各", ()),
        ("各有关镇街", ()),
        ("各部门", ()),
        ("镇街", ()),
        ("火星局", ()),
    ],
)
def test_units_named(words, meant):
    assert [unit.name for unit in units_named(words, among=KNOWN)] == list(meant)
