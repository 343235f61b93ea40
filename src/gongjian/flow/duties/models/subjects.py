"""What a duty, a leader or a team stands over: one action, target, task or project."""

from django.db import models
from django.db.models import Q

from gongjian.flow.plan.models import Action, Target, Task
from gongjian.flow.projects.models import Project

KINDS = ("action", "target", "task", "project")


def exactly_one(kinds: tuple[str, ...] = KINDS) -> Q:
    """One of these columns is filled, the others are empty."""
    condition = Q()
    for filled in kinds:
        condition |= Q(**{f"{kind}__isnull": kind != filled for kind in kinds})
    return condition


class HasSubject:
    """What stands over one piece of work knows which."""

    pk: int

    @property
    def subject_key(self) -> tuple[str, int]:
        """("target", 12): which kind of work, and its key."""
        for kind in KINDS:
            key = getattr(self, f"{kind}_id")
            if key is not None:
                return kind, key
        raise LookupError(f"{self.pk} stands over nothing")


class OverOne(HasSubject, models.Model):
    """A row over exactly one action, target, task or project."""

    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows"
    )
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_has_one_subject", condition=exactly_one()),
        ]
