"""Broken files out of whole ones: bits, blocks, tags, parts of a package. One seed, one file."""

import io
import random
import re
import zipfile
from collections.abc import Callable

TAG = re.compile(rb"<[^<>]*>")
VALUE = re.compile(rb'="[^"]*"')
EXTREMES = (
    b"0",
    b"-1",
    b"999999",
    b"2147483648",
    b"1e308",
    b"",
    b"\xe4\xb8\x80" * 300,
    b"9" * 5000,
)
WORDS = [
    *("150个", "达到12.5%以上", "３０亿元", "二〇二〇年", "1-2", "0", "9" * 400, "-", "%", "亿"),
    *("，", "。", "；；", "（", "）", "“", "《", "一、", "①", "机密★", "不低于", "增长", "\u3000"),
    *("（牵头单位：", "到2020年底", "等十个行动", "\u202e", "\u200b", "\x01", "\x0c", "\ud800"),
    *("\U0001f600", "\u0301" * 50, "\r", "\n\n", "\t"),
]
LARGEST = 4_000_000  # bytes: what grows is cut here, so that a run measures readers and not us
Mutation = Callable[[bytes, random.Random], bytes]


def mutated(content: bytes, suffix: str, pick: random.Random) -> bytes:
    """One to four changes, each of a kind that suits the format."""
    for _ in range(pick.choice((1, 1, 1, 2, 2, 4))):
        content = pick.choice(KINDS.get(suffix, RAW))(content, pick)[:LARGEST]
    return content


def flip_bits(content: bytes, pick: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(pick.choice((1, 3, 30))):
        if changed:
            changed[pick.randrange(len(changed))] ^= 1 << pick.randrange(8)
    return bytes(changed)


def truncate(content: bytes, pick: random.Random) -> bytes:
    return content[: pick.randrange(len(content) + 1)]


def move_blocks(content: bytes, pick: random.Random) -> bytes:
    """A block deleted, put in twice, moved, or overwritten with one byte."""
    start, end = _slice(content, pick)
    block, rest = content[start:end], content[:start] + content[end:]
    place = pick.randrange(len(rest) + 1)
    return pick.choice(
        (
            rest,
            content[:end] + block * pick.choice((1, 2, 50)) + content[end:],
            rest[:place] + block + rest[place:],
            content[:start] + pick.choice((b"\x00", b"\xff", b" ")) * len(block) + content[end:],
            content[:start] + pick.randbytes(len(block)) + content[end:],
        )
    )


def splice_words(content: bytes, pick: random.Random) -> bytes:
    """Numbers, punctuation and controls, in the encoding of the file or in another one."""
    for _ in range(pick.choice((1, 5, 40))):
        place = pick.randrange(len(content) + 1)
        word = pick.choice(WORDS) * pick.choice((1, 1, 1, 30))
        encoding = pick.choice(("utf-8", "utf-8", "gb18030", "utf-16-le"))
        content = content[:place] + _encoded(word, encoding) + content[place:]
    return content


def change_tags(content: bytes, pick: random.Random) -> bytes:
    """A tag dropped, an element put in twice or deep into itself, an attribute made huge."""
    tags = list(TAG.finditer(content))
    if len(tags) < 2:
        return flip_bits(content, pick)
    first = pick.randrange(len(tags) - 1)
    last = min(len(tags) - 1, first + pick.choice((1, 2, 10, 200)))
    start, end = tags[first].start(), tags[last].end()
    piece, opening = content[start:end], tags[first][0]
    place = tags[pick.randrange(len(tags))].start()
    return pick.choice(
        (
            lambda: content[:start] + content[tags[first].end() :],
            lambda: content[:end] + piece * pick.choice((1, 3, 300)) + content[end:],
            lambda: content[:place] + piece + content[place:],
            lambda: content[:start] + opening * pick.choice((20, 300, 5000)) + content[start:],
            lambda: content[:start] + _revalued(piece, pick) + content[end:],
            lambda: content[:start] + piece.replace(b" ", b' x="%s" ' % pick.choice(EXTREMES), 1)
            + content[end:],
        )
    )()  # fmt: skip


def change_part(content: bytes, pick: random.Random) -> bytes:
    """One part of a package changed, dropped or renamed; its check sums are right again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except Exception:  # broken by an earlier change: it is bytes now
        return move_blocks(content, pick)
    if not parts:
        return content
    name = pick.choice([*parts, *(part for part in parts if part.endswith(".xml"))])
    kind = pick.choice((change_tags, change_tags, splice_words, flip_bits, truncate, None))
    held = parts.pop(name)
    if kind is not None:
        parts[name] = kind(held, pick)[:LARGEST]
    elif pick.random() < 0.5:
        parts[f"../{name}"] = held
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for path, inside in parts.items():
            package.writestr(zipfile.ZipInfo(path), inside, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


RAW: tuple[Mutation, ...] = (flip_bits, truncate, move_blocks)
KINDS: dict[str, tuple[Mutation, ...]] = {
    **dict.fromkeys((".docx", ".xlsx"), (*RAW, *(change_part,) * 6)),
    **dict.fromkeys((".txt", ".csv"), (*RAW, *(splice_words,) * 4)),
    ".html": (*RAW, *(splice_words,) * 2, *(change_tags,) * 5),
    ".pdf": (*RAW, splice_words, change_tags),
}


def _slice(content: bytes, pick: random.Random) -> tuple[int, int]:
    start = pick.randrange(len(content) + 1)
    return start, min(len(content), start + pick.choice((1, 16, 512, 8192)))


def _revalued(piece: bytes, pick: random.Random) -> bytes:
    held = b'="%s"' % pick.choice(EXTREMES)
    return VALUE.sub(lambda found: held if pick.random() < 0.3 else found[0], piece)


def _encoded(word: str, encoding: str) -> bytes:
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    return word.encode(encoding, errors)
