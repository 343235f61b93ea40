"""What a rule says when it does not allow something: a code for programs, a sentence for people."""


class Refused(Exception):
    """An act that is not allowed now, with the sentence that says what stands in the way."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class Missing(Refused):
    """What is not there, or not for this reader: the two are told apart to nobody."""


class Conflict(Refused):
    """Somebody else changed the row meanwhile; both values are shown, none is lost.

    `mine` and `theirs` hold one entry a field that differs: label → value as a person reads it.
    """

    def __init__(
        self, code: str, sentence: str, *, mine: dict[str, str], theirs: dict[str, str]
    ) -> None:
        super().__init__(code, sentence)
        self.mine = mine
        self.theirs = theirs
