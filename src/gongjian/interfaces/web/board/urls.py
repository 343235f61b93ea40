"""The address of the board."""

from django.urls import path

from gongjian.interfaces.web.board import views

urlpatterns = [path("board/", views.board_page, name="board")]
