"""Refusals in the schema of the European Commission's DSA Transparency Database."""
