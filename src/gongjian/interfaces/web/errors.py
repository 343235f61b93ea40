"""The pages for what went wrong: a form too old, no such page, a fault of ours."""

import logging
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger("gongjian.web")


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: opened before the log-in, or sent from elsewhere."""
    log.warning("form refused at %s: %s", request.path, reason)
    return render(request, "errors/form_too_old.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Called by Django, which names its arguments."""
    return render(request, "errors/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours, with a number that stands in the server's output too."""
    incident = uuid4().hex[:8]
    log.error("incident %s at %s", incident, request.path)
    # Without the request: the frame would ask again for what may just have failed.
    return HttpResponse(render_to_string("errors/500.html", {"incident": incident}), status=500)
