class Refusal(Exception):
    """The forum can't run, for a reason that one sentence explains."""
