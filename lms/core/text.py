"""The type of a sentence for people: plain, or translated when it is shown."""

from typing import Protocol


class LazyText(Protocol):
    """A sentence that takes its language from the request that shows it."""

    def __str__(self) -> str:
        """Return the sentence in the language of the moment."""
        ...

    def __mod__(self, values: object) -> str:
        """Return the sentence with its named values filled in."""
        ...


Text = str | LazyText
