"""What a check says when the machine has not what it needs."""


class Unavailable(Exception):
    """Something is not on this machine and cannot be put there: what, in one line. The check is not run.

    Of a longer text, such as a compiler's, the first and the last line are taken.
    """

    def __init__(self, text):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        super().__init__(" ".join(dict.fromkeys((lines[0], lines[-1]))))
