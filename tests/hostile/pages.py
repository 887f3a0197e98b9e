"""Whole articles, written by us, for the sites that mean no harm and for the pages that only look strange."""

from __future__ import annotations

LINES = (
    "Palangka Raya - Kepolisian Daerah Kalimantan Tengah mengimbau warga agar tidak membakar lahan pada musim kering ini.",
    "Kabid Humas Polda Kalteng Kombes Pol Surya Nata mengatakan, asap mengganggu jarak pandang pengendara di jalan lintas.",
    "Warga yang melihat titik api diminta segera melapor ke layanan 110 atau kantor polisi terdekat.",
)


def article(
    title: str = "Polda Kalteng imbau warga tidak bakar lahan", extra: str = "", lines: tuple[str, ...] = LINES
) -> str:
    """An article page in HTML."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f'<meta charset=utf-8><title>{title}</title><meta property="article:published_time" content="2026-11-20T09:00:00+07:00">'
    return (
        f"<!doctype html><html><head>{head}</head><body><article><h1>{title}</h1>{body}{extra}</article></body></html>"
    )


def feed(*links: str) -> str:
    """An RSS feed."""
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
