"""Whose certificates are trusted: read once a process, since it takes tens of milliseconds."""

import ssl
from functools import cache

import httpx2


@cache
def trusted() -> ssl.SSLContext:
    """Return the context of every HTTPS client of ours."""
    return httpx2.create_ssl_context(trust_env=False)
