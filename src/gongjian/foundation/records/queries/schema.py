"""Whether there is a database, and whether its tables are those this version needs."""

from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gongjian.foundation.records.models import Installation


def is_reachable() -> bool:
    """Whether a database answers and knows our tables."""
    try:
        Installation.objects.exists()
    except DatabaseError:
        return False
    return True


def is_set_up() -> bool:
    """Whether there is a database, without making an empty one by looking."""
    name = str(connection.settings_dict["NAME"])
    a_file = connection.vendor == "sqlite" and not name.startswith("file:")
    return (not a_file or Path(name).is_file()) and is_reachable()


def is_behind() -> bool:
    """Whether migrations of this version have not been applied yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
