from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.decision import Decision


class LogEntry(models.Model):
    """A public decision as it was sealed into the chain. Append-only, like decisions.

    The body has no text that a person wrote, only a digest of the explanation, so
    that nothing about a person is ever bound into the chain.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="log_entry"
    )
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.hash[:12]}"
