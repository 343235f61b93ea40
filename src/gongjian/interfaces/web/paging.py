"""Long lists, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

SIZE = 40


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a list are shown, and the addresses of the pages beside it."""

    number: int
    total: int
    size: int
    query: str

    @classmethod
    def of(cls, given: Mapping[str, str], *, total: int, size: int = SIZE) -> "Page":
        """The page of ?page=, at most the last; all else of the address is kept."""
        last = max(-(-total // size), 1)
        typed = given.get("page", "")
        number = min(max(int(typed) if typed.isdecimal() and len(typed) < 9 else 1, 1), last)
        kept = {name: value for name, value in given.items() if name != "page" and value}
        return cls(number, total, size, urlencode(kept))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def shown(self) -> int:
        return min(self.size, self.total - self.offset)

    @property
    def previous(self) -> str | None:
        return self._address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        return self._address(self.number + 1) if self.offset + self.size < self.total else None

    def _address(self, number: int) -> str:
        return f"?{self.query}&page={number}" if self.query else f"?page={number}"
