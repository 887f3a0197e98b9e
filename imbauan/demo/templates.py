"""The pages of the demo outlets as HTML, one function for each family of sites that they take their shape from."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imbauan.demo.newsroom import Story

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SWAPPED = str.maketrans({'"': "\u201d", ",": ",\u00a0"})


def long_date(moment: datetime, zone: str) -> str:
    """A date as outlets print it, such as `Jumat, 20 November 2026 16:05 WITA`."""
    return f"{DAYS[moment.weekday()]}, {moment.day} November {moment.year} {moment:%H:%M} {zone}"


def card(story: Story) -> str:
    """ANTARA's newer theme: cards, breadcrumbs, JSON-LD, the byline below the body and inside it."""
    dateline = f"{story.city} (ANTARA) - "
    also = '<span class="baca-juga"><b>Baca juga: <a href="{url}">{title}</a></b></span>'
    lead, rest = _bodies(story, dateline, also, "p")
    head = f"""<link rel="amphtml" href="{story.base}/amp{story.path}"><link rel="canonical" href="{story.url}">
<meta property="og:title" content="{escape(story.title)}">{_json_ld(story)}"""
    body = f"""<header><a href="/">{story.outlet}</a></header>
<ul class="breadcrumbs"><li class="breadcrumbs__item"><a href="/">Home</a></li>
<li class="breadcrumbs__item"><a href="/tag/daerah">Kabar daerah</a></li></ul>
<div class="wrap__article-detail"><div class="wrap__article-detail-title"><h1>{escape(story.title)}</h1></div>
<ul class="list-inline"><li class="list-inline-item mr-2">{long_date(story.published, story.zone_name)}</li></ul>
<figure><img src="/img/{story.number}.jpg" alt=""><figcaption>Foto arsip: {escape(story.city)}.</figcaption></figure>
<div class="wrap__article-detail-content post-content">{lead}{rest}
<p>Ikuti saluran WhatsApp kami untuk kabar pilihan setiap pagi.</p>
<p class="text-muted mt-2 small">Pewarta: Rina Sahay<br>Editor: Yusuf Lamandau<br>COPYRIGHT © ANTARA 2026</p></div>
<ul class="blog-tags"><li><a href="/tag/imbauan">imbauan</a></li></ul></div>{_related(story)}"""
    return _html(story.title, head, body)


def amp(story: Story) -> str:
    """The AMP edition of a card page, which names the other as canonical."""
    lead, rest = _bodies(story, f"{story.city} (ANTARA) - ", "<p>Baca juga: {title}</p>", "p")
    head = f'<link rel="canonical" href="{story.url}">{_json_ld(story)}'
    body = f"""<article><h1>{escape(story.title)}</h1><div class="post-content">{lead}{rest}
<p class="text-muted small">Pewarta: Rina Sahay<br>Editor: Yusuf Lamandau<br>COPYRIGHT © ANTARA 2026</p></div></article>"""
    return _html(story.title, head, body).replace("<html ", "<html amp ", 1)


def post(story: Story) -> str:
    """ANTARA's older theme of its regional portals: the time is printed only, in the outlet's zone."""
    lead, rest = _bodies(
        story, f"{story.city} (ANTARA) - ", '<p><b>Baca juga: <a href="{url}">{title}</a></b></p>', "p"
    )
    body = f"""<nav class="breadcrumb"><a href="/">Beranda</a> / <a href="/kabar-daerah">Kabar daerah</a></nav>
<article><header class="post-header"><h1 class="post-title">{escape(story.title)}</h1>
<p class="simple-here"><span class="article-date"><i class="fa fa-clock-o"></i>
{long_date(story.published, story.zone_name)}</span></p></header>
<div class="post-content clearfix font17">{lead}{rest}<p>Dapatkan berita terbaru di Google News kami.</p>
<p class="text-muted small mt10">Pewarta : Ayu Muara<br>Editor : Hasan Loa<br>COPYRIGHT © ANTARA 2026</p></div>
</article>{_related(story)}"""
    return _html(story.title, f'<link rel="canonical" href="{story.url}">', body)


def odoo(story: Story) -> str:
    """The police blog on Odoo, whose lead begins with the name of the host."""
    lead, rest = _bodies(story, f"Tribratanews – {story.city}. ", "<p>(BACA JUGA: {title})</p>", "p")
    stamp = story.published.strftime("%Y-%m-%d %H:%M:%S")
    body = f"""<div id="wrapwrap"><header id="top"><a href="/">{story.outlet}</a></header><main>
<section id="o_wblog_post_main"><h1 class="o_wblog_post_name" id="o_wblog_post_name">{escape(story.title)}</h1>
<time itemprop="datePublished" datetime="{story.published.isoformat()}" data-oe-original="{stamp}">{stamp}</time>
<div id="o_wblog_post_content" class="o_wblog_post_content_field" itemprop="articleBody">{lead}{rest}
<p>Layanan kepolisian 110 bebas pulsa</p></div></section>{_related(story)}</main></div>"""
    return _html(
        story.title, f'<meta property="og:type" content="article"><link rel="canonical" href="{story.url}">', body
    )


def wordpress(story: Story) -> str:
    """A regional outlet on WordPress: share bar and related box in the body, comments below."""
    also = '<div class="inline-related"><strong>BACA JUGA: <a href="{url}">{title}</a></strong></div>'
    lead, rest = _bodies(story, f"{story.city.upper()}, {story.outlet} – ", also, "p")
    head = f"""<meta name="generator" content="WordPress 6.8"><link rel="canonical" href="{story.url}">
<link rel="shortlink" href="{story.base}/?p={story.number}">
<link rel="alternate" type="application/rss+xml" href="{story.base}/feed/">
<meta property="article:published_time" content="{story.published.isoformat()}">"""
    body = f"""<article id="post-{story.number}" class="post"><header class="entry-header">
<h1 class="entry-title">{escape(story.title)}</h1><span class="posted-on">
<time class="entry-date published" datetime="{story.published.isoformat()}">{story.published:%d/%m/%Y}</time></span>
<span class="author vcard">Redaksi</span></header><div class="entry-content">{lead}{rest}
<p>Ikuti saluran WhatsApp kami untuk berita terbaru dari pesisir.</p>
<div class="share-bar">Bagikan: <a href="#">Facebook</a> <a href="#">Twitter</a> <a href="#">Telegram</a></div>
<p>[ya]</p></div></article>{_related(story)}<div id="respond" class="comment-respond"><h3>Tinggalkan Balasan</h3>
<p>Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *</p><form><textarea></textarea></form></div>"""
    return _html(story.title, head, body)


def table(story: Story) -> str:
    """An old layout of nested tables: paragraphs divided by line breaks alone, windows-1252, a printed date."""
    lead, rest = _bodies(story, f"{story.city} - ", "<b>Baca Juga : {title}</b>", "br")
    body = f"""<table width="980" border="0"><tr><td colspan="2"><font size="5">{story.outlet}</font></td></tr>
<tr><td width="180" valign="top"><a href="/">Depan</a><br><a href="/kontak.php">Kontak</a></td>
<td><table cellpadding="8"><tr><td><b><font size="4">{escape(story.title)}</font></b><br>
<i>{long_date(story.published, story.zone_name)}</i></td></tr><tr><td class="isi">{lead}{rest}
<b>Pasang iklan di koran kami, hubungi bagian pemasaran.</b></td></tr></table></td></tr>
<tr><td colspan="2">{_related(story)}&copy; 2026 {story.outlet}</td></tr></table>"""
    return _html(story.title, "", body, "windows-1252")


def next_js(story: Story) -> str:
    """A page rendered on the server by Next.js, with its data beside it as JSON."""
    lead, rest = _bodies(story, f"{story.city} – ", "<p>Simak juga: {title}</p>", "p")
    data = json.dumps({"page": "/news/detail/[slug]", "query": {"slug": story.path.rsplit("/", 1)[-1]}})
    body = f"""<div id="__next"><main><h1 class="text-2xl font-bold">{escape(story.title)}</h1>
<time datetime="{story.published.isoformat()}">{long_date(story.published, story.zone_name)}</time>
<div class="prose article-content">{lead}{rest}</div>{_related(story)}</main></div>
<script id="__NEXT_DATA__" type="application/json">{data}</script>"""
    head = f'<meta property="article:published_time" content="{story.published.isoformat()}">'
    return _html(story.title, head, body)


def listing(outlet: str, stories: list[Story], head: str = "", foot: str = "", encoding: str = "utf-8") -> str:
    """A page of links, some of them tracked, with a fragment or a trailing slash as real ones are."""
    endings = ("", "#komentar", "utm_source=terkini&utm_medium=daftar", "")
    items = []
    for place, story in enumerate(stories):
        ending = endings[place % len(endings)]
        if ending.startswith("utm"):
            ending = ("&" if "?" in story.path else "?") + ending
        address = escape(story.path + ending)
        items.append(f'<li class="card__post"><h2 class="h5"><a href="{address}">{escape(story.title)}</a></h2></li>')
    body = f'<h1>{outlet}</h1><a href="/kontak">Kontak</a><ul>{"".join(items)}</ul>{foot}'
    return _html(outlet, head, body, encoding)


def _bodies(story: Story, dateline: str, also: str, kind: str) -> tuple[str, str]:
    """The lead, and all that stands below it: the body, and where the story says so the body again."""
    first, *others = story.paragraphs
    lines = [also.format(url=other.url, title=escape(other.title)) for other in story.related]
    if kind == "br":
        body = [escape(text, quote=False) for text in others]
    else:
        body = [f"<p>{escape(text, quote=False)}</p>" for text in others]
    middle = len(body) // 2
    whole = [*body[:middle], lines[0], *body[middle:], lines[1]]
    glue = "<br><br>\n" if kind == "br" else "\n"
    again = ""
    if story.twice == "exact":
        again = glue + glue.join(whole)
    elif story.twice == "mobile":
        again = '\n<div class="d-block d-md-none">' + glue.join(_mobile(text, kind) for text in others) + "</div>"
    opening = escape(dateline + first, quote=False)
    lead = f"{opening}{glue}" if kind == "br" else f"<p>{opening}</p>{glue}"
    return lead, glue.join(whole) + (glue if kind == "br" else "") + again


def _mobile(text: str, kind: str) -> str:
    changed = escape(text.translate(_SWAPPED).replace(". ", ".  "), quote=False)
    return changed if kind == "br" else f"<p> {changed} </p>"


def _related(story: Story) -> str:
    links = "".join(
        f'<li><a href="{escape(other.path)}{"&amp;" if "?" in other.path else "?"}utm_source=related">'
        f"{escape(other.title)}</a></li>"
        for other in story.related
    )
    return f'<aside class="related-post"><h4>Berita Terkait</h4><ul>{links}</ul></aside>'


def _json_ld(story: Story) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.modified.isoformat(),
        "author": {"@type": "Person", "name": "Rina Sahay"},
        "editor": {"@type": "Person", "name": "Yusuf Lamandau"},
        "mainEntityOfPage": story.url,
    }
    return f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'


def _html(title: str, head: str, body: str, encoding: str = "utf-8") -> str:
    return f"""<!doctype html>
<html lang="id"><head><meta charset="{encoding}"><title>{escape(title)}</title>
{head}</head><body>
{body}
</body></html>
"""
