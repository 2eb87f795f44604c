"""Named contributions of plugins: collected once, checked, then frozen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """A contribution with a name of its own."""

    @property
    def name(self) -> str:
        """Return the name, unique among its kind."""
        ...


T = TypeVar("T", bound=Named)


class NameTaken(RuntimeError):
    """Two plugins contribute the same name."""


class Registry(Mapping[str, T], Generic[T]):
    """An immutable table of contributions by name, in the order of the plugins."""

    def __init__(self, kind: str, items: Iterable[T]) -> None:
        """Collect the contributions; raises NameTaken when a name comes twice."""
        table: dict[str, T] = {}
        for item in items:
            if item.name in table:
                message = f"{kind} «{item.name}» is contributed twice; give one of them another name"
                raise NameTaken(message)
            table[item.name] = item
        self._table = table

    def __getitem__(self, name: str) -> T:
        """Return the contribution of this name; raises KeyError."""
        return self._table[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._table)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._table)
