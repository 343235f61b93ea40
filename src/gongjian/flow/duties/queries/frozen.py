"""The number of a paper as it is kept, and the digest of what was issued under it."""

import hashlib
import json
from typing import Any


def doc_no_tidied(typed: str) -> str:
    """〔 〕 whatever brackets were typed, without spaces.

    >>> doc_no_tidied(" 诸攻坚办发 [2020] 12 号")
    '诸攻坚办发〔2020〕12号'
    """
    bare = "".join(typed.split())
    for opening, closing in ("[]", "［］", "【】", "()", "（）"):
        bare = bare.replace(opening, "〔").replace(closing, "〕")
    return bare


def canonical(content: dict[str, Any]) -> bytes:
    """The bytes whose digest is kept: keys in order, nothing between."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: dict[str, Any]) -> str:
    """The digest that is kept of an issued list."""
    return hashlib.sha256(canonical(content)).hexdigest()
