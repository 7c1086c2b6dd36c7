# ruff: noqa: UP004  (read by old Pythons too)
"""What one look at a computer has found."""

WORKS, LIMIT, FAILS, UNASKED = "works", "works with a limit", "does not work", "not asked"
VERDICTS = (WORKS, LIMIT, FAILS, UNASKED)


class Finding(object):
    """A verdict about one thing: its cause in a sentence, and what to do otherwise in one or two.

    `key` is the short name in the JSON file, `name` the one that people read, `facts` numbers and texts behind it.
    """

    def __init__(self, key, name, verdict, cause, advice="", **facts):
        if verdict not in VERDICTS:
            raise ValueError("verdict is %r; it must be one of %s" % (verdict, ", ".join(VERDICTS)))  # noqa: UP031
        self.key, self.name, self.verdict, self.cause, self.advice, self.facts = (
            key, name, verdict, cause, advice, facts)

    @property
    def is_fine(self):
        """Whether nothing stands in the way; what was not asked does not either."""
        return self.verdict != FAILS

    def document(self):
        """The finding as the JSON file holds it."""
        return {"key": self.key, "name": self.name, "verdict": self.verdict, "cause": self.cause,
                "advice": self.advice, "facts": self.facts}
