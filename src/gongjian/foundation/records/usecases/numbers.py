"""Running numbers."""

from django.db import transaction

from gongjian.foundation.records.models import RunningNumber


@transaction.atomic
def next_number(name: str) -> int:
    """The next number under this name; held until the act that asked for it commits."""
    RunningNumber.objects.get_or_create(name=name)
    row = RunningNumber.objects.select_for_update().get(name=name)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
