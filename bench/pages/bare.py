"""The bare page: what the framework alone needs for ten queries and a table of fifty rows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.flow.plan.models import Task

ROWS = 50
SMALL_QUERIES = 9  # by key and counts by index, in turn


def page(request: HttpRequest) -> HttpResponse:
    """One query of fifty rows, nine small ones, one template. No log-in and no rule."""
    rows = list(Task.objects.order_by("pk")[:ROWS])
    asked = [
        Task.objects.get(pk=rows[number].pk)
        if number % 2
        else Task.objects.filter(action_id=rows[number].action_id).count()
        for number in range(SMALL_QUERIES)
    ]
    return render(request, "bare.html", {"rows": rows, "asked": len(asked)}, using="bare")
