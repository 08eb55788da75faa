"""Keeping a site: one archive of all it holds, and putting it back.

`schema` knows which tables there are at which state of the migrations, `snapshot` reads
them at one moment, `archive` is the file and `rows` a line of it, `writing` fills it,
`loading` puts rows into a new database, `places` builds that beside the site's and then
swaps both. `restoring` and `moving` are the verbs, `daily` what the beat asks for.
"""


class CannotKeep(Exception):
    """Why nothing was done, to the operator; what was there is as it was."""


class InUse(CannotKeep):
    """Somebody else is at it."""
