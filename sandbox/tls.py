"""Makes the self-signed certificate of the loopback server, once for each state directory."""

import datetime as dt
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LIFETIME = dt.timedelta(days=825)
"""Longest life that common clients accept for a certificate."""


def certificate(state_dir: Path) -> tuple[Path, Path]:
    """Paths of certificate and key; made at the first start, made again when nearly expired."""
    paths = state_dir / "tls.crt", state_dir / "tls.key"
    if not all(path.exists() for path in paths) or _nearly_expired(paths[0]):
        _make(*paths)
    return paths


def _nearly_expired(path: Path) -> bool:
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
    except ValueError:
        return True
    now = dt.datetime.now(dt.UTC)
    return found.not_valid_after_utc - now < dt.timedelta(days=7)


def _make(certificate_path: Path, key_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    key_path.touch(mode=0o600)
    key_path.write_bytes(pem)
    signed = _signed(key).public_bytes(serialization.Encoding.PEM)
    unfinished = certificate_path.with_suffix(".part")
    unfinished.write_bytes(signed)
    unfinished.replace(certificate_path)


def _signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Interloop sandbox")])
    now = dt.datetime.now(dt.UTC)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
