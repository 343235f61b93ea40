"""Handovers: what one holder of a post leaves to the next, signed by both."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.orgs.models import Person, Post
from gongjian.foundation.records.models import Editable, Kept


class Handover(Kept, Editable):
    """What is open in a post when it changes hands, until when, on which papers. 换岗交接"""

    post = models.ForeignKey(Post, models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="handovers_given"
    )
    receiver = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="handovers_received"
    )
    day = models.DateField(_("换岗日"), help_text="from which the receiver holds the post")
    due_date = models.DateField(_("签收期限"))
    basis = models.CharField(_("任免依据"), max_length=120, blank=True)
    items = models.JSONField(default=list, help_text="as it was on the day; never changed")
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    given_paper = models.CharField(
        max_length=120, blank=True, help_text="the signed paper, where the office enters it"
    )
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_paper = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handover_due_after_its_day", condition=Q(due_date__gte=F("day"))
            ),
            *(
                models.CheckConstraint(
                    name=f"handover_{side}_by_and_at_together",
                    condition=Q(**{f"{side}_by__isnull": True, f"{side}_at__isnull": True})
                    | Q(**{f"{side}_by__isnull": False, f"{side}_at__isnull": False}),
                )
                for side in ("given", "received")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.day}"
