"""While somebody writes, and what becomes of the text when it is edited."""
