"""One spelling for PostgreSQL, character by character: no accents, no punctuation.

Its parser would take "doctors/patients" for the name of a file and "end.Next" for a
host, and it keeps accents. Every character becomes one character, so that a place in
the folded text is the same place in the text. SQLite's tokenizer does all this itself.
"""

import string
import unicodedata


def _accented() -> dict[str, str]:
    """The Latin letters of Europe that are an ASCII letter with marks."""
    letters = {chr(code): chr(code) for code in range(0xC0, 0x180)}
    bases = {char: unicodedata.normalize("NFD", char)[0] for char in letters}
    return {char: base for char, base in bases.items() if base.isascii()}


FOLDS = _accented() | dict.fromkeys(string.punctuation, " ")
FROM = "".join(FOLDS)
TO = "".join(FOLDS.values())
_TABLE = str.maketrans(FOLDS)


def fold(text: str) -> str:
    return text.translate(_TABLE)
