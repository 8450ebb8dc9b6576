from django.apps import AppConfig
from django.core.checks import Tags, register


class ProjectConfig(AppConfig):
    name = "yichuang.project"

    def ready(self) -> None:
        from yichuang.project import checks

        register(checks.every_route_has_an_audience, Tags.urls)
