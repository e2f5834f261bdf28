"""What reviewers say about a question, and settling it."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assessments.models import Question, QuestionComment, QuestionVersion


@transaction.atomic
def comment(*, version: QuestionVersion, text: str, author: User) -> QuestionComment:
    """Say something about a question as it stands in a version; sent twice it is said once."""
    question = Question.objects.select_for_update().get(pk=version.question_id)
    before = question.comments.filter(version=version, author=author, text=text, settled_at=None).first()
    if before is not None:
        return before
    said = QuestionComment.objects.create(question=question, version=version, author=author, text=text)
    audit.record(actor=author, verb="question_commented", target=question, data={"version": version.number})
    return said


@transaction.atomic
def settle(*, comment: QuestionComment, actor: User) -> QuestionComment:
    """Say that a comment is dealt with; a second time changes nothing."""
    said = QuestionComment.objects.select_for_update().get(pk=comment.pk)
    if said.settled_at is None:
        said.settled_at, said.settled_by = timezone.now(), actor
        said.save(update_fields=["settled_at", "settled_by"])
        audit.record(actor=actor, verb="question_comment_settled", target=said.question)
    return said
