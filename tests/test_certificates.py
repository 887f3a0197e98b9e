"""Certificates are verified; one source may be excepted, and the dataset says so."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from local_site import article, feed, path_of, serving, table


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "own.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize(("line", "stored"), [("verify = true", 0), ("verify = false", 1)])
def test_unknown_certificate_is_refused_unless_the_source_is_excepted(tmp_path: Path, line: str, stored: int) -> None:
    with serving() as site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self_signed(tmp_path))
        site.socket = context.wrap_socket(site.socket, server_side=True)
        base = site.base.replace("http:", "https:")
        site.put(path_of(1), article(1))
        site.put("/rss", feed(base, [path_of(1)]), "application/rss+xml")
        own = tmp_path / "own.toml"
        entry = f'[[source]]\nid = "a"\nname = "A"\nhomepage = "{base}/"\nfeeds = ["{base}/rss"]\ndelay = 0\n{line}\n'
        own.write_text(entry)
        command = [sys.executable, "-m", "imbauan", "crawl", "--sources", str(own), "--db", str(tmp_path / "a.db")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert table(tmp_path / "a.db", "SELECT COUNT(*) FROM advisories") == [(stored,)], done.stderr
    assert table(tmp_path / "a.db", "SELECT verify FROM sources") == [(stored == 0,)]
    assert done.returncode == (1 if stored == 0 else 0)
    ((state, message),) = table(tmp_path / "a.db", "SELECT state, message FROM source_health")
    if stored:
        assert (state, message) == ("healthy", None)
    else:
        (told,) = done.stderr.splitlines()
        assert state == "new" and "its certificate is not valid" in message and "certificate is not valid" in told


def test_certificate_of_another_host_is_refused_until_the_source_is_broken(tmp_path: Path) -> None:
    with serving("127.0.0.3") as site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self_signed(tmp_path))
        site.socket = context.wrap_socket(site.socket, server_side=True)
        base = site.base.replace("http:", "https:")
        own = tmp_path / "own.toml"
        own.write_text(f'[[source]]\nid = "a"\nname = "A"\nhomepage = "{base}/"\nfeeds = ["{base}/rss"]\ndelay = 0\n')
        # Trusted by whom it names: only the host differs.
        trusting = os.environ | {"SSL_CERT_FILE": str(tmp_path / "own.pem")}
        command = [sys.executable, "-m", "imbauan", "crawl", "--sources", str(own), "--db", str(tmp_path / "a.db")]
        for _ in range(3):
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=trusting)
        checked = subprocess.run(
            [sys.executable, "-m", "imbauan", "sources", "check", "--sources", str(own)], capture_output=True, text=True
        )
        assert not site.asked
    ((state, message),) = table(tmp_path / "a.db", "SELECT state, message FROM source_health")
    assert state == "broken" and "its certificate is not valid" in message and done.returncode == 1
    assert checked.returncode == 1 and "`verify = false`" in checked.stdout
