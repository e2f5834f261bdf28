from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses import bank_uses, receivers, upkeep

        bank_uses.connect()
        receivers.connect()
        upkeep.connect()
