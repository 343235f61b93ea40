"""Every address of the installation; the pages of a room stand in its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongjian.interfaces.web.board.urls")),
    path("", include("gongjian.interfaces.web.bulletins.urls")),
    path("", include("gongjian.interfaces.web.desk.urls")),
    path("", include("gongjian.interfaces.web.duties.urls")),
    path("", include("gongjian.interfaces.web.imports.urls")),
    path("", include("gongjian.interfaces.web.orgs.urls")),
    path("", include("gongjian.interfaces.web.pages.urls")),
    path("", include("gongjian.interfaces.web.plan.urls")),
    path("", include("gongjian.interfaces.web.progress.urls")),
    path("", include("gongjian.interfaces.web.projects.urls")),
    path("", include("gongjian.interfaces.web.records.urls")),
    path("", include("gongjian.interfaces.web.search.urls")),
]

handler400 = "gongjian.interfaces.web.errors.not_readable"
handler404 = "gongjian.interfaces.web.errors.not_found"
handler500 = "gongjian.interfaces.web.errors.failed"
