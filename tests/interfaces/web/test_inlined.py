"""Fixed words of templates are put in when they are read; all else stays a tag."""

import pytest
from django.template import engines
from django.utils.translation import override

from gongjian.interfaces.web.inlined import inlined
from gongjian.interfaces.web.tags import icon


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ('<p>{% translate "待办" %}</p>', "<p>待办</p>"),
        ("<p title=\"{% translate '完成 90%' %}\">", '<p title="完成 90%">'),
        ('{% translate "绿" context "light" %}', "绿"),
        ("{% url 'plan' %}", "/plan/"),
        ('{% icon "find" %}', str(icon("find"))),
    ],
)
def test_what_is_the_same_on_every_page_is_written_into_the_template(source, written):
    assert inlined(source) == written


@pytest.mark.parametrize(
    "source",
    [
        "{% translate label %}",
        '{% translate "待办" as waiting %}',
        "{% url 'target' row.uid %}",
        "{% url 'target' %}",  # takes a key: an error where it is drawn, as it ever was
        "{% url 'built_next_year' as later %}",
        "{% icon tab.icon %}",
        '{% icon "find" "g-big" %}',
    ],
)
def test_what_takes_a_value_of_the_page_stays_a_tag(source):
    assert inlined(source) == source


def test_each_language_has_a_template_of_its_own():
    loader = engines["django"].engine.template_loaders[0].loaders[0]

    with override("en"):
        english = loader.get_template("parts/foot.html")

    assert english is not loader.get_template("parts/foot.html")
    assert loader.get_template("parts/foot.html") is loader.get_template("parts/foot.html")
