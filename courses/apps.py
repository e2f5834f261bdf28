from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses import receivers, upkeep

        receivers.connect()
        upkeep.connect()
