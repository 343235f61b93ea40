"""Small PDFs, written object by object, so that a test shows the page it is about.

The font is the one every reader knows by name for simplified Chinese; nothing is embedded.
Units: points from the lower left corner, as in the file itself.
"""

import hashlib
from collections.abc import Iterable, Sequence

A4 = (595, 842)
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]>>]>>"
)
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
IDENTITY = bytes(16)


def text(line: str, x: float = 72, y: float = 700, size: float = 16, *, matrix: str = "") -> str:
    """One line of text; `matrix` sets it at another place or angle than x and y."""
    code = line.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {matrix or f'1 0 0 1 {x} {y}'} Tm <{code}> Tj ET\n"


def column(
    lines: Iterable[str], x: float = 72, y: float = 700, size: float = 16, step: float = 28
) -> str:
    """Lines one below the other; a fullwidth blank at the start of a line is an indent."""
    drawn = []
    for number, line in enumerate(lines):
        bare = line.lstrip("\u3000")
        indent = (len(line) - len(bare)) * size
        drawn.append(text(bare, x + indent, y - number * step, size))
    return "".join(drawn)


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def table(
    rows: Sequence[Sequence[str | None]], xs: Sequence[float], top: float, high: float = 30
) -> str:
    """A ruled table. None continues the cell above, '<' the cell to the left."""
    drawn = [rule(xs[0], top, xs[-1], top)]
    for number, row in enumerate(rows):
        roof, floor = top - number * high, top - (number + 1) * high
        below = rows[number + 1] if number + 1 < len(rows) else [""] * len(row)
        for place, cell in enumerate(row):
            left, right = xs[place], xs[place + 1]
            if cell != "<":
                drawn.append(rule(left, floor, left, roof))
            if below[place] is not None:
                drawn.append(rule(left, floor, right, floor))
            for line, words in enumerate((cell or "").strip("<").split("\n")):
                if words:
                    drawn.append(text(words, left + 4, roof - 13 - 12 * line, 10))
        drawn.append(rule(xs[-1], floor, xs[-1], roof))
    return "".join(drawn)


def picture(width: float = 595, height: float = 842) -> str:
    return f"q {width} 0 0 {height} 0 0 cm /I1 Do Q\n"


def pdf(
    *pages: str,
    size: tuple[int, int] = A4,
    page: str = "",
    password: str | None = None,
    kids: str | None = None,
    more: Sequence[str] = (),
) -> bytes:
    """A file of these pages. `page` is added to each; `kids` takes the place of the page tree's.

    `more` are objects after those of the pages, each an entry and a stream, '' for none.
    """
    first = 5
    numbers = range(first, first + 2 * len(pages), 2)
    tree = kids if kids is not None else " ".join(f"{number} 0 R" for number in numbers)
    objects: dict[int, tuple[str, bytes | None]] = {
        1: ("<</Type/Catalog/Pages 2 0 R>>", None),
        2: (f"<</Type/Pages/Kids[{tree}]/Count {len(pages)}>>", None),
        3: (FONT, None),
        4: (
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            "/BitsPerComponent 8/Length 1>>",
            b"\x80",
        ),
    }
    for number, content in zip(numbers, pages, strict=True):
        box = f"/MediaBox[0 0 {size[0]} {size[1]}]" if "/MediaBox" not in page else ""
        resources = "/Resources<</Font<</F1 3 0 R>>/XObject<</I1 4 0 R>>>>"
        entries = f"/Type/Page/Parent 2 0 R{box}{resources}/Contents {number + 1} 0 R{page}"
        objects[number] = (f"<<{entries}>>", None)
        stream = content.encode("latin-1")
        objects[number + 1] = (f"<</Length {len(stream)}>>", stream)
    after = first + 2 * len(pages)
    for number, (head, held) in enumerate(zip(more[::2], more[1::2], strict=True)):
        objects[after + number] = (f"<<{head}>>", held.encode() if held else None)
    return _written(objects, password)


def _written(objects: dict[int, tuple[str, bytes | None]], password: str | None) -> bytes:
    key, lock = _lock(password) if password is not None else (None, "")
    out = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, (head, stream) in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{head}\n".encode()
        if stream is not None:
            if key is not None:
                salt = number.to_bytes(3, "little") + b"\0\0"
                stream = rc4(hashlib.md5(key + salt).digest()[:10], stream)
            out += b"stream\n" + stream + b"\nendstream\n"
        out += b"endobj\n"
    start = len(out)
    out += f"xref\n0 {max(places) + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, max(places) + 1):
        out += f"{places[number]:010d} 00000 n \n".encode()
    ids = f"/ID[<{IDENTITY.hex()}><{IDENTITY.hex()}>]"
    out += f"trailer\n<</Size {max(places) + 1}/Root 1 0 R{ids}{lock}>>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def _lock(password: str) -> tuple[bytes, str]:
    """The key and the entry of the oldest way to encrypt a PDF: RC4 with 40 bits."""
    user = (password.encode() + PADDING)[:32]
    owner = rc4(hashlib.md5((b"owner" + PADDING)[:32]).digest()[:5], user)
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(user + owner + rights + IDENTITY).digest()[:5]
    check = rc4(key, PADDING)
    return key, f"/Encrypt<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{check.hex()}>/P -4>>"


def rc4(key: bytes, content: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
