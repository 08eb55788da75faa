"""Tries each part of a site for real, and says in a sentence what to do about it."""
