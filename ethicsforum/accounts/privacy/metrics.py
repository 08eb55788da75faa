"""What a monitor is told of exports and deletions."""

from ethicsforum.accounts.privacy.models import Deletion, Export
from ethicsforum.metrics import queues

queues.in_queue("maintenance", Export.objects.unmade, "asked_at")
queues.in_queue("maintenance", Deletion.objects.due, "due_at")
queues.outbox(Export.objects.all, "ready_at")
queues.outbox(Deletion.objects.all, "asked_at")
