"""The review that a page of a course passes before it is published."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from .models import CatalogPage, LegalReviewTask, TrainerApprovalTask

REVIEW = "Course review"


@transaction.atomic
def ensure_review(*, catalogue: CatalogPage) -> Workflow:
    """Return the course review, attached to the catalogue so that every page below passes it.

    What an administrator has changed since (another workflow on the catalogue, a further task)
    stays as it is.
    """
    attached = WorkflowPage.objects.filter(page_id=catalogue.pk).select_related("workflow").first()
    if attached:
        return attached.workflow
    workflow = Workflow.objects.filter(name=REVIEW).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=REVIEW, active=True)
        tasks = (
            LegalReviewTask.objects.create(name=_("Legal review")),
            TrainerApprovalTask.objects.create(name=_("Approval by a trainer")),
        )
        for order, task in enumerate(tasks):
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page_id=catalogue.pk)
    return workflow
