"""The pages for what went wrong: a form too old or too large, no such page, a fault of ours."""

import logging
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

log = logging.getLogger("gongjian.web")


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: opened before the log-in, or sent from elsewhere."""
    log.warning("form refused at %s: %s", request.path, reason)
    return render(request, "errors/form_too_old.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Called by Django, which names its arguments."""
    return render(request, "errors/404.html", status=404)


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent is over a limit or is no form at all. Called by Django."""
    log.warning("unreadable request at %s: %s", request.path, type(exception).__name__)
    words = _("发来的内容不完整或格式不对。请返回上一页，刷新后再交。")
    if isinstance(exception, RequestDataTooBig):
        size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1048576
        words = _("表单里的文字超过 %(size)s MB。请返回上一页删减，长材料作为文件上传。") % {
            "size": size
        }
    if isinstance(exception, TooManyFilesSent | TooManyFieldsSent):
        words = _("一次交的文件或栏目太多。请返回上一页，分几次交。")
    context = {"title": _("没有收下，什么都没有改动"), "words": words}
    return HttpResponse(render_to_string("errors/400.html", context), status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours, with a number that stands in the server's output too."""
    incident = uuid4().hex[:8]
    log.error("incident %s at %s", incident, request.path)
    # Without the request: the frame would ask again for what may just have failed.
    return HttpResponse(render_to_string("errors/500.html", {"incident": incident}), status=500)
