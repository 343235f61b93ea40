"""A stream of an OLE compound file, by its name."""

import struct

FREE = 0xFFFFFFFA  # sector numbers from here on mean: none, end, or a table of the file itself
HEADER = 512
LISTED = 109  # sectors of the table that the header itself lists


def stream(content: bytes, *names: str) -> bytes:
    """The first stream that has one of these names.

    Missing: empty where there is none. Errors: none; a chain that runs in a circle or out of the
    file ends there. Source: MS-CFB.
    """
    if len(content) < HEADER:
        return b""
    return _Compound(content).stream(names)


class _Compound:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift = min(max(int.from_bytes(content[30:32], "little"), 7), 16)
        self._size = 1 << shift
        self._table = self._numbers(self._table_sectors())
        self._folder = self._chain(int.from_bytes(content[48:52], "little"))

    def stream(self, names: tuple[str, ...]) -> bytes:
        small_below = int.from_bytes(self._content[56:60], "little")
        entries = [self._folder[at : at + 128] for at in range(0, len(self._folder) - 127, 128)]
        for name in names:
            wanted = name.encode("utf-16-le") + b"\0\0"
            for entry in entries:
                if entry.startswith(wanted) and entry[66] == 2:
                    start, size = struct.unpack_from("<II", entry, 116)
                    if size >= small_below:
                        return self._chain(start)[:size]
                    return self._small(entries[0], start)[:size]
        return b""

    def _small(self, root: bytes, start: int) -> bytes:
        """A stream of the small sectors that stand in the root's own stream."""
        held = self._chain(struct.unpack_from("<I", root, 116)[0])
        table = self._numbers(self._sectors(int.from_bytes(self._content[60:64], "little")))
        parts: list[bytes] = []
        while start < len(table) and len(parts) <= len(table):
            parts.append(held[start * 64 : start * 64 + 64])
            start = table[start]
        return b"".join(parts)

    def _table_sectors(self) -> list[int]:
        listed = list(struct.unpack_from(f"<{LISTED}I", self._content, 76))
        following, count = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(count, len(self._content) // self._size)):
            if following >= FREE:
                break
            *more, following = self._numbers([following]) or (FREE,)
            listed += more
        return [sector for sector in listed if sector < FREE]

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        held = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4])

    def _sectors(self, start: int) -> list[int]:
        found: list[int] = []
        while start < len(self._table) and len(found) <= len(self._table):
            found.append(start)
            start = self._table[start]
        return found

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._sectors(start)))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]
