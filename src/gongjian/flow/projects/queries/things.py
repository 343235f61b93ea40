"""What of the register can be found by name."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import Project, ProjectName, Standing
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.search.models import Source, Thing

TABLES = {Project._meta.db_table, ProjectName._meta.db_table, Unit._meta.db_table}


def project_sources() -> tuple[Source, ...]:
    """The projects, by name, former name, code, owner and investor."""
    return (Source("project", "projects", frozenset(TABLES), _projects),)


def _projects() -> Iterator[Thing]:
    former: dict[int, list[str]] = defaultdict(list)
    for project, name in ProjectName.objects.values_list("project", "name"):
        former[project].append(name)
    labels = {value: str(label) for value, label in Standing.choices}
    rows = Project.objects.values_list(
        "pk", "uid", "name", "code", "owner", "investor", "standing", "township__short_name"
    )
    for pk, uid, name, code, owner, investor, standing, township in rows:
        said = (township, owner, code, labels[standing] if standing != Standing.ACTIVE else "")
        yield Thing(
            uid,
            name,
            _(" · ").join(filter(None, said)),
            names=tuple(filter(None, (*former[pk], code, owner, investor))),
            page="project",
            order=pk,
        )
