"""The history of imports, and bringing in another file."""

from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.foundation.files.rules import LEDGERS, MEGABYTE, check_can_keep
from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.queries import import_runs
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.imports.forms import file_name
from gongjian.interfaces.web.imports.kinds import (
    PROJECTS,
    Kind,
    bring,
    check_can_import,
    kinds_of,
    unit_seen,
)
from gongjian.interfaces.web.imports.rows import runs_context
from gongjian.interfaces.web.paging import Page
from gongjian.lib.refusals import Refused


@require_http_methods(["GET", "POST"])
@opens(check_can_import)
def imports(request: PageRequest) -> HttpResponse:
    """Every import, newest first; a file that is sent here is read and nothing is written."""
    if request.method == "GET":
        return _page(request)
    try:
        return redirect("import_run", uid=_brought(request))
    except Refused as no:
        return _page(request, refused=no)


def _brought(request: PageRequest) -> str:
    """The run that a sent file began; sent twice it is one. Refused: file.*, import.*."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("import.no-file", _("还没有选文件。请选一份台账再上传。"))
    name = file_name(file.name or "")
    check_can_keep(name, size=file.size or 0, kinds=LEDGERS)  # before its bytes are in memory
    key = act_key(request.POST.get("key", ""))
    with once(key, by=request.user, act="import.bring", at=now()) as claim:
        if not claim.done_before:
            run = bring(_kind(request), name, file.read(), by=request.user)
            claim.outcome = str(run.uid)
    return claim.outcome


def _kind(request: PageRequest) -> Kind:
    """The kind that was chosen, else the first the reader may bring in. Refused: import.kind."""
    open_ = {kind.name: kind for kind in kinds_of(request.user)}
    chosen = (request.POST or request.GET).get("kind", "") or next(iter(open_))
    if chosen not in open_:
        raise Refused("import.kind", _("这种台账不由你的账号导入。请先选导入什么。"))
    return open_[chosen]


def _page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:60]
    state = request.GET.get("state", "")
    state = state if state in ImportRun.State.values else ""
    kinds = kinds_of(request.user)
    chosen = (request.POST or request.GET).get("kind", "") or kinds[0].name
    runs = import_runs(
        [kind.name for kind in kinds],
        words=words,
        state=state,
        unit=unit_seen(request.user),
    )
    page = Page.of(request.GET.dict(), total=runs.count(), size=20)
    context = {
        "runs": runs_context(runs[page.offset : page.offset + page.size]),
        "page": page,
        "words": words,
        "filtered": bool(words or state),
        "states": [(value, str(label), value == state) for value, label in ImportRun.State.choices],
        "refused": refused,
        "key": uuid4(),
        "accept": ",".join(sorted(LEDGERS)),
        "limit": _(
            "Excel、WPS、csv、json，或 Word、PDF 里的表格；单个 %(size)s MB 以内"
        ) % {"size": settings.LARGEST_UPLOAD // MEGABYTE},
        "kinds": [(kind.name, kind.label, kind.name == chosen) for kind in kinds],
        "of_projects": any(kind.name == PROJECTS for kind in kinds),
        "campaign": campaign_in_force(today()),
    }  # fmt: skip
    return render(request, "imports/imports.html", context, status=409 if refused else 200)
