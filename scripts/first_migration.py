"""Make the one migration anew, as long as nothing is released, and fold its constraints in.

    python scripts/first_migration.py

makemigrations adds each constraint and index by an operation of its own, and on SQLite each of
them copies its table: two hundred of them take most of a minute. Here they stand in the
CreateModel of their table, which makes it once.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "src/gongjian/migrations/0001_initial.py"


def main() -> None:
    with TemporaryDirectory() as home:
        os.environ |= {
            "GONGJIAN_HOME": home,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "gongjian.config.settings",
        }
        FILE.unlink(missing_ok=True)
        command = [sys.executable, "-m", "django", "makemigrations", "gongjian", "--skip-checks"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        sys.path.insert(0, str(ROOT / "src"))
        fold()
    subprocess.run([ROOT / ".venv/bin/ruff", "check", "--fix", "--quiet", FILE], check=True)
    subprocess.run([ROOT / ".venv/bin/ruff", "format", "--quiet", FILE], check=True)


def fold() -> None:
    """Put every constraint and index into the creation of its table."""
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415
    from django.db.migrations.writer import MigrationWriter  # noqa: PLC0415

    migration = MigrationLoader(None).get_migration("gongjian", "0001_initial")
    migration.operations = folded(migration.operations)
    FILE.write_text(MigrationWriter(migration).as_string(), encoding="utf-8")


def folded(operations: list) -> list:
    """The operations with the additions inside the creations, each table after those it names."""
    from django.db import migrations  # noqa: PLC0415

    made = {op.name_lower: op for op in operations if isinstance(op, migrations.CreateModel)}
    rest = []
    for operation in operations:
        match operation:
            case migrations.CreateModel():
                pass
            case migrations.AddField():
                made[operation.model_name_lower].fields.append((operation.name, operation.field))
            case migrations.AddConstraint():
                _add(made[operation.model_name_lower], "constraints", operation.constraint)
            case migrations.AddIndex():
                _add(made[operation.model_name_lower], "indexes", operation.index)
            case migrations.AlterUniqueTogether():
                made[operation.name_lower].options["unique_together"] = operation.option_value
            case _:
                rest.append(operation)
    return [*_in_order(made), *rest]


def _add(creation, option: str, value) -> None:
    creation.options[option] = [*creation.options.get(option, []), value]


def _in_order(made: dict) -> list:
    """Each table after those its columns point at; a circle is an error."""
    ordered, placed = [], set()
    while len(placed) < len(made):
        ready = [
            (name, creation)
            for name, creation in made.items()
            if name not in placed and _names(creation) - {name} <= placed
        ]
        if not ready:
            raise ValueError(f"tables point at each other: {sorted(set(made) - placed)}")
        for name, creation in ready:
            ordered.append(creation)
            placed.add(name)
    return ordered


def _names(creation) -> set[str]:
    found = set()
    for _name, field in creation.fields:
        if field.remote_field is not None:
            to = field.remote_field.model
            name = to if isinstance(to, str) else to._meta.label_lower
            own = "user" if name == "settings.auth_user_model" else name.rpartition(".")[2].lower()
            found.add(own)
    return found


if __name__ == "__main__":
    main()
