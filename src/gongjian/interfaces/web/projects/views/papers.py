"""A project on one page: to read, to print, to take away as PDF and Word."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.documents.paper import NoFont, Paper, write_pdf, write_word
from gongjian.flow.duties.queries import contacts_of
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import project_card, sheet_by_uid
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.flow.projects.usecases import follow_register, note_export
from gongjian.interfaces.request import PageRequest, here, now, opens, today
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.projects.rows.paper import project_paper
from gongjian.lib.refusals import Missing, Refused

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
    """The page as a file. Refused: paper.no-font."""
    project, paper = _paper(request, uid)
    if form not in KINDS:
        raise Missing("list.file", _("没有这样的文件可以导出。"))
    content = write_word(paper) if form == "docx" else _pdf(paper)
    note_export(project, f"one-page.{form}", 1, by=request.user, at=now())
    return attachment(content, f"{_('一页纸')} {project.name[:40]}.{form}", kind=KINDS[form])


def _paper(request: PageRequest, uid: UUID) -> tuple[Project, Paper]:
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


def _pdf(paper: Paper) -> bytes:
    try:
        return write_pdf(paper, fonts=Path(settings.HOME) / "fonts")
    except NoFont as none:
        raise Refused(
            "paper.no-font",
            _(
                "服务器上没有中文字体，出不了 PDF。请先下载 Word，"
                "或请管理员装中文字体（如 fonts-noto-cjk），或把字体文件放进数据目录的 fonts 里。"
            ),
        ) from none
