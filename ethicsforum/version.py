"""The version of the code, as in pyproject.toml, which an image may not have."""

VERSION = "0.1.0"
