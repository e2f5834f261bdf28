"""What an editor may do with a page, where Wagtail's own rule does not fit a course."""

from typing import Any

from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """As Wagtail, but whoever may edit a page may also put the pages under it in order.

    Trainers do not publish (a review does), and the order of lessons is theirs to decide.
    """

    def can_reorder_children(self) -> bool:
        return bool(self.can_edit())

    def can_move_to(self, destination: Any) -> bool:
        if self.page.is_child_of(destination) and not self.page_is_root:
            return bool(destination.permissions_for_user(self.user).can_reorder_children())
        return bool(super().can_move_to(destination))
