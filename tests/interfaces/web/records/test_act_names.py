import ast

import pytest

from gongjian.flow.plan.models import ReviewStep
from gongjian.interfaces.web.records.act_names import ACTS, act_label
from house.source import called_name, files, tree_of


def noted():
    """Every act the use-cases note: the texts that may be the first argument of note(…)."""
    for path in files("flow", "foundation"):
        for node in ast.walk(tree_of(path)):
            if called_name(node) == "note" and node.args:
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


@pytest.mark.parametrize("act", sorted(set(noted())))
def test_every_act_has_a_name(act):
    if act == "candidate.":  # what a step of the review did follows
        assert {f"{act}{did}" for did in ReviewStep.Act} <= set(ACTS)
    elif act.startswith(".") or act.endswith("."):  # the kind of thing, or the deed, is put to it
        assert any(name.endswith(act) or name.startswith(act) for name in ACTS)
    else:
        assert act in ACTS


def test_an_unknown_act_is_shown_by_its_code():
    assert act_label("new.thing") == "new.thing"
