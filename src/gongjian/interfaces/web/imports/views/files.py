"""The files of an import: as it came, and the rows that were given back."""

from pathlib import PurePath
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.projects.queries import given_back_file
from gongjian.flow.projects.rules import check_can_keep_project
from gongjian.foundation.files.queries import bytes_of, file_by_hash
from gongjian.foundation.records.queries import import_by_uid
from gongjian.interfaces.request import PageRequest, opens
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.imports.views.bringing import KINDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@opens(check_can_keep_project)
def import_left_file(request: PageRequest, uid: UUID) -> HttpResponse:  # noqa: ARG001
    """The rows that were not taken, each with its reason: to correct and send again."""
    run = import_by_uid(uid, kinds=KINDS)
    name = _("%(name)s-退回的行.xlsx") % {"name": PurePath(run.file_name).stem}
    return attachment(given_back_file(run), name, kind=XLSX)


@require_GET
@opens(check_can_keep_project)
def import_source(request: PageRequest, uid: UUID) -> HttpResponse:  # noqa: ARG001
    """The file as it came."""
    run = import_by_uid(uid, kinds=KINDS)
    return attachment(bytes_of(file_by_hash(run.sha256)), run.file_name)
