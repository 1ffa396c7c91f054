"""The key of the sandbox's service account, once for each state directory."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from sandbox.google.access import AUDIENCE, KEY_ID, SERVICE_ACCOUNT


def service_key(state_dir: Path) -> RSAPrivateKey:
    """The key; made at the first start and kept, so that connections outlive a restart."""
    path = state_dir / "google.key"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(_pem(rsa.generate_private_key(65537, 2048)))
        unfinished.replace(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


def key_file(key: RSAPrivateKey) -> dict[str, str]:
    """The file that Google's console gives out for a service account."""
    return {
        "type": "service_account",
        "project_id": "sandbox",
        "private_key_id": KEY_ID,
        "private_key": _pem(key).decode("ascii"),
        "client_email": SERVICE_ACCOUNT,
        "client_id": "1",
        "token_uri": AUDIENCE,
    }


def _pem(key: RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
