"""Reading a page: its paragraphs as published, whatever stands around them."""

from __future__ import annotations

import time

import pytest

from imbauan.extraction import extract_article
from imbauan.extraction.charset import decode, mend_mojibake
from imbauan.import_pages import process
from imbauan.items import AdvisoryItem, Article, Page

LEAD = (
    "Sampit - Polres Kotawaringin Timur mengimbau warga menutup pintu gudang sebelum berangkat ke kebun pada pagi hari."
)
SECOND = (
    '"Pintu yang terbuka mengundang orang berniat buruk," kata Kasi Humas Iptu Bayu Laras di kantornya, Rabu siang.'
)
THIRD = "Warga dapat menitipkan kunci kepada ketua rukun tetangga apabila bermalam di kebun lebih dari dua hari."
BODY = [LEAD, SECOND, THIRD]


def page(body: bytes | str, **more: str) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page("https://contoh.id/a/1", "contoh", raw, "2026-11-24T03:00:00+00:00", **more)  # type: ignore[arg-type]


def read(inside: str, head: str = "<title>Tutup pintu gudang sebelum ke kebun</title>") -> Article:
    article = extract_article(page(f"<html><head><meta charset=utf-8>{head}</head><body>{inside}</body></html>"))
    assert article is not None
    return article


def kept(inside: str, **more: str) -> list[str]:
    item = process(AdvisoryItem(page(f"<html><head><meta charset=utf-8></head><body>{inside}</body></html>", **more)))
    assert item.deduplicated is not None
    return [paragraph.text for paragraph in item.deduplicated.kept]


def tags(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_title_cut_from_the_lead_leaves_the_lead_in_the_text() -> None:
    lead = "Sampit - Polsek Baamang mengimbau warga mematikan kompor sebelum berangkat ke ladang, sebab dua rumah terbakar pekan ini."
    more = [f"Keterangan {name} disampaikan petugas kepada warga di dermaga {name}." for name in ("pagi", "siang")]
    html = f"<html><head><title>{lead[:70]}</title></head><body><article>{tags([lead, *more])}</article></body></html>"
    item = process(AdvisoryItem(Page("https://warta.example/1", "a", html.encode(), "2026-11-20T00:00:00+00:00")))
    assert item.article is not None and item.article.paragraphs == [lead, *more]


def test_a_body_in_two_parts_its_byline_and_a_time_in_a_widget_are_read() -> None:
    lines = [
        f"Kapal patroli {name} menolong nelayan yang mesinnya mati di perairan {name} sejak kemarin."
        for name in ("Buton", "Muna", "Wawonii")
    ]
    html = (
        '<div class="widget Blog"><h2>Nelayan ditolong</h2><abbr class="published" title="2026-11-19T08:05:00+08:00">Kamis</abbr>'
        f'<div class="itemIntroText">{tags(lines[:1])}</div><div class="itemFullText">{tags([*lines[1:], "Editor: Muh. Amran"])}</div></div>'
    )
    item = process(AdvisoryItem(page(f"<html><head><title>Nelayan ditolong</title></head><body>{html}</body></html>")))
    assert item.article is not None and item.article.published == "2026-11-19T08:05:00+08:00"
    assert item.deduplicated is not None and [paragraph.text for paragraph in item.deduplicated.kept] == lines


def test_nine_paragraphs_with_a_second_copy_and_eight_related_links_are_all_accounted_for() -> None:
    unique = [f"Alinea nomor {name} berisi keterangan tersendiri tentang {name} yang disampaikan petugas kepada warga {name}."
              for name in "mangga durian salak jambu nangka pisang rambutan manggis duku".split()]  # fmt: skip
    related = [f"Baca juga: Kabar lain tentang panen {name} tahun ini" for name in ("padi", "jagung", "kopi", "lada")]
    again = [*unique[1:5], related[0], *unique[5:], *related[1:]]
    item = process(
        AdvisoryItem(
            page(
                f'<h1>Panen</h1><div class="wrap__article-detail-content post-content">{tags([unique[0], *again, *again])}</div>'
            )
        )
    )
    assert item.deduplicated is not None
    assert [paragraph.text for paragraph in item.deduplicated.kept] == unique
    reasons = [paragraph.reason for paragraph in item.deduplicated.dropped]
    assert (reasons.count("repeat-in-page"), reasons.count("related-link"), len(reasons)) == (8, 8, 16)


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="entry-content">{}</div>',
        '<div class="ruang-baca-7f"><div><div>{}</div></div></div>',
        '<form id="aspnetForm"><div class="x">{}</div></form>',
        '<table><tr><td><a href="/">Depan</a></td><td>{}</td></tr></table>',
        '<div class="with-sidebar comments-open"><article>{}</article></div>',
        '<div class="post-content"><h1>Tutup pintu gudang sebelum ke kebun</h1><p>20/11/2026 08:00 WIB</p>{}</div>',
    ],
)
def test_the_paragraphs_are_read_from_a_body_known_or_not(inside: str) -> None:
    menu = '<ul class="menu"><li><a href="/1">Beranda</a></li><li><a href="/2">Daerah</a></li></ul>'
    foot = '<div class="lain"><h3>Berita Lainnya</h3><ul><li><a href="/3">Harga pupuk turun di tiga kecamatan</a></li></ul></div>'
    assert kept(menu + inside.format(tags(BODY)) + foot) == BODY


@pytest.mark.parametrize("glue", ["<br><br>", "<br/>\n<br/>", "<br>&nbsp;<br>", "<br>"])
def test_paragraphs_divided_by_line_breaks(glue: str) -> None:
    assert read(f'<div class="isi">{glue.join(BODY)}</div>').paragraphs == BODY


def test_a_single_break_inside_a_sentence_divides_nothing() -> None:
    broken = LEAD.replace(" warga ", "<br>warga ")
    assert read(f'<div class="entry-content"><p>{broken}</p>{tags(BODY[1:])}</div>').paragraphs == BODY


def test_an_inline_related_link_is_a_paragraph_of_its_own() -> None:
    inline = f'<p>{LEAD} <strong>Baca juga: <a href="/x">Panen lada mundur</a></strong></p>'
    assert read(f'<div class="entry-content">{inline}{tags(BODY[1:])}</div>').paragraphs == [
        LEAD, "Baca juga: Panen lada mundur", *BODY[1:],
    ]  # fmt: skip


def test_boxes_and_captions_in_the_body_are_no_paragraphs() -> None:
    boxes = """<figure><img><figcaption>Gudang di tepi kebun.</figcaption></figure><div class="share-buttons"><p>Sebar lewat mana saja.</p></div>
    <div class="author-box"><p>Penulis tinggal di kota ini sejak lama dan gemar berkebun di akhir pekan.</p></div><aside><p>Langganan koran kami untuk kabar setiap pagi di rumah Anda.</p></aside>
    <div id="comments"><p>Setuju sekali, di kampung saya juga sering terjadi hal semacam ini.</p></div>"""
    assert read(f'<div class="entry-content">{boxes}{tags(BODY)}{boxes}</div>').paragraphs == BODY


def test_a_row_of_a_data_table_is_one_paragraph() -> None:
    table = "<table><tr><th>Pos</th><th>Telepon</th></tr><tr><td>Pasar</td><td>110</td></tr></table>"
    assert read(f'<div class="entry-content">{tags(BODY)}{table}</div>').paragraphs == [
        *BODY,
        "Pos | Telepon",
        "Pasar | 110",
    ]


def test_byline_copyright_and_legal_sentence_go_to_their_fields() -> None:
    legal = "Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis untuk AI di situs web ini tanpa izin tertulis dari Kantor Berita ANTARA."
    tail = f'<p class="text-muted small">Pewarta: Rina Sahay<br>Editor: Yusuf Lamandau<br>COPYRIGHT © ANTARA 2026</p><p>{legal}</p>'
    inside = f'<div class="wrap__article-detail-content">{tags(BODY)}{tail}</div>'
    article = read(inside)
    assert (article.author, article.editor) == ("Rina Sahay", "Yusuf Lamandau")
    assert article.copyright == f"COPYRIGHT © ANTARA 2026\n{legal}"
    assert kept(inside) == BODY


def test_the_body_of_a_page_without_markup_comes_from_its_own_article_body() -> None:
    import json

    facts = json.dumps({"@type": "NewsArticle", "headline": "Tutup pintu", "articleBody": "\n".join(BODY * 2)})
    article = read("<h1>Tutup pintu</h1><div>Memuat ...</div>", f'<script type="application/ld+json">{facts}</script>')
    assert article.paragraphs[:3] == BODY


def test_the_body_that_stands_only_in_the_data_of_a_script_page() -> None:
    import json

    data = json.dumps({"props": {"pageProps": {"post": {"judul": "Tutup pintu", "isi": tags(BODY)}}}})
    assert (
        read(f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{data}</script>').paragraphs
        == BODY
    )


@pytest.mark.parametrize(
    ("raw", "header"),
    [
        ("<meta charset=iso-8859-1><p>“Hati-hati” — kata petugas".encode(), None),
        ("<meta charset=utf-8><p>“Hati-hati” — kata petugas".encode("cp1252"), None),
        ("<p>“Hati-hati” — kata petugas".encode("cp1252"), "utf-8"),
        ("<p>“Hati-hati” — kata petugas".encode(), "windows-1252"),
        ("<p>“Hati-hati” — kata petugas".encode("utf-16"), None),
        ("<meta charset=utf-8><p>“Hati-hati” — kata petugas".encode().decode("cp1252", "replace").encode(), "utf-8"),
    ],
)
def test_a_wrong_charset_is_seen_through(raw: bytes, header: str | None) -> None:
    assert "“Hati-hati" in decode(raw, header)
    assert "— kata petugas" in decode(raw, header)


def test_text_without_double_encoding_is_left_alone() -> None:
    assert mend_mojibake("Â “Café” São Paulo Ã") == "Â “Café” São Paulo Ã"


@pytest.mark.parametrize("depth", [300, 3_000, 100_000])
def test_deep_nesting_costs_neither_text_nor_time(depth: int) -> None:
    began = time.process_time()
    article = read("<div>" * depth + tags(BODY) + "</div>" * depth)
    assert article.paragraphs == BODY
    assert time.process_time() - began < 20


def test_the_title_is_the_heading_and_not_the_name_of_the_site() -> None:
    inside = f'<h1><a href="/">Koran Rawa</a></h1><h2 class="judul">Tutup pintu gudang sebelum ke kebun</h2><div class="entry-content">{tags(BODY)}</div>'
    for title in (
        "Tutup pintu gudang sebelum ke kebun - Koran Rawa",
        "Koran Rawa | Tutup pintu gudang sebelum ke kebun",
        "Koran Rawa",
    ):
        assert read(inside, f"<title>{title}</title>").title == "Tutup pintu gudang sebelum ke kebun"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The police said that the road will be closed and drivers should not use it until it is safe for all.", "en"),
        (
            "Polisi ngelingake warga supaya ora gampang percaya marang wong sing njaluk dhuwit lan kode saka telpun.",
            "jv",
        ),
        (
            "Pulisi ngageuing warga sangkan henteu gampang percaya ka jalma anu ménta duit jeung kode tina telepon.",
            "su",
        ),
        (
            "Polisi mengingatkan warga agar tidak mudah percaya kepada orang yang meminta uang dan kode dari telepon.",
            "id",
        ),
    ],
)
def test_the_language_is_what_the_words_say(text: str, code: str) -> None:
    article = extract_article(
        page(
            f'<html lang="en-US"><body><div class="entry-content">{tags([text, text + " " + text])}</div></body></html>'
        )
    )
    assert article is not None
    assert article.language == code


def test_an_advisory_of_two_short_lines_is_read_without_the_menu() -> None:
    lines = ["Polres Demak imbau warga waspada banjir.", "Hubungi 110 bila perlu bantuan."]
    menu = '<ul><li><a href="/1">Beranda</a></li><li><a href="/2">Kontak kami</a></li></ul>'
    assert (
        read(
            f'{menu}<h1>Waspada banjir</h1><div class="zz">{tags(lines)}</div><p><a href="/x">Kabar lain dari kota</a></p>'
        ).paragraphs
        == lines
    )


def test_a_text_that_is_three_times_one_line_is_read() -> None:
    line = "Rebus ikan dengan jahe dan serai sampai matang."
    assert (
        read(f"<article><h1>Sup ikan</h1>{tags([line] * 3)}</article>", "<title>Sup ikan</title>").paragraphs
        == [line] * 3
    )


@pytest.mark.parametrize(
    "between",
    [
        '<div class="gambar"><img src="a.jpg"><p class="kecil">Petugas memeriksa gudang di Baamang.</p></div>',
        '<table><tr><td><img src="a.jpg"></td></tr><tr><td align="center">Gudang di Baamang</td></tr></table>',
        '<p align="center"><a href="#"><img src="a.jpg"></a><br><em>Gudang di Baamang</em></p>',
        "<p>Gudang yang dibobol pekan lalu. (Foto: Humas Polres)</p>",
        '<div class="kotak"><span>Pilihan</span><a href="/x"><h5>Pasar pagi pindah</h5></a><p>Pedagang pindah ke terminal lama mulai pekan depan.</p></div>',
        "<div>Simak cerita pemilik gudang di halaman selanjutnya...</div>",
        "<p>( Wartakita.com )</p>",
        "<p>(Bagian Prokopim)</p>",
    ],
)
def test_what_stands_with_a_picture_or_teases_another_article_is_no_paragraph(between: str) -> None:
    body = f'<h1>Tutup pintu gudang</h1><div class="post-content"><p>{LEAD}</p>{between}<p>{SECOND}</p><p>{THIRD}</p></div>'
    assert kept(body) == BODY


def test_a_paragraph_with_a_picture_in_it_stays() -> None:
    body = f'<div class="post-content"><p><img src="a.jpg" align="left">{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></div>'
    assert kept(body) == BODY


@pytest.mark.parametrize(
    "body",
    [
        "".join(f'<span style="display: block">{text}</span>' for text in BODY),
        '<div class="whitespace-pre-line">' + "\n\n".join(BODY) + "</div>",
        f"<strong>Sampit</strong> - <p>{LEAD.removeprefix('Sampit - ')}</p><p>{SECOND}</p><p>{THIRD}</p>",
        LEAD.replace("gudang", '<div class="code-block-3"><div>Advertisement</div></div>gudang').join(("<p>", "</p>"))
        + tags(BODY[1:]),
    ],
)
def test_paragraphs_are_those_that_a_reader_sees(body: str) -> None:
    assert kept(f'<div class="post-content">{body}</div>') == BODY


def test_sections_of_one_article_are_read_with_their_headings() -> None:
    parts = "".join(
        f'<div class="bagian"><h2>{heading}</h2><div class="article-content-body__item-content">{tags(texts)}</div></div>'
        for heading, texts in (("Gudang di kebun", BODY[:2]), ("Titip kunci", BODY[2:]))
    )
    assert kept(f"<h1>Tutup pintu gudang sebelum ke kebun</h1><div>{parts}</div>") == [*BODY[:2], "Titip kunci", THIRD]


def test_headings_and_lists_in_the_flow_of_an_unnamed_body_stay() -> None:
    flow = f"<p>{LEAD}</p><h3>Yang perlu dibawa</h3><ul><li>Kunci gudang.</li><li>Senter kecil.</li></ul><p>{SECOND}</p><p>{THIRD}</p>"
    assert kept(f'<main><h1>Tutup pintu gudang</h1><div class="x9">{flow}</div></main>') == [
        LEAD, "Yang perlu dibawa", "Kunci gudang.", "Senter kecil.", SECOND, THIRD,
    ]  # fmt: skip


def test_the_one_heading_is_the_title_where_the_title_tag_is_the_sites() -> None:
    title = "Polres Kapuas buka penitipan perahu selama banjir"
    article = read(f"<h2>Polres Kapuas</h2><h1>{title}</h1>{tags(BODY)}", "<title>Polres Kapuas | Berita</title>")
    assert article.title == title


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ('<span class="td-author">Oleh Nur Aini - </span>', "Nur Aini"),
        ('<li><i class="icofont-user"></i> <a href="#">Bayu Laras</a></li>', "Bayu Laras"),
        ('<span class="tgl">06/11/2026 15:12 WITA</span> <span>| Penulis: <b>Norhasanah</b></span>', "Norhasanah"),
        ('<span class="vcard">Diposting oleh <span class="fn">Siti Aminah</span> di 07.10</span>', "Siti Aminah"),
        ("<p><strong>Laporan Wartawan Wartakita.com, Galih Pamungkas</strong></p>", "Galih Pamungkas"),
        ('<span class="post-author"><em>by </em><a href="#">Norliani</a></span><span>November 7, 2026</span>', "Norliani"),
        ('<body class="hide-author"><a href="#c">Skip to content</a><span class="author"><a>admin</a></span>', None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Sesri Engla"},"editor":{"name":"Sesri Engla"}}</script>', None),
    ],
)  # fmt: skip
def test_the_author_is_who_the_page_names_and_no_role(markup: str, author: str | None) -> None:
    assert (
        read(f"<h1>Tutup pintu gudang</h1><div>{markup}</div><div class='post-content'>{tags(BODY)}</div>").author
        == author
    )


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


BESIDE = "<h4>Kontak Penting</h4><p>Petugas piket siap menerima aduan warga kapan saja, termasuk pada hari libur.</p>"


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("col-12 col-md-8", "col-12 col-md-4"),
        ("vc_column_container vc_col-sm-8", "vc_column_container vc_col-sm-4"),
        ("et_pb_column et_pb_column_2_3", "et_pb_column et_pb_column_1_3"),
        ("elementor-column elementor-col-66", "elementor-column elementor-col-33"),
    ],
)
def test_a_narrow_column_beside_the_text_is_no_part_of_it(wide: str, narrow: str) -> None:
    inside = (
        f'<div class="entry-content"><div class="row"><div class="{wide}">{paragraphs(BODY)}</div>'
        f'<div class="{narrow}">{BESIDE}</div></div></div>'
    )
    assert read(inside).paragraphs == BODY


def test_columns_of_one_width_are_both_read() -> None:
    inside = (
        f'<div class="entry-content"><div class="row"><div class="col-md-6"><p>{LEAD}</p><p>{SECOND}</p></div>'
        f'<div class="col-md-6"><p>{THIRD}</p></div></div></div>'
    )
    assert read(inside).paragraphs == BODY


def test_cells_beside_the_text_of_a_layout_table_are_no_part_of_it() -> None:
    title = "Tutup pintu gudang sebelum berangkat ke kebun"
    cells = (
        "<td><b>PASANG IKLAN</b><br><br>Iklan baris murah mulai lima belas ribu rupiah untuk tiap baris.<br><br>"
        "Hubungi bagian iklan kami pada jam kerja atau datang ke kantor perwakilan terdekat.</td>"
        f"<td>Daerah<br><font size=5>{title}</font><br>Rabu, 18 November 2026<hr><div>{'<br><br>'.join(BODY)}</div>"
        "<table><tr><td>Polisi masih memburu satu orang lain yang melarikan diri ke arah perkebunan Selasa malam.</td></tr>"
        "</table></td>"
    )
    article = read(f"<table><tr>{cells}</tr></table>", "<title>Suara Kebun</title>")
    assert article.title == title
    assert article.paragraphs == BODY


def test_a_box_headed_as_other_articles_is_dropped_whole() -> None:
    box = (
        "<div><h2>Rekomendasi</h2><div><h3>Pelajar merakit alat pendeteksi banjir</h3><p>Alat itu memberi tahu warga "
        "ketika air sungai melewati batas yang ditentukan.</p></div></div>"
    )
    assert read(f"<div>{paragraphs(BODY)}</div>{box}").paragraphs == BODY


def test_a_box_of_the_author_is_no_part_of_the_text() -> None:
    box = '<div itemscope itemprop="author"><a>Siti Nurjanah</a><p>Senang menulis tentang laut dan orang-orangnya sejak muda.</p></div>'
    assert read(f'<div class="entry-content">{paragraphs(BODY)}{box}</div>').paragraphs == BODY


def test_an_emoji_makes_no_caption_of_a_line() -> None:
    items = ["Jangan memakai telepon saat berkendara", "Pakai helm yang kuat", "Patuhi lampu lalu lintas"]
    lines = "".join(f'<div><img alt="x" width="16" height="16" src="a.png"> {item}</div>' for item in items)
    assert read(f'<div class="entry-content">{paragraphs(BODY)}{lines}</div>').paragraphs == [*BODY, *items]


def test_a_titled_box_among_the_paragraphs_is_set_in() -> None:
    box = '<div class="kotak"><h4>Sekilas</h4><p>Luas kebun enam ribu meter persegi.</p></div>'
    sections = "".join(f'<div class="bagian"><h3>{line}</h3><p>Kunci {line}.</p></div>' for line in ("satu", "dua"))
    body = f"<p>{LEAD}</p><p>{SECOND}</p>{box}<p>{THIRD}</p>{sections}"
    text = read(f'<div class="entry-content">{body}</div>').paragraphs
    assert text == [*BODY, "satu", "Kunci satu.", "dua", "Kunci dua."]


@pytest.mark.parametrize(
    "line",
    [
        "(mar3/jpnn)", "( Slamet R / KKT )", "(Murizal)", "*** (frans leki)", "[YM | Editor: Rahmat]", "#WargaAman #TertibDiJalan",
        "Penulis di Jejakpantura. Percaya bahwa kabar baik perlu diceritakan.", "Halaman selanjutnya, pengakuan pelaku...",
        "Berita Jatim lainnya di Google News. Klik Follow Google News Jatim", "<< Kembali",
        "Mau menulis di kolom warga? Kirim karya tulis Anda ke email redaksi.", "👉 Jangan lupa like, share dan follow halaman kami",
    ],
)  # fmt: skip
def test_lines_of_the_newsroom_are_residue(line: str) -> None:
    assert kept(f'<div class="entry-content">{paragraphs([*BODY, line])}</div>') == BODY


@pytest.mark.parametrize(
    "line",
    [
        "(Polres Sampit menahan dua orang.)", "Punya informasi? Hubungi Polsek Baamang atau layanan 110.",
        "Pelaku meminta korban memberi like dan follow akun toko palsu itu sebelum menagih uang jaminan.",
    ],
)  # fmt: skip
def test_lines_of_the_article_are_no_residue(line: str) -> None:
    assert kept(f'<div class="entry-content">{paragraphs([*BODY, line])}</div>') == [*BODY, line]


def test_a_date_and_the_hour_in_boxes_of_their_own_are_one_time() -> None:
    info = "<ul><li><time>16 November 2026</time></li><li><time>10:30 WITA</time></li></ul>"
    article = read(f"<h1>Tutup pintu gudang sebelum ke kebun</h1>{info}{paragraphs(BODY)}")
    assert article.published == "2026-11-16T10:30:00+08:00"


def test_links_are_counted_by_line_where_breaks_divide() -> None:
    links = "<b>Berita Terkait :</b><br>- <a href=/1>Pos jaga raih predikat baik</a><br>- <a href=/2>Ujian memakai lintasan baru</a>"
    assert read(f"<table><tr><td>{'<br><br>'.join(BODY)}<br><br>{links}</td></tr></table>").paragraphs == BODY


def test_a_title_behind_the_body_takes_nothing_with_it() -> None:
    title = "Tutup pintu gudang sebelum ke kebun"
    inside = f'<h1>{title}</h1><div class="entry-content">{paragraphs([*BODY, title])}</div>'
    assert read(inside).paragraphs == BODY


def test_the_title_and_the_byline_in_spans_between_breaks_are_lines_of_their_own() -> None:
    title = "Tutup pintu gudang sebelum berangkat ke kebun"
    head = (
        f"<span class=tgl>Jumat, 9 Oktober 2026 - 13:55 WIB</span><br><span class=judul>{title}</span><br>"
        "<span class=oleh>Diposting oleh : <b>Rudi Hartono</b> Kategori: <a>Warga</a> - Dibaca: <b>744</b> kali</span>"
    )
    article = read(f"<table><tr><td>{head}</td></tr></table><div>{paragraphs(BODY)}</div>", f"<title>{title}</title>")
    assert (article.title, article.author) == (title, "Rudi Hartono")
    assert article.paragraphs == BODY


def test_words_that_stand_for_a_picture_are_its_caption() -> None:
    told = "Warga menutup pintu gudang di tepi kebun sebelum berangkat pagi"
    figure = f'<div class="kotak"><img src="a.jpg" alt="{told}"></div><p>{told}</p>'
    assert (
        read(f'<div class="entry-content"><p>{LEAD}</p>{figure}<p>{SECOND}</p><p>{THIRD}</p></div>').paragraphs == BODY
    )


def test_a_subheading_that_begins_with_a_picture_is_no_caption() -> None:
    lines = [LEAD, SECOND, "Foto Dipakai sebagai Peta", THIRD]
    assert kept(f'<div class="entry-content">{paragraphs(lines)}</div>') == lines


def test_several_authors_are_all_named() -> None:
    people = '[{"@type": "Person", "name": "Siti Aminah"}, {"@type": "Person", "name": "Budi Raharja"}]'
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Tutup pintu gudang", "author": {people}}}</script>'
    assert read(f'<div class="entry-content">{paragraphs(BODY)}</div>', data).author == "Siti Aminah, Budi Raharja"


def test_a_date_in_the_box_of_the_title_is_the_articles_whatever_the_box_is_called() -> None:
    title = "Tutup pintu gudang sebelum berangkat ke kebun"
    head = '<div class="user-block"><span>Humas</span><span>18-11-2026 09:14:17 WITA | 184 x dibaca</span></div>'
    inside = f'<div class="box box-widget">{head}<h3>{title}</h3>{paragraphs(BODY)}</div>'
    assert read(inside, f"<title>{title}</title>").published == "2026-11-18T09:14:17+08:00"
