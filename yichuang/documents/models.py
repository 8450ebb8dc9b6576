import json
from typing import Any

from django.db import models

from yichuang.documents.rules import KINDS
from yichuang.kit.secret import unseal


class Counter(models.Model):
    """The last number given out under a key; gaps are allowed unless the caller's transaction holds it."""

    key = models.CharField(max_length=80, primary_key=True)
    value = models.BigIntegerField()


class Paper(models.Model):
    """A document as it was issued (文书): frozen content, sealed at rest; its PDF is only a rendering of it."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=60, unique=True, help_text="文号")
    subject = models.CharField(max_length=60)
    party = models.BigIntegerField(null=True)
    content_sealed = models.TextField()
    content_sm3 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=100)
    verification_code = models.CharField(max_length=20, unique=True, help_text="验证码，印在文书上")
    rendering = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    rendering_failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="paper_kind_known", condition=models.Q(kind__in=sorted(KINDS))),
            models.CheckConstraint(name="paper_sealed", condition=~models.Q(content_sealed="")),
        ]
        indexes = [
            models.Index(name="paper_subject", fields=["subject", "id"]),
            models.Index(
                name="paper_unrendered", fields=["rendering_failures", "id"], condition=models.Q(rendering=None)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        return KINDS[self.kind].title

    @property
    def content_text(self) -> str:
        """The frozen canonical JSON, as it was fingerprinted."""
        return unseal(self.content_sealed, table="paper", column="content", row=self.pk)

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.content_text)
        return content
