"""The columns of everything that counts only after somebody else accepted it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.records.models import Editable


class Level(models.IntegerChoices):
    """How far a figure has been verified (handbook 12.2). 核实级别"""

    V0 = 0, _("V0 已填报")
    V1 = 1, _("V1 单位已核")
    V2 = 2, _("V2 牵头单位已核")
    V3 = 3, _("V3 攻坚办已采信")
    V4 = 4, _("V4 已现场核验")


class State(models.TextChoices):
    """Where a filled-in figure stands on its way to being accepted. 采信状态"""

    DRAFT = "draft", _("填报中")
    FILLED = "filled", _("待单位审核")
    CHECKED = "checked", _("待牵头单位核对")
    CONFIRMED = "confirmed", _("待攻坚办采信")
    ACCEPTED = "accepted", _("已采信")
    RETURNED = "returned", _("已退回")


class Acceptance(Editable):
    """Filled → checked → (confirmed) → accepted, by different accounts, or returned. 采信"""

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    level = models.PositiveSmallIntegerField(_("核实级别"), choices=Level, default=Level.V0)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    filled_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(_("退回原因"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_three_accounts",
                condition=(Q(checked_by__isnull=True) | ~Q(checked_by=F("filled_by")))
                & (
                    Q(confirmed_by__isnull=True)
                    | (~Q(confirmed_by=F("filled_by")) & ~Q(confirmed_by=F("checked_by")))
                )
                & (
                    Q(accepted_by__isnull=True)
                    | (
                        ~Q(accepted_by=F("filled_by"))
                        & ~Q(accepted_by=F("checked_by"))
                        & ~Q(accepted_by=F("confirmed_by"))
                    )
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_accepted_at_v3",
                condition=~Q(state="accepted")
                | (
                    Q(accepted_by__isnull=False)
                    & Q(accepted_at__isnull=False)
                    & Q(filled_by__isnull=False)
                    & Q(checked_by__isnull=False)
                    & Q(level__gte=3)
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_v3_only_when_accepted",
                condition=Q(level__lt=3) | Q(state="accepted"),
            ),
        ]
