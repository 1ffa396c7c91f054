"""Personal links: a random token in the mail, its hash in the database.

The token stands behind `#`, so that no server, proxy or referrer log ever holds it; the page
posts it to redeem it, once.
"""

import hashlib
import secrets


def new_link_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def link_hash(token: str) -> bytes:
    """Return what is stored of a token: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def link_url(app_url: str, token: str) -> str:
    """Return the address that goes into the mail."""
    return f"{app_url.rstrip('/')}/c/#{token}"
