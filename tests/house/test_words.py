"""Every string on a screen is marked for translation."""

import ast
import re

import pytest

from house.source import HAN, SRC, called_name, docstrings, each, files, tree_of

MARKS = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy", "npgettext", "npgettext_lazy",
}  # fmt: skip
# Words that are compared with and never shown; the line says so.
NOT_SHOWN = "# not shown"
# The demo's county is content, as a user would type it; so is what the page of components shows.
CONTENT = {
    SRC / "interfaces/cli/demo",
    SRC / "interfaces/web/design",
    SRC / "interfaces/web/templates/design",
}


def shown(*under, suffix=".py"):
    return [path for path in files(*under, suffix=suffix) if not CONTENT & set(path.parents)]


MARKED_IN_TEMPLATES = [
    r"\{#.*?#\}",
    r"\{% comment.*?%\}.*?\{% endcomment %\}",
    r"<!--.*?-->",
    r"\{% (blocktranslate|blocktrans)\b.*?%\}.*?\{% end\1 %\}",
    r"\{% (?:translate|trans)\b.*?%\}",
    r"_\((\"[^\"]*\"|'[^']*')\)",
]


@each(shown("interfaces", "flow", "foundation"))
def test_python_marks_what_people_read(path):
    assert unmarked_in_python(path.read_text(encoding="utf-8"), tree_of(path)) == []


def unmarked_in_python(text, tree):
    """Chinese literals that no gettext call holds, by line; f-strings cannot be marked.

    The help_text of a column is for developers: unit and meaning.
    """
    marked = docstrings(tree)
    for node in ast.walk(tree):
        if called_name(node) in MARKS:
            marked |= {part for part in node.args if isinstance(part, ast.Constant)}
        elif called_name(node).endswith(("Field", "ForeignKey")):
            marked |= {word.value for word in node.keywords if word.arg == "help_text"}
    lines = text.splitlines()
    return [
        f"{node.lineno}: {node.value[:30]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and node not in marked
        and NOT_SHOWN not in lines[node.lineno - 1]
    ]


@each(shown("interfaces", suffix=".html"))
def test_templates_mark_what_people_read(path):
    assert unmarked_in_template(path.read_text(encoding="utf-8")) == []


def unmarked_in_template(text):
    for pattern in MARKED_IN_TEMPLATES:
        text = re.sub(pattern, keep_lines, text, flags=re.DOTALL)
    return [
        f"{number}: {line.strip()[:40]}"
        for number, line in enumerate(text.splitlines(), start=1)
        if HAN.search(line)
    ]


def keep_lines(match):
    return "\n" * match[0].count("\n")


@each(files("interfaces", suffix=".js"))
def test_scripts_hold_no_words(path):
    """A script takes its words from data- attributes, which the template has marked."""
    text = re.sub(r"/\*.*?\*/", keep_lines, path.read_text(encoding="utf-8"), flags=re.DOTALL)

    found = [line for line in text.splitlines() if HAN.search(line.partition("//")[0])]

    assert found == []


@pytest.mark.parametrize(
    ("text", "unmarked"),
    [
        ('x = _("已提交")', 0),
        ('"""说明"""', 0),
        ('UNITS = ("个", "户")  # not shown', 0),
        ('x = "已提交"', 1),
        ('x = _(f"已提交{n}")', 1),
        ('f(help="期次")', 1),
    ],
)
def test_unmarked_in_python_sees_bare_words(text, unmarked):
    assert len(unmarked_in_python(text, ast.parse(text))) == unmarked


@pytest.mark.parametrize(
    ("text", "unmarked"),
    [
        ('<p>{% translate "状态" %}</p>', 0),
        ("{% blocktranslate with n=n %}共\n{{ n }} 件{% endblocktranslate %}", 0),
        ("{# 说明 #}<!-- 说明 -->", 0),
        ("""<c-field :label="_('期次')" />""", 0),
        ("<p>状态</p>", 1),
        ('<c-field label="期次" />', 1),
    ],
)
def test_unmarked_in_template_sees_bare_words(text, unmarked):
    assert len(unmarked_in_template(text)) == unmarked
