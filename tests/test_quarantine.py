"""Which pages are a guard's and not the site's."""

from __future__ import annotations

import pytest

from imbauan.exceptions import Quarantined
from imbauan.items import Page
from imbauan.quarantine import challenge_of
from imbauan.reading import read_page

LINE = "Polres mengimbau warga agar menyimpan dokumen di tempat tinggi dan menghubungi layanan 110 bila air naik lagi malam ini."
SCRIPT = "<script>(function(){var a='/cdn-cgi/challenge-platform/scripts/jsd/main.js'})()</script>"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue", "Cloudflare challenge"),
        ("<title>Access denied | warta.example used Cloudflare to restrict access</title>", "Cloudflare challenge"),
        (f"<title>warta.example</title>{SCRIPT}<p>Satu saat.", "Cloudflare challenge"),
        ("<title>Tunggu</title><p>Memeriksa peramban Anda sebelum masuk.", "browser check"),
        ("<html><script src='/_Incapsula_Resource?x=1'></script>", "Incapsula block"),
        ("<title>Access Denied</title><h1>Access Denied</h1>Reference&#32;&#35;18", "Akamai block"),
        ("<title>Apakah Anda robot?</title>", "captcha"),
        ("<title>403 Forbidden</title>nginx", "web firewall"),
    ],
)
def test_page_of_a_guard_is_told(page: str, kind: str) -> None:
    assert challenge_of(page.encode()) == kind
    with pytest.raises(Quarantined, match=f"challenge page: {kind}"):
        read_page(Page("https://warta.example/berita/1", "a", page.encode(), "2026-11-20T00:00:00+00:00"))


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Imbauan Polres soal banjir</title>{SCRIPT}" + f"<p>{LINE}</p>" * 5,
        f"<title>Berita</title>{SCRIPT}<article><p>{LINE}</p></article>",
        "<title>Polisi: moment penting bagi warga, just a moment</title><p>" + LINE,
        "<rss><channel><title>Terkini</title></channel></rss>",
        "",
    ],
)
def test_ordinary_page_is_no_challenge_though_a_guard_puts_its_script_there(page: str) -> None:
    assert challenge_of(page.encode()) is None
