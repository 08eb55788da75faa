"""The demo content of `make run`: our own articles and discussions."""
