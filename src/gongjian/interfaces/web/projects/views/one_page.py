"""A project on one page: to read, to print, to take away as PDF and Word."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import contacts_of, paper_file, project_paper
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import project_card, sheet_by_uid
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.flow.projects.usecases import follow_register, note_export
from gongjian.interfaces.request import PageRequest, here, now, opens, today
from gongjian.interfaces.web.answers import attachment

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_GET
@opens(check_can_read_projects)
def project_paper_page(request: PageRequest, uid: UUID) -> HttpResponse:
    """The page as it will be printed."""
    project, paper = _paper(request, uid)
    return render(request, "projects/paper.html", {"project": project, "paper": paper})


@require_GET
@opens(check_can_read_projects)
def project_paper_file(request: PageRequest, uid: UUID, form: str) -> HttpResponse:
    """The page as a file. Refused: paper.no-font; Missing: list.file."""
    project, paper = _paper(request, uid)
    content = paper_file(paper, form, fonts=Path(settings.HOME) / "fonts")
    note_export(project, f"one-page.{form}", 1, by=request.user, at=now())
    return attachment(content, f"{_('一页纸')} {project.name[:40]}.{form}", kind=KINDS[form])


def _paper(request: PageRequest, uid: UUID) -> tuple[Project, Any]:
    on, there = today(), here()
    follow_register(at=now())
    sheet = sheet_by_uid(uid, reader=request.user)
    card = project_card(sheet, reader=request.user, on=on)
    people = contacts_of(sheet.project, on=on)
    paper = project_paper(
        sheet.project, card, people,
        on=on, by=request.user.display_name, place=there.place if there else "",
    )  # fmt: skip
    return sheet.project, paper
