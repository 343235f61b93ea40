"""One English word for one Chinese term: every table's docstring ends with its term."""

import re

import pytest
from django.apps import apps

from house.source import HAN, ROOT

ROW = re.compile(r"^\| ([^|]+) \| `([^`|]+)`[^|]* \|", re.MULTILINE)
MODELS = [
    model for model in apps.get_app_config("gongjian").get_models() if not model._meta.auto_created
]


def glossary():
    """Identifier → Chinese term."""
    rows = ROW.findall((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))
    return {identifier: term.strip() for term, identifier in rows}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_docstring_of_a_model_ends_with_its_term(model):
    term = (model.__doc__ or "").split()[-1].rstrip("。.")

    assert HAN.match(term), f"{model.__name__}: {model.__doc__}"
    assert glossary().get(model.__name__) == term


def test_glossary_has_one_term_an_identifier_and_one_identifier_a_term():
    rows = ROW.findall((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))

    terms, identifiers = [term for term, _ in rows], [name for _, name in rows]

    assert len(rows) > 20
    assert [t for t in terms if terms.count(t) > 1] == []
    assert [i for i in identifiers if identifiers.count(i) > 1] == []
