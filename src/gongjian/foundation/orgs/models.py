"""Who there is: units in their order, accounts, and the roles an account holds.

Wherever a row holds from–to, `valid_to` is the first day on which it holds no longer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Optional, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.records.models import Editable, Kept

EARLIEST = date(1949, 10, 1)
# What a spreadsheet would run as a formula once an export of it is opened.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class FromTo(models.Model):
    """A fact that holds from one day to another; an open end means still."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]


class Region(Kept):
    """An administrative area by its national code (GB/T 2260, GB/T 10114). 行政区划"""

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Adjectives for units."""

    def in_force(self, day: date) -> Self:
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class Unit(Kept, Editable):
    """A department, township, park or office, at a level of government, from–to. 单位"""

    class Kind(models.TextChoices):
        LEADERSHIP = "leadership", _("领导班子")
        OFFICE = "office", _("办公机构")
        DEPARTMENT = "department", _("部门")
        TOWNSHIP = "township", _("镇街园区")
        COMPANY = "company", _("企业事业单位")

    class Level(models.IntegerChoices):
        NATION = 1, _("国家")
        PROVINCE = 2, _("省级")
        PREFECTURE = 3, _("地级")
        COUNTY = 4, _("县级")
        TOWNSHIP = 5, _("乡级")

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=30)
    aliases = models.JSONField(default=list, help_text="other names plans use for it")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    level = models.PositiveSmallIntegerField(_("层级"), choices=Level, default=Level.COUNTY)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="units")
    order = models.PositiveIntegerField(_("单位序"), default=0, help_text="the office's order")
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text="the unit that took over when this one ended",
    )
    end_basis = models.CharField(_("撤并依据"), max_length=120, blank=True)
    valid_from = models.DateField(default=date(2000, 1, 1))
    valid_to = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(UnitQuerySet)()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="unit_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class UnitName(Kept, FromTo):
    """A name a unit bore before it was renamed: papers of that time keep it. 曾用名"""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="former_names")
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=30)
    basis = models.CharField(_("更名依据"), max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds accounts by user name; accounts are made by the use-cases of this room."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts of which one did the other's acts on these days, the last one included."""

    other: int
    since: date
    until: date | None


class User(Kept, Editable, AbstractBaseUser):
    """An account of one person in one unit. 账号"""

    # When somebody last logged in is no measure of work and is not shown; it only ends sessions.
    unprotected: ClassVar[tuple[str, ...]] = ("last_login", "second_factor_step")

    username = models.CharField(_("账号"), max_length=40, unique=True)
    display_name = models.CharField(_("姓名"), max_length=40)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    second_factor = models.CharField(
        max_length=64, blank=True, help_text="TOTP secret, base32; empty: not set up"
    )
    second_factor_step = models.BigIntegerField(default=0, help_text="last step used")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    # Loaded for one day by queries.with_roles; an account whose roles were not loaded has none.
    roles: frozenset[str] = frozenset()
    day: date | None = None
    # Reads with whom this account is one hand; few rules ask, and only they cost the query.
    read_links: Callable[[], tuple[Link, ...]] | None = None
    # For whom it acts now; see delegations.
    acting_for: Optional["User"] = None
    delegation: UUID | None = None
    # The keys of the units whose rows its own unit sees, once a query has looked them up.
    seen: frozenset[int] | None = None

    def __str__(self) -> str:
        return self.display_name

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """With whom this account is one hand on some days; none where roles were not loaded."""
        return self.read_links() if self.read_links else ()

    @property
    def whose_hand(self) -> "User":
        """Whose business this account does now: its own, or that of who delegated it."""
        return self.acting_for or self

    def check_password(self, raw_password: str | None) -> bool:
        """Django would quietly write a newer hash here; ours is written by use-cases only."""
        return check_password(raw_password, self.password)


class Role(models.TextChoices):
    """What an account may be; what a role may do stands in the rules of each room. 角色"""

    CAMPAIGN_OFFICE = "campaign_office", _("攻坚办")
    OFFICE_REVIEWER = "office_reviewer", _("攻坚办审核人")
    UNIT_REPORTER = "unit_reporter", _("单位填报人")
    UNIT_APPROVER = "unit_approver", _("单位审核人")
    LEAD_UNIT = "lead_unit", _("牵头单位核对人")
    TOWNSHIP = "township", _("镇街园区")
    PRINCIPAL_LEADER = "principal_leader", _("主要领导")
    COUNTY_LEADER = "county_leader", _("县级领导")
    SYS_ADMIN = "sys_admin", _("系统管理员")
    SEC_ADMIN = "sec_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


# Each excludes every other role, and none of them sees business data (handbook 15).
ADMINISTRATORS = frozenset({Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN})


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Adjectives for grants."""

    def in_force(self, day: date) -> Self:
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class RoleGrant(Kept):
    """One role of one account, from–to, with who gave it. 角色授予"""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = models.Manager.from_queryset(RoleGrantQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(valid_to__isnull=True),
                name="role_open_once_per_user",
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Person(Kept, Editable):
    """Somebody who holds posts; may have an account, and most leaders have none. 人员"""

    name = models.CharField(_("姓名"), max_length=40)
    mobile = models.CharField(_("手机"), max_length=20, blank=True)
    office_phone = models.CharField(_("办公电话"), max_length=30, blank=True)
    account = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="person"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Post(Kept, Editable, FromTo):
    """A place in a unit that outlives who holds it; duties are tied to it. 岗位"""

    class Kind(models.TextChoices):
        PRINCIPAL = "principal", _("主要领导")
        LEADER = "leader", _("班子成员")
        HEAD = "head", _("单位主要负责人")
        DEPUTY = "deputy", _("分管负责人")
        LIAISON = "liaison", _("联络员")
        OFFICER = "officer", _("服务专员")
        STAFF = "staff", _("工作人员")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    name = models.CharField(_("岗位"), max_length=60)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta(FromTo.Meta):
        ordering = ["unit__order", "order", "pk"]
        constraints = [
            *FromTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(valid_to__isnull=True),
                name="post_open_once_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PostHolding(Kept, FromTo):
    """Who holds a post from–to; while it is vacant somebody may act in it (代管). 任职"""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    acting = models.BooleanField(_("代管"), default=False)
    basis = models.CharField(_("任职依据"), max_length=120, blank=True)
    end_basis = models.CharField(_("免职依据"), max_length=120, blank=True)

    class Meta(FromTo.Meta):
        constraints = [
            *FromTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(valid_to__isnull=True),
                name="one_open_holder_a_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id}"


class Delegation(Kept, FromTo):
    """One account's acts done by another for a while, said on each act. 委托"""

    giver = models.ForeignKey(User, models.PROTECT, related_name="delegations_given")
    receiver = models.ForeignKey(User, models.PROTECT, related_name="delegations_received")
    reason = models.CharField(_("事由"), max_length=120)

    class Meta(FromTo.Meta):
        constraints = [
            *FromTo.Meta.constraints,
            models.CheckConstraint(
                name="nobody_delegates_to_themselves", condition=~Q(giver=F("receiver"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} {self.receiver_id}"


class Bypass(Kept):
    """One case in which a right was passed, by whom, on what day, and why. 例外查看"""

    account = models.ForeignKey(User, models.PROTECT, related_name="bypasses")
    right = models.CharField(_("越过的权限"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bypasses")
    kind = models.CharField(max_length=20, help_text="the kind of the row that was opened")
    subject = models.UUIDField(help_text="its uid")
    title = models.CharField(_("打开的是什么"), max_length=120)
    reason = models.CharField(_("理由"), max_length=200)
    day = models.DateField(help_text="the one day on which it is open")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["account", "day"], name="bypass_by_account_and_day")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.right}"
