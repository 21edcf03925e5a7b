"""Why a release is not made, withdrawn or made again."""


class ReleaseRefused(Exception):
    """It is refused; ``problems`` says each reason, and what to do, in a sentence."""

    def __init__(self, *problems: str) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problems))
