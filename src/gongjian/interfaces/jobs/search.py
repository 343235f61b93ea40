"""What can be found, of every room; the worker keeps it abreast of the log."""

from gongjian.flow.bulletins.queries import bulletin_sources
from gongjian.flow.duties.queries import duty_sources
from gongjian.flow.plan.queries import plan_sources
from gongjian.flow.projects.queries import project_sources
from gongjian.foundation.orgs.queries import org_sources
from gongjian.foundation.search.models import Source

# A room that has something to be found adds its sources here, and its page in web/search/kinds.
SOURCES: tuple[Source, ...] = (
    *plan_sources(),
    *project_sources(),
    *duty_sources(),
    *org_sources(),
    *bulletin_sources(),
)
