"""Whole answers to readers who have no session, given before Django begins.

A view marks what it answers with the keys of what is in it (`marking.keep`); an
action says which keys are stale (`telling.stale`); each web process remembers answers
(`memory`, `answers`), hears what is stale (`listening`) and answers (`front`).
"""
