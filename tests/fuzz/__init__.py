"""Anything at all, sent to every address: never an error of ours, never a page that
holds what was sent as more than text."""
