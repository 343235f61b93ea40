"""The secret of a second factor, and the picture a phone reads it from."""

import base64
import secrets
from urllib.parse import quote, urlencode

import segno
from django.utils.translation import gettext as _


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 asks; no padding at that length."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def spaced(secret: str) -> str:
    """In groups of four, as people type it."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def qr_picture(secret: str, username: str) -> str:
    """A data: address of an SVG; the content policy allows it, and nothing leaves the machine."""
    issuer = _("攻坚")
    label = quote(f"{issuer}:{username}")
    query = urlencode({"secret": secret, "issuer": issuer})
    code = segno.make(f"otpauth://totp/{label}?{query}", error="m")
    return code.svg_data_uri(scale=5, border=2, dark="#000", light="#fff")
