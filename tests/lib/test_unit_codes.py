import pytest

from gongjian.lib.unit_codes import uscc_fault

RIGHT = ["91350100M000100Y43", "11320000MB151840XJ", "91110000802100433B"]


@pytest.mark.parametrize("code", RIGHT)
def test_codes_of_the_standard_are_right(code):
    assert uscc_fault(code) == ""


@pytest.mark.parametrize("code", RIGHT)
def test_one_wrong_sign_is_found(code):
    for at in range(17):
        other = "2" if code[at] != "2" else "3"
        assert uscc_fault(code[:at] + other + code[at + 1 :]) == "digit"


@pytest.mark.parametrize("code", ["", "9135", "91350100M000100Y4I", "91350100M000100Y433"])
def test_what_is_no_code_is_told_from_a_slip(code):
    assert uscc_fault(code) == "form"
