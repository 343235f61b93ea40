"""The one Django app of the house."""

from django.apps import AppConfig


class GongjianConfig(AppConfig):
    name = "gongjian"
    verbose_name = "攻坚"
    default_auto_field = "django.db.models.BigAutoField"
