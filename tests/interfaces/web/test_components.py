"""The components: markup that is right for everybody, and nothing the policy would block."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import path

from gongjian.interfaces.request import open_to_all
from gongjian.interfaces.web.design.views import design_page
from gongjian.lib.refusals import Conflict, Refused

# Text outside of tags, somewhere in a piece of markup.
WORDS = re.compile(r"(?:^|>)[^<]*\w")


@open_to_all("stands for pages of other rooms")
def elsewhere(_request):
    raise AssertionError("only its address is asked for")


urlpatterns = [
    path("design/", design_page),
    *(path(f"{name}/", elsewhere, name=name) for name in ("rules", "keys", "complaint", "logout")),
]


def compiled(text, tmp_path, settings, **context):
    """A component is compiled when its template is loaded, so the text has to be a file."""
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    where = settings.TEMPLATES[0]
    settings.TEMPLATES = [where | {"DIRS": [*where["DIRS"], tmp_path]}]
    return get_template("page.html").render(context)


@pytest.fixture
def page(db, settings, client):  # noqa: ARG001 - the frame asks whether there is a demo
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = True
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "axes" not in name]
    return client.get("/design/")


def test_design_page_shows_every_component(page):
    design = Path(get_template("design/design_page.html").origin.name)
    source = design.read_text(encoding="utf-8")
    components = {file.stem for file in (design.parents[1] / "cotton").glob("*.html")}

    used = {name.replace("-", "_") for name in re.findall(r"<c-([\w-]+)", source)}

    assert page.status_code == 200
    assert components == used - {"slot"}


def test_design_page_is_there_only_while_debugging(db, settings, client):  # noqa: ARG001
    settings.ROOT_URLCONF = __name__

    assert client.get("/design/").status_code == 404


def test_no_page_carries_inline_style_or_script(page):
    html = page.content.decode()

    assert re.findall(r"\sstyle=|\son\w+=|<style|javascript:", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []


def test_no_element_has_the_name_of_another(page):
    names = re.findall(r'\sid="([^"]+)"', page.content.decode())

    assert sorted(names) == sorted(set(names))


def test_every_button_of_a_form_and_every_link_has_a_word(page):
    html = re.sub(r"<svg.*?</svg>", "", page.content.decode(), flags=re.DOTALL)

    pieces = re.findall(r"(<(?:a|button)\b[^>]*>)(.*?)</(?:a|button)>", html, re.DOTALL)
    bare = [tag for tag, inner in pieces if not WORDS.search(inner) and "aria-label" not in tag]

    assert bare == []


def test_components_escape_what_they_are_given_once(tmp_path, settings):
    html = compiled('<c-page-head title="{{ name }}" />', tmp_path, settings, name="<b>&</b>")

    assert "<h1>&lt;b&gt;&amp;&lt;/b&gt;</h1>" in html


def test_refused_says_the_sentence_and_keeps_the_code(tmp_path, settings):
    html = compiled(
        '<c-refused :refused="no"><p>下一步</p></c-refused>',
        tmp_path,
        settings,
        no=Refused("report.own", "不能审自己的数"),
    )

    assert 'role="alert"' in html
    assert 'data-code="report.own"' in html
    assert "不能审自己的数" in html
    assert "<p>下一步</p>" in html


def test_conflict_shows_both_values(tmp_path, settings):
    conflict = Conflict("stale", "别人刚改过", mine={"时限": "06-30"}, theirs={"时限": "07-31"})

    html = compiled('<c-conflict :conflict="no" />', tmp_path, settings, no=conflict)

    assert re.findall(r"<td>([^<]*)</td>", html) == ["07-31", "06-30"]


def test_steps_mark_the_current_one(tmp_path, settings):
    html = compiled(
        """<c-steps :steps="['报数', '说明', '核对']" :current="2" />""", tmp_path, settings
    )

    assert re.findall(r'<li( class="done"| aria-current="step")?>', html) == [
        ' class="done"',
        ' aria-current="step"',
        "",
    ]


def test_errors_lead_to_their_fields(tmp_path, settings):
    html = compiled("""<c-errors :errors="[('value', '要填数字')]" />""", tmp_path, settings)

    assert '<a href="#value">要填数字</a>' in html
    assert compiled('<c-errors :errors="[]" />', tmp_path, settings).strip() == ""


@pytest.mark.parametrize(("htmx", "frame"), [("true", False), ("", True)])
def test_a_refusal_is_a_page_or_the_piece_a_swap_asked_for(db, settings, htmx, frame):  # noqa: ARG001
    settings.ROOT_URLCONF = __name__
    request = RequestFactory().get("/", headers={"HX-Request": htmx} if htmx else {})
    request.htmx, request.user = bool(htmx), None

    html = get_template("errors/refused.html").render(
        {"refused": Refused("a.b", "这期已经冻结")}, request
    )

    assert "这期已经冻结" in html
    assert ("<html" in html) == frame
