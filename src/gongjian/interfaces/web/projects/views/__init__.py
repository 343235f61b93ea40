"""The views of 项目: the list, one project, its form, and the steps of a stage."""

from gongjian.interfaces.web.projects.views.editing import project_edit, project_new
from gongjian.interfaces.web.projects.views.listing import projects
from gongjian.interfaces.web.projects.views.months import month, month_new
from gongjian.interfaces.web.projects.views.page import project
from gongjian.interfaces.web.projects.views.stages import stage, stage_new
from gongjian.interfaces.web.projects.views.waiting import projects_waiting

__all__ = [
    "month",
    "month_new",
    "project",
    "project_edit",
    "project_new",
    "projects",
    "projects_waiting",
    "stage",
    "stage_new",
]
