"""Looking into a file that somebody sent: the part that must run apart, because parsers can be attacked.

Pure Python without Django and without settings: `python -m directives.inspection KIND SOURCE COPY` is a child
process with little memory, little time and no secret in its environment. It answers with one JSON object.
"""


class Suspect(Exception):  # noqa: N818 - an answer about the file, not a failure of the program
    """The file is not taken; the argument is one word that `directives.files` turns into a sentence."""

    def __init__(self, word: str):
        self.word = word
        super().__init__(word)
