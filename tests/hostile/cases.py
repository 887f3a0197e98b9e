"""The cases: what a page's server does, and what must become of the page."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from collections.abc import Callable
from functools import cache

import brotli

from imbauan.download.decompress import zstd
from tests.hostile.pages import LINES, article
from tests.hostile.server import Exchange

PAGES: dict[str, tuple[str, str, Callable[[Exchange], None]]] = {}
"""Name → (outcome, words of its reason, server)."""
HTML = "Content-Type: text/html; charset=utf-8"


def page(outcome: str, reason: str = "") -> Callable[[Callable[[Exchange], None]], None]:
    """Register a case under its function's name."""

    def register(serve: Callable[[Exchange], None]) -> None:
        PAGES[serve.__name__.strip("_").replace("_", "-")] = (outcome, reason, serve)

    return register


@cache
def zeros() -> bytes:
    """30 MB that compress to almost nothing, after the beginning of an article."""
    return article().encode() + b" " * 30_000_000


def packed(x: Exchange, encoding: str, body: bytes) -> None:
    """A compressed answer."""
    x.answer(body, f"Content-Encoding: {encoding}", HTML)


# -- sizes -------------------------------------------------------------------------------------------------------------


@page("failed", "too large")
def gzip_bomb(x: Exchange) -> None:
    packed(x, "gzip", gzip.compress(zeros(), 9))


@page("failed", "too large")
def deflate_bomb(x: Exchange) -> None:
    packed(x, "deflate", zlib.compress(zeros(), 9))


@page("failed", "too large")
def brotli_bomb(x: Exchange) -> None:
    packed(x, "br", brotli.compress(zeros(), quality=4))


@page("failed", "too large")
def zstd_bomb(x: Exchange) -> None:
    packed(x, "zstd", zstd.compress(zeros()))


@page("failed", "too large")
def bomb_in_a_bomb(x: Exchange) -> None:
    packed(x, "gzip, gzip", gzip.compress(gzip.compress(zeros(), 9), 9))


@page("failed", "too large")
def twenty_encodings(x: Exchange) -> None:
    packed(x, ", ".join(["gzip"] * 20), gzip.compress(b"x"))


@page("failed", "larger than download max size")
def fifty_megabytes_announced(x: Exchange) -> None:
    x.answer(b"<p>x</p>", length=50_000_000)


@page("failed", "")
def fifty_megabytes_sent(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    for _ in range(50):
        x.send(b"<p>" + b"x" * 1_000_000)


@page("failed", "")
def endless_chunks(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    x.flood(b"10000\r\n" + b"x" * 65536 + b"\r\n")


@page("failed", "longer than")
def dripping_body(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    x.drip(b"<p>a")


@page("failed", "longer than")
def silent(x: Exchange) -> None:
    x.stop.wait(60)


@page("failed", "longer than")
def dripping_headers(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\n")
    x.drip(b"X-A: b\r\n")


@page("failed", "headers")
def header_flood(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\n")
    x.flood(b"X-Filler: " + b"y" * 900 + b"\r\n")


@page("failed", "")
def endless_header_line(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\nX-Filler: ")
    x.flood(b"y" * 8000)


@page("failed", "headers")
def endless_continue(x: Exchange) -> None:
    x.flood(b"HTTP/1.1 100 Continue\r\n\r\n" * 500)


# -- bodies that are not whole -----------------------------------------------------------------------------------------


@page("quarantined", "half a body")
def shorter_than_its_length(x: Exchange) -> None:
    x.answer(article(), length=len(article()) + 5000)


@page("quarantined", "half a body")
def chunks_cut_off(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    half = article().encode()[:500]
    x.send(f"{len(half):x}\r\n".encode() + half + b"\r\n")


@page("quarantined", "half a body")
def gzip_cut_off(x: Exchange) -> None:
    packed(x, "gzip", gzip.compress(article(extra="".join(map(str, range(3000)))).encode())[:-900])


@page("quarantined", "half a body")
def gzip_damaged(x: Exchange) -> None:
    data = bytearray(gzip.compress(article(extra="".join(map(str, range(3000)))).encode()))
    data[len(data) // 2] ^= 0xFF
    packed(x, "gzip", bytes(data))


@page("quarantined", "half a body")
def brotli_cut_off(x: Exchange) -> None:
    packed(x, "br", brotli.compress(article(extra="".join(map(str, range(3000)))).encode())[:-300])


@page("quarantined", "half a body")
def zstd_cut_off(x: Exchange) -> None:
    packed(x, "zstd", zstd.compress(article(extra="".join(map(str, range(3000)))).encode())[:-300])


@page("quarantined", "half a body")
def closed_without_a_length(x: Exchange) -> None:
    x.send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + article().encode()[:600])


@page("quarantined", "half a body")
def unknown_encoding(x: Exchange) -> None:
    packed(x, "rot13", article().encode())


@page("stored")
def whole_without_a_length(x: Exchange) -> None:
    x.send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + article().encode())


@page("stored")
def plain_text_called_gzip(x: Exchange) -> None:
    packed(x, "gzip", article().encode())


@page("failed", "empty")
def empty(x: Exchange) -> None:
    x.answer(b"")


@page("failed", "")
def closed_at_once(x: Exchange) -> None:
    return


@page("failed", "")
def reset(x: Exchange) -> None:
    import socket

    x.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@page("failed", "")
def no_http(x: Exchange) -> None:
    x.send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


@page("failed", "")
def two_lengths(x: Exchange) -> None:
    x.answer(article(), "Content-Length: 7")


@page("failed", "")
def senseless_length(x: Exchange) -> None:
    x.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -5\r\n\r\n<p>x")


# -- redirects ---------------------------------------------------------------------------------------------------------


def moved(x: Exchange, target: str) -> None:
    """A redirect."""
    x.answer(b"", f"Location: {target}", status="302 Found")


@page("failed", "")
def redirect_loop(x: Exchange) -> None:
    moved(x, x.path)


@page("failed", "")
def redirects_without_end(x: Exchange) -> None:
    moved(x, f"/page-{x.path.rpartition('-')[2] or 0}1")


@page("failed", "")
def redirect_to_a_file(x: Exchange) -> None:
    moved(x, "file:///etc/hostname")


@page("failed", "")
def redirect_to_data(x: Exchange) -> None:
    moved(x, "data:text/html,<p>halo")


@page("failed", "")
def redirect_to_ftp(x: Exchange) -> None:
    moved(x, "ftp://127.0.0.1/x")


@page("failed", "")
def redirect_to_nonsense(x: Exchange) -> None:
    moved(x, "http://[half/")


@page("forbidden", "address not public")
def redirect_to_metadata(x: Exchange) -> None:
    moved(x, "http://169.254.169.254/latest/meta-data/")


@page("forbidden", "address not public")
def meta_refresh_to_metadata(x: Exchange) -> None:
    x.answer('<meta http-equiv="refresh" content="0; url=http://169.254.169.254/latest/"><p>tunggu')


@page("removed", "homepage")
def redirect_to_the_homepage(x: Exchange) -> None:
    x.answer(article()) if x.path == "/" else moved(x, "/")


# -- walls -------------------------------------------------------------------------------------------------------------


@page("quarantined", "soft 404")
def soft_404(x: Exchange) -> None:
    x.answer(
        "<html><title>Halaman tidak ditemukan - Warta</title><body><h1>Oops</h1><p>Kembali ke beranda.</p></body></html>"
    )


@page("quarantined", "soft 404")
def soft_404_in_the_text(x: Exchange) -> None:
    x.answer(
        "<html><title>Warta</title><body><p>Maaf, berita yang Anda cari tidak ditemukan. Silakan kembali.</p></body></html>"
    )


@page("quarantined", "login page")
def login(x: Exchange) -> None:
    x.answer("<html><title>Masuk | Warta</title><form><input name=u><input type=password></form></html>")


@page("quarantined", "consent page")
def consent(x: Exchange) -> None:
    x.answer(
        "<html><title>Sebelum melanjutkan</title><p>Kami menggunakan cookie. <button>Terima semua</button></p></html>"
    )


@page("quarantined", "challenge page")
def challenge(x: Exchange) -> None:
    x.answer(
        "<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Checking your browser</p></html>"
    )


@page("quarantined", "challenge page")
def script_shell(x: Exchange) -> None:
    x.answer(
        "<html><title>Warta</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript></html>"
    )


# -- contents ----------------------------------------------------------------------------------------------------------


@page("quarantined", "")
def nested_100_000_deep(x: Exchange) -> None:
    x.answer("<html><body>" + "<div>" * 100_000 + "teks" + "</div>" * 100_000)


@page("quarantined", "too many tags")
def a_million_tags(x: Exchange) -> None:
    x.answer("<html><body>" + "<b>x</b>" * 500_000)


@page("quarantined", "")
def one_attribute_of_five_megabytes(x: Exchange) -> None:
    x.answer(f"<html><body><p title='{'x' * 5_000_000}'></p></body></html>")


@page("quarantined", "")
def binary_called_html(x: Exchange) -> None:
    x.answer(bytes(range(256)) * 400)


@page("failed", "not HTML")
def an_image(x: Exchange) -> None:
    x.answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "Content-Type: image/png")


@page("quarantined", "mojibake")
def encoded_twice(x: Exchange) -> None:
    text = tuple(f"“{line}” – kata “Kapolres”." for line in LINES)
    x.answer(article(lines=text).encode().decode("cp1252", "ignore").encode())


@page("stored")
def utf8_called_latin1(x: Exchange) -> None:
    lines = (*LINES, "“Jangan panik,” ujarnya – pelan.")
    x.answer(article(lines=lines).replace("<meta charset=utf-8>", ""), "Content-Type: text/html; charset=iso-8859-1")


@page("stored")
def cp1252_called_utf8(x: Exchange) -> None:
    lines = (*LINES, "“Jangan panik,” ujarnya – pelan.")
    x.answer(article(lines=lines).encode("cp1252"))


@page("stored")
def charset_that_does_not_exist(x: Exchange) -> None:
    x.answer(article(), "Content-Type: text/html; charset=klingon-8")


@page("stored")
def nul_bytes(x: Exchange) -> None:
    x.answer(article(lines=tuple(line.replace(" ", " \0", 1) for line in LINES)))


@page("stored")
def lone_surrogates(x: Exchange) -> None:
    x.answer(article(lines=(*LINES, "Laporan &#xD83D; dan &#55357; serta &#x110000; diterima petugas jaga.")))


@page("stored")
def zero_width_and_bidi(x: Exchange) -> None:
    x.answer(article(lines=(*LINES, "Ha\u200bti-ha\u200dti \u202eslafret\u202c di jalan raya malam ini.")))


@page("stored")
def entity_bomb(x: Exchange) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    x.answer(bomb + article().replace("<!doctype html>", "").replace("</article>", "<p>&b;&b;</p></article>"))


@page("stored")
def terminal_escapes(x: Exchange) -> None:
    x.answer(article(title="Polda \x1b[2J\x1b]0;jahat\x07imbau warga tidak bakar lahan"))


@page("stored")
def broken_links(x: Exchange) -> None:
    x.answer(article(extra="<a href='http://[bad'>x</a><a href='http://a:b:c/'>y</a><a href='//'>z</a>"))


@page("stored")
def json_bomb_in_the_page(x: Exchange) -> None:
    x.answer(article(extra=f"<script type=application/ld+json>{'[' * 100_000}{json.dumps('x')}</script>"))
