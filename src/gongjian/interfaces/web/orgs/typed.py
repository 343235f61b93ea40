"""What the forms of units and people send, as plain values; what is malformed is said in words."""

from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Post, Unit
from gongjian.interfaces.web.acts import version_typed
from gongjian.lib.refusals import Refused

SPACES = " \t\u3000"


def words_of(sent: QueryDict, name: str) -> str:
    return sent.get(name, "").strip(SPACES)


def day_of(sent: QueryDict, name: str, label: str) -> date:
    """A day as the browser's field sends it. Refused: day.typed."""
    try:
        return date.fromisoformat(words_of(sent, name))
    except ValueError as wrong:
        raise Refused(
            "day.typed", _("%(label)s没有填，或写得不对。写成 2020-07-02。") % {"label": label}
        ) from wrong


def uid_of(sent: QueryDict, name: str) -> UUID | None:
    """The uid that was chosen; nothing where none was."""
    try:
        return UUID(words_of(sent, name))
    except ValueError:
        return None


def version_of(sent: QueryDict) -> int:
    """The version a form was filled from; a form without one was filled from none."""
    return version_typed(words_of(sent, "version"))


def kind_of(sent: QueryDict) -> Unit.Kind:
    """Refused: unit.kind-typed."""
    try:
        return Unit.Kind(words_of(sent, "kind"))
    except ValueError as wrong:
        raise Refused("unit.kind-typed", _("没有选单位类别。")) from wrong


def level_of(sent: QueryDict) -> Unit.Level:
    """Refused: unit.level-typed."""
    try:
        return Unit.Level(int(words_of(sent, "level")))
    except ValueError as wrong:
        raise Refused("unit.level-typed", _("没有选层级。")) from wrong


def post_kind_of(sent: QueryDict) -> Post.Kind:
    """Refused: post.kind-typed."""
    try:
        return Post.Kind(words_of(sent, "kind"))
    except ValueError as wrong:
        raise Refused("post.kind-typed", _("没有选岗位类别。")) from wrong
