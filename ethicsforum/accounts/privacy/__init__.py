"""What the forum holds of a person: taken along, deleted, kept for so long."""
