"""What a check says when the machine has not what it needs."""


class Unavailable(Exception):
    """Something is not on this machine and cannot be put there; the text says what, in one line. The check is not run."""
