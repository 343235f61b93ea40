"""The files of an import: as it came, and the rows that were given back."""

from pathlib import PurePath
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.projects.queries import given_back_file
from gongjian.foundation.files.queries import bytes_of, file_by_hash
from gongjian.interfaces.request import PageRequest, opens
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.imports.kinds import check_can_import, run_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@opens(check_can_import)
def import_left_file(request: PageRequest, uid: UUID) -> HttpResponse:
    """The rows that were not taken, each with its reason: to correct and send again."""
    run, _kind = run_of(uid, reader=request.user)
    name = _("%(name)s-退回的行.xlsx") % {"name": PurePath(run.file_name).stem}
    return attachment(given_back_file(run), name, kind=XLSX)


@require_GET
@opens(check_can_import)
def import_source(request: PageRequest, uid: UUID) -> HttpResponse:
    """The file as it came."""
    run, _kind = run_of(uid, reader=request.user)
    return attachment(bytes_of(file_by_hash(run.sha256)), run.file_name)
