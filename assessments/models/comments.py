"""What reviewers say about a question."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.bank import Question, QuestionVersion


class QuestionComment(models.Model):
    """A remark on a question as it stood in one version; open until somebody settles it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("comment"))
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="question_comment_says_something"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(settled_by__isnull=True),
                name="question_comment_settled_has_time",
            ),
        )

    def __str__(self) -> str:
        return self.text
