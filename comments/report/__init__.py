"""The transparency report: gathered, reckoned, drawn."""
