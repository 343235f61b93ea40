"""What a column of the register holds, as a person reads it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import Project, ProjectYear
from gongjian.flow.projects.queries.amount_words import WAN
from gongjian.foundation.orgs.models import Unit
from gongjian.lib.rounding import grouped


def read_value(model: type[Project | ProjectYear], name: str, value: object) -> str:
    """A value as a person reads it; nothing where nothing is said."""
    match value:
        case None | "":
            return ""
        case bool():
            return _("是") if value else _("否")
        case Decimal():
            return _("%(amount)s 万元") % {"amount": grouped(value / WAN)}
        case Unit():
            return value.short_name
        case _:
            labels = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
            return str(labels.get(value, value))
