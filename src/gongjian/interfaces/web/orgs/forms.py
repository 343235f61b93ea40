"""What the forms of this room send, as plain values."""

import re
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Role
from gongjian.foundation.orgs.rules import check_password_is_strong
from gongjian.foundation.orgs.usecases import AdministratorForm
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.acts import act_key

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
# What the columns hold: SQLite would take more, PostgreSQL would fail.
LONGEST_USERNAME = LONGEST_NAME = 40
LONGEST_PLACE = LONGEST_TITLE = 60


def misfit(label: str, text: str, *, longest: int) -> str:
    """Why a text cannot be kept as it is, in words; nothing where it can."""
    if len(text) > longest:
        words = {"label": label, "longest": longest, "have": len(text)}
        return _("%(label)s最多 %(longest)s 个字，现在是 %(have)s 个") % words
    if not text.isprintable():
        return _("%(label)s里有看不见的字符，请重新输入") % {"label": label}
    return ""


@dataclass(slots=True)
class Administrator:
    """One of the three sections of the first run: what it says, what was typed, what is wrong."""

    role: Role
    does: str
    cannot: str
    name: str = ""
    username: str = ""
    password: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.role.value

    @property
    def title(self) -> str:
        return str(self.role.label)

    @property
    def done(self) -> bool:
        return bool(self.name and self.username)

    def typed(self) -> AdministratorForm:
        return AdministratorForm(self.username, self.name, self.password)


def three_administrators() -> list[Administrator]:
    """The three sections before anything was typed."""
    return [
        Administrator(
            Role.SYS_ADMIN,
            _("建账号、停账号、重置密码"),
            _("授予角色、解绑动态口令、看日志、看业务数据"),
        ),
        Administrator(
            Role.SEC_ADMIN,
            _("授予和撤销角色、解绑动态口令"),
            _("建账号、重置密码、看日志、看业务数据"),
        ),
        Administrator(
            Role.AUDIT_ADMIN,
            _("看日志、校验日志；重置系统管理员的密码，解绑安全管理员的动态口令"),
            _("建账号、授予角色、看业务数据"),
        ),
    ]


def read_administrators(sent: QueryDict) -> list[Administrator]:
    """The sections as typed, each with what its password lacks."""
    sections = three_administrators()
    for one in sections:
        one.name = sent.get(f"{one.key}_name", "").strip()
        one.username = sent.get(f"{one.key}_username", "").strip()
        one.password = sent.get(f"{one.key}_password", "")
        weak = why_not(check_password_is_strong, one.password, username=one.username)
        if weak:
            one.errors.append(weak)
    return sections


def gaps(sections: list[Administrator]) -> list[tuple[str, str]]:
    """(field, sentence) of everything that is missing or wrong, in the order of the page."""
    found = []
    for one in sections:
        words = {"title": one.title}
        if not one.name:
            found.append((f"{one.key}_name", _("还没有填%(title)s的姓名") % words))
        if not one.username:
            found.append((f"{one.key}_username", _("还没有填%(title)s的账号") % words))
        for field_id, label, text, longest in (
            ("name", _("%(title)s的姓名") % words, one.name, LONGEST_NAME),
            ("username", _("%(title)s的账号") % words, one.username, LONGEST_USERNAME),
        ):
            why = misfit(label, text, longest=longest)
            if why:
                found.append((f"{one.key}_{field_id}", why))
    for one in sections:
        found += [
            (f"{one.key}_password", _("%(title)s：%(what)s") % {"title": one.title, "what": error})
            for error in one.errors
        ]
    return found


@dataclass(frozen=True, slots=True)
class AccountForm:
    """A new account as typed."""

    key: UUID
    username: str
    display_name: str
    title: str
    unit: UUID | None

    @classmethod
    def read(cls, sent: QueryDict) -> Self:
        return cls(
            key=act_key(sent.get("key", "")),
            username=sent.get("username", "").strip(),
            display_name=sent.get("display_name", "").strip(),
            title=sent.get("title", "").strip(),
            unit=_uuid(sent.get("unit", "")),
        )

    def gaps(self) -> list[tuple[str, str]]:
        """(field, sentence) of what is missing or malformed."""
        found = []
        if not USERNAME.fullmatch(self.username):
            found.append(
                ("username", _("账号用 3–40 个小写字母、数字、点、横线，以字母开头，如 yangmm"))
            )
        name = misfit(_("姓名"), self.display_name, longest=LONGEST_NAME)
        title = misfit(_("职务"), self.title, longest=LONGEST_TITLE)
        if not self.display_name:
            name = _("还没有填姓名")
        found += [("display_name", name)] if name else []
        found += [("title", title)] if title else []
        return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
