"""The shapes of the saved pages: one function for each family of sites, with what stands around their articles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from html import escape

DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
ALSO = [
    "Harga gabah di tingkat petani mulai membaik",
    "Jembatan lama akan dijadikan taman kota",
    "Panen raya jeruk mundur dua pekan",
    "Sekolah di pulau kecil dapat perahu baru",
    "Festival layang-layang digelar akhir bulan",
]
HEAD = '<nav class="navbar"><ul><li><a href="/">Beranda</a></li><li><a href="/daerah">Daerah</a></li><li><a href="/hukum">Hukum</a></li></ul></nav>'
LATEST = '<aside class="sidebar"><h3>Terpopuler</h3><ul>{}</ul></aside>'.format(
    "".join(
        f'<li><a href="/b/{n}">{title}</a> <time datetime="2026-11-2{n}T07:00:00+07:00">{n} jam lalu</time></li>'
        for n, title in enumerate(ALSO)
    )
)
COMMENTS = """<div id="comments" class="comments-area"><h2>2 Komentar</h2><p>Semoga lekas ditindaklanjuti, sudah lama warga menunggu kabar seperti ini di kampung kami.</p>
<div id="respond"><h3>Tinggalkan Balasan</h3><p>Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *</p></div></div>"""


@dataclass(frozen=True)
class Story:
    """An article to be put into a page: paragraphs without dateline, time with offset, zone label, host."""

    id: str
    number: int
    title: str
    paragraphs: list[str]
    city: str
    at: datetime
    label: str
    host: str

    @property
    def long(self) -> str:
        return f"{DAYS[self.at.weekday()]}, {self.at.day} {MONTHS[self.at.month - 1]} {self.at.year} {self.at:%H:%M} {self.label}"

    @property
    def others(self) -> list[str]:
        return [ALSO[(self.number + step) % len(ALSO)] for step in range(3)]


Made = tuple[str, str, str, str | None, str | None]
"""URL, HTML, dateline of the lead, author, editor."""


def card(story: Story) -> Made:
    """ANTARA's newer theme, byline and legal sentence inside the body; every second page has its body twice."""
    dateline = f"{story.city} (ANTARA) - "
    body = paragraphs([dateline + story.paragraphs[0]])
    rest = (
        paragraphs(story.paragraphs[1:3])
        + f'<span class="baca-juga"><b>Baca juga: <a href="/berita/1/a">{story.others[0]}</a></b></span>'
        + paragraphs(story.paragraphs[3:])
    )
    rest += f'<p>Baca juga: <a href="/berita/2/b">{story.others[1]}</a></p>'
    body += rest + (rest if story.number % 2 else "")
    facts = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title, "datePublished": story.at.isoformat(),
             "dateModified": story.at.isoformat(), "author": {"@type": "Person", "name": "Yusuf Lamandau"}}  # fmt: skip
    html = f"""{HEAD}<ul class="breadcrumbs"><li class="breadcrumbs__item"><a href="/">Home</a></li></ul><div class="wrap__article-detail">
<div class="wrap__article-detail-title"><h1>{escape(story.title)}</h1></div><ul class="list-inline"><li class="list-inline-item mr-2"><i class="fa fa-clock"></i> {story.long}</li>
<li class="list-inline-item">waktu baca 2 menit</li></ul><figure><img src="a.jpg"><figcaption>Arsip: suasana {story.city}. (ANTARA/HO-Humas)</figcaption></figure>
<div class="wrap__article-detail-content post-content">{body}
<p class="text-muted mt-2 small">Pewarta: Rina Sahay<br>Editor: Yusuf Lamandau<br>COPYRIGHT © ANTARA 2026</p>
<p>Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis untuk AI di situs web ini tanpa izin tertulis dari Kantor Berita ANTARA.</p></div>
<ul class="blog-tags"><li><a href="/tag/imbauan">imbauan</a></li></ul></div>{LATEST}"""
    url = f"https://{story.host}/berita/{700000 + story.number}/{story.id}"
    head = f'<link rel="canonical" href="{url}"><meta property="og:title" content="{escape(story.title)} - ANTARA News"><script type="application/ld+json">{json.dumps(facts)}</script>'
    return url, page(f"{story.title} - ANTARA News", head, html), dateline, "Rina Sahay", "Yusuf Lamandau"


def post(story: Story) -> Made:
    """ANTARA's older theme: the time is printed only."""
    dateline = f"{story.city} (ANTARA) - "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:3]])
    body += f'<p><b>Baca juga: <a href="/berita/3/c">{story.others[0]}</a></b></p>' + paragraphs(story.paragraphs[3:])
    body += "<p>Ikuti saluran WhatsApp kami agar tidak ketinggalan kabar pilihan.</p>"
    html = f"""{HEAD}<article><header class="post-header"><h1 class="post-title">{escape(story.title)}</h1>
<p class="simple-here"><span class="article-date"><i class="fa fa-clock-o"></i> {story.long}</span></p></header>
<div class="post-content clearfix font17">{body}<p class="text-muted small mt10">Pewarta : Ayu Muara<br>Editor : Hasan Loa<br>COPYRIGHT © ANTARA 2026</p></div></article>{LATEST}"""
    url = f"https://{story.host}/berita/{300000 + story.number}/{story.id}"
    return (
        url,
        page(f"{story.title} - ANTARA News", f'<link rel="canonical" href="{url}">', html),
        dateline,
        "Ayu Muara",
        "Hasan Loa",
    )


def microdata(story: Story) -> Made:
    """ANTARA of 2015 to 2017: microdata, byline and copyright inside the body."""
    dateline = f"{story.city} (ANTARA News) - "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:]])
    html = f"""<div id="menu" class="menu"><a href="/">Depan</a> <a href="/indeks">Indeks</a></div><div itemscope itemtype="http://schema.org/NewsArticle">
<h1 class="title" itemprop="headline">{escape(story.title)}</h1><div class="date"><time datetime="{story.at.isoformat()}">{story.long}</time></div>
<div class="byline">Pewarta: Tim Lama</div><div id="content_news" itemprop="articleBody">{body}
<p class="mt10">Editor: Sari Wangi</p><p class="date">COPYRIGHT © ANTARA 2016</p></div></div><div class="ttl">Baca Juga</div><ul>{links(story)}</ul>"""
    return (
        f"https://{story.host}/berita/{500000 + story.number}/{story.id}",
        page(story.title, "", html),
        dateline,
        "Tim Lama",
        "Sari Wangi",
    )


def amp(story: Story) -> Made:
    """An AMP edition that names the other as canonical."""
    dateline = f"{story.city} (ANTARA) - "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:]])
    body = body.replace(
        "</p><p>", '</p><amp-ad width="300" height="250" type="doubleclick"><div placeholder>Iklan</div></amp-ad><p>', 1
    )
    facts = {"@type": "NewsArticle", "headline": story.title, "datePublished": story.at.isoformat()}
    html = f"""<amp-sidebar id="sb" layout="nodisplay"><ul><li><a href="/">Home</a></li></ul></amp-sidebar><article class="amp-wp-article"><h1>{escape(story.title)}</h1>
<div class="post-content">{body}<amp-social-share type="twitter"></amp-social-share><p class="text-muted small">Pewarta: Rina Sahay<br>Editor: Yusuf Lamandau</p></div></article>"""
    base = f"{story.host}/berita/{710000 + story.number}/{story.id}"
    head = (
        f'<link rel="canonical" href="https://{base}"><script type="application/ld+json">{json.dumps(facts)}</script>'
    )
    return (
        f"https://{base}",
        page(story.title, head, html).replace("<html ", "<html amp ", 1),
        dateline,
        "Rina Sahay",
        "Yusuf Lamandau",
    )


def odoo(story: Story) -> Made:
    """A police portal on Odoo; the mobile copy of the body follows it."""
    dateline = f"{story.host} – "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:]])
    again = "".join(f"<p> {escape(text, quote=False).replace(' ', '  ', 1)} </p>" for text in story.paragraphs[1:])
    html = f"""<div id="wrapwrap"><header id="top"><a href="/">Tribratanews</a></header><main><section id="o_wblog_post_main">
<h1 class="o_wblog_post_name" id="o_wblog_post_name">{escape(story.title)}</h1><time itemprop="datePublished" datetime="{story.at.isoformat()}">{story.at:%d/%m/%Y}</time>
<div id="o_wblog_post_content" class="o_wblog_post_content_field" itemprop="articleBody">{body}<p>(BACA JUGA: {story.others[0]})</p>
<div class="d-md-none">{again}</div></div></section><div class="o_wblog_read_next_fullheight"><a href="/blog/x">Read Next : {story.others[1]}</a></div></main></div>"""
    url = f"https://{story.host}/blog/nasional-3/{story.id}-{90000 + story.number}"
    return (
        url,
        page(
            f"{story.title} | Tribratanews",
            f'<meta property="og:title" content="{escape(story.title)}"><link rel="canonical" href="{url}">',
            html,
        ),
        dateline,
        None,
        None,
    )


def classic(story: Story) -> Made:
    """WordPress, classic theme: share bar, related box and initials in the body, comments below."""
    dateline = f"{story.city.upper()}, KABARKITA – "
    body = paragraphs([dateline + story.paragraphs[0], story.paragraphs[1]])
    body += (
        f'<div class="inline-related"><strong>BACA JUGA: <a href="/x">{story.others[0]}</a></strong></div>'
        + paragraphs(story.paragraphs[2:])
    )
    html = f"""<header class="site-header"><h1 class="site-title"><a href="/">Kabar Kita</a></h1></header>{HEAD}<article id="post-{story.number}" class="post type-post">
<header class="entry-header"><h1 class="entry-title">{escape(story.title)}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{story.at.isoformat()}">{story.at:%d/%m/%Y}</time>
<time class="updated" datetime="2026-11-23T08:00:00+07:00">23/11/2026</time></span> <span class="byline">oleh <span class="author vcard"><a class="url fn n" href="/author/r">Dewi Laras</a></span></span></div></header>
<div class="entry-content"><figure class="wp-caption"><img src="a.jpg"><figcaption class="wp-caption-text">Petugas di lapangan.</figcaption></figure>{body}
<p>[ya]</p><div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Bagikan ini:</h3><ul><li>Facebook</li><li>X</li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Terkait</h3></div></div><footer class="entry-footer">Kategori: Daerah</footer></article>{COMMENTS}{LATEST}"""
    url = f"https://{story.host}/{story.at:%Y/%m}/{story.id}/"
    head = f'<meta name="generator" content="WordPress 6.8"><link rel="canonical" href="{url}"><meta property="og:title" content="{escape(story.title)} | Kabar Kita"><meta property="article:published_time" content="{story.at.isoformat()}">'
    return url, page(f"{story.title} | Kabar Kita", head, html, lang="en-US"), dateline, "Dewi Laras", None


def newspaper(story: Story) -> Made:
    """WordPress with the Newspaper theme; JSON-LD in a graph, one block of it broken."""
    dateline = f"{story.city.upper()} – "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:3]])
    body += (
        '<div class="td-a-rec td-adspot-title"><span>- Advertisement -</span></div>'
        + paragraphs(story.paragraphs[3:])
        + "<p>Penulis: Bima Sakti</p><p>Editor: Laila Sari</p>"
    )
    graph = {
        "@graph": [
            {"@type": "WebPage", "datePublished": story.at.isoformat()},
            {"@type": "NewsArticle", "headline": story.title, "datePublished": story.at.isoformat()},
        ]
    }
    html = f"""{HEAD}<div class="td-ss-main-content"><article class="post"><div class="td-post-header"><h1 class="entry-title">{escape(story.title)}</h1>
<div class="td-module-meta-info"><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{story.at.isoformat()}">{story.at.day} {MONTHS[story.at.month - 1]} {story.at.year}</time></span><div class="td-post-views">1.204</div></div></div>
<div class="td-post-content tagdiv-type">{body}</div><footer><div class="td-post-sharing">Facebook Twitter WhatsApp</div>
<div class="td-author-name vcard">Redaksi Koran Pesisir memberi kabar yang berguna bagi pembaca di seluruh pesisir.</div></footer></article>
<div class="td_block_related_posts"><h4>ARTIKEL TERKAIT</h4>{links(story)}</div></div>"""
    head = f'<script type="application/ld+json">{{"@type": "Organization", }} oops</script><script type="application/ld+json">{json.dumps(graph)}</script>'
    return (
        f"https://{story.host}/{story.id}/",
        page(f"{story.title} - Koran Pesisir", head, html),
        dateline,
        "Bima Sakti",
        "Laila Sari",
    )


def block_theme(story: Story) -> Made:
    """WordPress with a block theme: `wp-block-post-content`, a follow line and the tags inside it."""
    dateline = f"{story.city}, Suara Rawa — "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:]])
    html = f"""<div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">Suara Rawa</a></p></header>
<main class="wp-block-group"><h1 class="wp-block-post-title">{escape(story.title)}</h1><div class="wp-block-post-date"><time datetime="{story.at.isoformat()}">{story.long}</time></div>
<div class="entry-content wp-block-post-content is-layout-flow">{body}<p class="wp-block-paragraph">Cek berita dan artikel lainnya di Google News</p><div class="wp-block-buttons"><a href="#">Bagikan</a></div></div>
<div class="wp-block-post-terms">imbauan, polisi</div></main>{COMMENTS}</div>"""
    return f"https://{story.host}/{story.id}", page(f"{story.title} – Suara Rawa", "", html), dateline, None, None


def blogger(story: Story) -> Made:
    """Blogger: paragraphs as divs with line breaks, the time in an abbr."""
    dateline = f"{story.city} - "
    body = "<br /><br />\n".join(
        escape(text, quote=False) for text in [dateline + story.paragraphs[0], *story.paragraphs[1:]]
    )
    html = f"""<div class="header"><div class="titlewrapper"><h1 class="title">Warta Lamandau</h1></div></div><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>{story.long.rsplit(" ", 2)[0]}</span></h2>
<div class="post hentry"><h3 class="post-title entry-title">{escape(story.title)}</h3><div class="post-body entry-content"><div class="separator"><img src="a.jpg"></div>{body}</div>
<div class="post-footer"><span class="post-author vcard">Diposkan oleh <span class="fn">Joni Rantau</span></span> <a class="timestamp-link" href="#"><abbr class="published" title="{story.at.isoformat()}">{story.at:%H.%M}</abbr></a> <span class="post-labels">Label: imbauan</span></div></div>
<div class="comments" id="comments"><h4>0 comments:</h4><p>Post a Comment</p></div></div></div><div class="sidebar"><h2>Arsip Blog</h2><ul><li>2026 (120)</li></ul></div>"""
    return (
        f"https://{story.host}/{story.at:%Y/%m}/{story.id}.html",
        page(f"Warta Lamandau: {story.title}", "", html),
        dateline,
        "Joni Rantau",
        None,
    )


def table(story: Story) -> Made:
    """An old layout of nested tables in windows-1252, paragraphs divided by double breaks."""
    dateline = f"{story.city} - "
    body = "<br><br>\n".join(
        escape(text, quote=False) for text in [dateline + story.paragraphs[0], *story.paragraphs[1:]]
    )
    html = f"""<table width="980"><tr><td colspan="3"><font size="6">Harian Muara</font></td></tr><tr><td width="170" valign="top"><a href="/">Depan</a><br><a href="/kota">Kota</a><br><a href="/iklan">Iklan</a></td>
<td><table cellpadding="6"><tr><td><b><font size="4">{escape(story.title)}</font></b><br><i>{story.long}</i></td></tr><tr><td class="teks">{body}<br><br><b>Baca Juga : {story.others[0]}</b></td></tr></table></td>
<td width="200" valign="top"><b>Berita Lainnya</b><br>{"<br>".join(f'<a href="/b{n}.php">{title}</a>' for n, title in enumerate(ALSO))}</td></tr><tr><td colspan="3">&copy; 2026 Harian Muara</td></tr></table>"""
    return (
        f"http://{story.host}/berita.php?id={story.number}",
        page(f"Harian Muara - {story.title}", "", html, charset="windows-1252"),
        dateline,
        None,
        None,
    )


def breaks(story: Story) -> Made:
    """A home-made page: single breaks between paragraphs, all in one div of no telling name."""
    dateline = f"{story.city}: "
    body = "<br/>\n".join(escape(text, quote=False) for text in [dateline + story.paragraphs[0], *story.paragraphs[1:]])
    html = f"""<div class="atas"><a href="/">Beranda</a> | <a href="/profil">Profil</a> | <a href="/kontak">Kontak</a></div><div class="kotak"><h2>{escape(story.title)}</h2>
<small>{story.at:%d/%m/%Y} | {story.at:%H:%M} {story.label} | dibaca 312 kali</small><div class="x1">{body}</div><div class="x2">Bagikan: <a href="#">Facebook</a> <a href="#">Twitter</a></div></div>
<div class="bawah">Alamat: Jalan Mawar 12. Telepon 0531-000000. Hak cipta dilindungi.</div>"""
    return f"https://{story.host}/?hal=berita&id={story.number}", page(story.title, "", html), dateline, None, None


def next_js(story: Story) -> Made:
    """A police portal on Next.js; on every second page the body is only in the page's data."""
    dateline = f"{story.city} – "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:]])
    data = {
        "props": {
            "pageProps": {
                "news": {"title": story.title, "slug": story.id, "content": body, "published_at": story.at.isoformat()},
                "menu": [{"name": title} for title in ALSO],
            }
        }
    }
    shown = "" if story.number % 2 else f'<div class="prose article-content">{body}</div>'
    html = f"""<div id="__next"><header class="flex"><a href="/">Humas</a></header><main><h1 class="text-2xl font-bold">{escape(story.title)}</h1>
<p class="text-sm text-gray-500">{story.long}</p>{shown}</main></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>"""
    return (
        f"https://{story.host}/news/detail/{2330000 + story.number}-{story.id}",
        page(story.title, f'<meta property="og:title" content="{escape(story.title)}">', html),
        dateline,
        None,
        None,
    )


def detik_like(story: Story) -> Made:
    """A national portal: meta date in slashes, an advertisement and a picture code inside the body."""
    dateline = f"{story.city} - "
    body = paragraphs([dateline + story.paragraphs[0], story.paragraphs[1]])
    body += (
        '<div class="parallaxB"><p>ADVERTISEMENT</p></div><p class="para_caption">SCROLL TO CONTINUE WITH CONTENT</p>'
        + paragraphs(story.paragraphs[2:])
        + "<p>[Gambas:Video 20detik]</p><p>(abc/def)</p>"
    )
    html = f"""{HEAD}<article class="detail"><div class="detail__header"><h1 class="detail__title">{escape(story.title)}</h1><div class="detail__author">Raka Umbara - <span>wartaKini</span></div><div class="detail__date">{story.long}</div></div>
<figure class="detail__media-caption"><img src="a.jpg">Foto: Ilustrasi</figure><div class="detail__body itp_bodycontent_wrapper"><div class="detail__body-text itp_bodycontent">{body}
<div class="linksisip"><strong>Baca juga: </strong><a href="/y">{story.others[0]}</a></div></div></div><div class="detail__body-tag">Tags: <a>polisi</a></div></article>{LATEST}"""
    return (
        f"https://{story.host}/berita/d-{7000000 + story.number}/{story.id}",
        page(
            story.title,
            f'<meta name="dtk:publishdate" content="{story.at:%Y/%m/%d %H:%M:%S}"><meta name="author" content="Raka Umbara">',
            html,
        ),
        dateline,
        "Raka Umbara",
        None,
    )


def tribun_like(story: Story) -> Made:
    """A national portal: host as dateline, paging and a follow line in the body."""
    dateline = f"{story.host.upper()}, {story.city.upper()} - "
    body = paragraphs([dateline + story.paragraphs[0], story.paragraphs[1]])
    body += f'<p class="baca"><strong>Baca juga: <a href="/z">{story.others[1]}</a></strong></p>' + paragraphs(
        story.paragraphs[2:]
    )
    html = f"""{HEAD}<div id="article"><h1 id="arttitle" class="f50">{escape(story.title)}</h1><div class="mt10"><time class="grey"><span>{story.long}</span></time></div>
<div class="side-article txt-article multi-fontsize editcontent">{body}<p>Halaman : 1 2 Selanjutnya</p></div><div id="editor">Penulis: Gita Surya</div><div class="mt5">Editor: Made Yasa</div></div>{LATEST}"""
    return (
        f"https://{story.host}/{story.at:%Y/%m/%d}/{story.id}",
        page(
            f"{story.title} - {story.host}",
            f'<meta property="og:title" content="{escape(story.title)} - {story.host}">',
            html,
        ),
        dateline,
        "Gita Surya",
        "Made Yasa",
    )


def kompas_like(story: Story) -> Made:
    """A national portal: the body in `read__content`, the time in the address and in print."""
    dateline = f"{story.city.upper()}, {story.host} - "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:2]])
    body += f"<p><strong>Baca juga: {story.others[2]}</strong></p>" + paragraphs(story.paragraphs[2:])
    html = f"""{HEAD}<h1 class="read__title">{escape(story.title)}</h1><div class="read__time">{story.host} - {story.at:%d/%m/%Y, %H:%M} {story.label}</div><div class="read__content"><div class="clearfix">{body}
<div class="ads-on-body">Baca berita tanpa iklan. Gabung Kompak+</div></div></div><div class="credit-title-nameEditor">Editor: Sita Wening</div>"""
    return (
        f"https://{story.host}/read/{story.at:%Y/%m/%d/%H%M}0{story.number % 10}11/{story.id}",
        page(story.title, "", html),
        dateline,
        None,
        "Sita Wening",
    )


def varient(story: Story) -> Made:
    """A PHP portal in the Varient style: an English date, the body in `post-text`, reactions below."""
    dateline = f"{story.city}, "
    body = paragraphs([dateline + story.paragraphs[0], *story.paragraphs[1:]])
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[story.at.month - 1]
    html = f"""{HEAD}<div class="post-content"><p class="m-0"><a class="category-label">Imbauan</a></p><h1 class="post-title">{escape(story.title)}</h1>
<div class="post-details-meta"><span>{month} {story.at.day}, {story.at.year} - {story.at:%H:%M}</span> <span><i class="icon-eye"></i>812</span></div><div class="post-image"><img src="/uploads/images/image_750x_1.webp"></div>
<div class="post-text">{body}</div><div class="post-tags"><span>Tags:</span><a>imbauan</a></div><div class="reactions"><h4>Apa reaksi Anda?</h4><span>suka 0</span></div></div>{LATEST}"""
    return (
        f"https://{story.host}/{story.id}",
        page(f"{story.title} - Tribrata", f'<meta property="og:title" content="{escape(story.title)}">', html),
        dateline,
        None,
        None,
    )


SHAPES = [
    card,
    classic,
    table,
    odoo,
    post,
    newspaper,
    breaks,
    amp,
    microdata,
    block_theme,
    blogger,
    next_js,
    detik_like,
    tribun_like,
    kompas_like,
    varient,
]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)


def links(story: Story) -> str:
    return "".join(f'<li><a href="/b/{n}">{title}</a></li>' for n, title in enumerate(story.others))


def page(title: str, head: str, body: str, charset: str = "utf-8", lang: str = "id") -> str:
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="{charset}"><title>{escape(title)}</title>
{head}</head><body>
{body}
</body></html>
"""
