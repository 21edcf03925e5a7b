"""Why events were not linked."""


class LinkRefused(Exception):
    """What is in the way: one sentence, with its remedy."""

    @property
    def problems(self) -> list[str]:
        """What is to be said to whoever asked."""
        return [str(self)]
