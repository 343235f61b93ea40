"""The views of 项目: the list, one project, its form, the official lists, rates, checks."""

from gongjian.interfaces.web.projects.views.bulk import projects_bulk
from gongjian.interfaces.web.projects.views.carried import leader_projects, unit_projects
from gongjian.interfaces.web.projects.views.changing import list_change
from gongjian.interfaces.web.projects.views.chart_exports import chart_file
from gongjian.interfaces.web.projects.views.counting import counting, target_counted
from gongjian.interfaces.web.projects.views.doubts import doubts
from gongjian.interfaces.web.projects.views.duplicates import duplicate, duplicates
from gongjian.interfaces.web.projects.views.editing import project_edit, project_new
from gongjian.interfaces.web.projects.views.exports import (
    doubts_file,
    layout_file,
    list_file,
    projects_file,
    rates_file,
    statement_file,
)
from gongjian.interfaces.web.projects.views.funnel import funnel_page
from gongjian.interfaces.web.projects.views.gantt import gantt, gantt_window
from gongjian.interfaces.web.projects.views.listing import projects
from gongjian.interfaces.web.projects.views.lists import list_statement, project_list, project_lists
from gongjian.interfaces.web.projects.views.months import month, month_new
from gongjian.interfaces.web.projects.views.one_page import project_paper_file, project_paper_page
from gongjian.interfaces.web.projects.views.outgoing import export, export_written, papers
from gongjian.interfaces.web.projects.views.page import project
from gongjian.interfaces.web.projects.views.permits import permits
from gongjian.interfaces.web.projects.views.rates import pace, paces_page, rate, rates
from gongjian.interfaces.web.projects.views.sheet import sheet
from gongjian.interfaces.web.projects.views.sheet_cells import sheet_cells, sheet_lines
from gongjian.interfaces.web.projects.views.sheet_exports import sheet_taken
from gongjian.interfaces.web.projects.views.sheet_send import sheet_send
from gongjian.interfaces.web.projects.views.stages import stage, stage_new
from gongjian.interfaces.web.projects.views.standing import carry_over_page, project_standing
from gongjian.interfaces.web.projects.views.superior import (
    sent_file,
    sent_table,
    superior,
    superior_file,
    superior_sheet,
)
from gongjian.interfaces.web.projects.views.townships import townships_page
from gongjian.interfaces.web.projects.views.views import project_view, project_views
from gongjian.interfaces.web.projects.views.waiting import projects_waiting

__all__ = [
    "carry_over_page",
    "chart_file",
    "counting",
    "doubts",
    "doubts_file",
    "duplicate",
    "duplicates",
    "export",
    "export_written",
    "funnel_page",
    "gantt",
    "gantt_window",
    "layout_file",
    "leader_projects",
    "list_change",
    "list_file",
    "list_statement",
    "month",
    "month_new",
    "pace",
    "paces_page",
    "papers",
    "permits",
    "project",
    "project_edit",
    "project_list",
    "project_lists",
    "project_new",
    "project_paper_file",
    "project_paper_page",
    "project_standing",
    "project_view",
    "project_views",
    "projects",
    "projects_bulk",
    "projects_file",
    "projects_waiting",
    "rate",
    "rates",
    "rates_file",
    "sent_file",
    "sent_table",
    "sheet",
    "sheet_cells",
    "sheet_lines",
    "sheet_send",
    "sheet_taken",
    "stage",
    "stage_new",
    "statement_file",
    "superior",
    "superior_file",
    "superior_sheet",
    "target_counted",
    "townships_page",
    "unit_projects",
]
