"""What the floors above may listen to when somebody joins. Sent inside the transaction."""

from django.dispatch import Signal

# person, context (what the inviter gave), invitation
invitation_accepted = Signal()

# person, context (what the application came with), application, actor
application_approved = Signal()
