"""People, the ways to join, and the log of changes."""

from .audit import AuditEntry
from .joining import Application, Invitation
from .people import Institution, User, UserManager

__all__ = ["Application", "AuditEntry", "Institution", "Invitation", "User", "UserManager"]
