"""What changes a list: on a day, by a paper, for a reason."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import Project, ProjectList
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.lib.refusals import Refused

LONGEST_NAME = 60


def check_can_keep_lists(by: User) -> None:
    """The office keeps the lists that others approve."""
    check_is_office(by)


def check_list_words(kind: str, name: str) -> None:
    """A list is of a kind and has a name that fits. Refused: list.kind, .no-name, .too-long."""
    if kind not in ProjectList.Kind.values:
        raise Refused("list.kind", _("请选清单的类别：省、市、县重点，或者实施、准备、储备。"))
    if not name.strip():
        raise Refused("list.no-name", _("请写清单名称，例如“2020年县重点项目”。"))
    if len(name.strip()) > LONGEST_NAME:
        raise Refused(
            "list.too-long",
            _("清单名称最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
            % {"limit": LONGEST_NAME, "length": len(name.strip())},
        )


def check_paper(*, doc_no: str, day: date, today: date, last: date | None) -> None:
    """A list is changed by a paper, not ahead of its day, and in the order of days.

    Refused: list.no-paper, list.ahead, list.backwards.
    """
    if not doc_no.strip():
        raise Refused("list.no-paper", _("清单调整要有批准文号。"))
    if day > today:
        raise Refused("list.ahead", _("调整日期还没有到，到当天再办。"))
    if last is not None and day < last:
        raise Refused(
            "list.backwards",
            _("这份清单在 %(day)s 已经调整过，早于它的调整不能再补，否则以前的版本就变了。")
            % {"day": last},
        )


def check_are_named(projects: Sequence[Project]) -> None:
    """A change names somebody. Refused: list.nobody."""
    if not projects:
        raise Refused("list.nobody", _("一个项目也没有选。"))


def check_none_there(
    listed: ProjectList, projects: Sequence[Project], there: Collection[int]
) -> None:
    """Nobody comes in twice. Refused: list.there."""
    for project in projects:
        if project.pk in there:
            raise Refused(
                "list.there",
                _("“%(name)s”已经在“%(list)s”里。") % {"name": project.name, "list": listed},
            )


def check_all_there(
    listed: ProjectList, projects: Sequence[Project], there: Collection[int]
) -> None:
    """Only who is on a list leaves it. Refused: list.not-there."""
    for project in projects:
        if project.pk not in there:
            raise Refused(
                "list.not-there",
                _("“%(name)s”不在“%(list)s”里。") % {"name": project.name, "list": listed},
            )


def check_has_reason(reason: str) -> None:
    """Leaving a list takes a reason. Refused: list.no-reason."""
    if not reason.strip():
        raise Refused("list.no-reason", _("调出要写理由，变动情况表会印出来。"))


def check_parts(count: int) -> None:
    """A split gives two or more, a bundle takes two or more. Refused: list.too-few."""
    if count < 2:
        raise Refused("list.too-few", _("拆分要拆成两个以上，打捆要有两个以上的项目。"))


def check_new_name(project: Project, name: str) -> None:
    """A new name that is one. Refused: list.same-name."""
    if not name.strip() or name.strip() == project.name:
        raise Refused("list.same-name", _("新名称是空的，或者和现在的一样。"))
