from __future__ import annotations

import pytest

from imbauan.description import describe
from imbauan.description.units import gazetteer, mentions
from imbauan.items import Article, Description


def said(title: str, *paragraphs: str, region: str | None = None, official: bool = False) -> Description:
    return describe(Article("https://contoh.id/1", title, list(paragraphs)), region, official)


ADVISORIES = {
    "town of Wamena": (
        "Warga Wamena diminta tidak membawa senjata tajam ke kota",
        "Kepolisian Resor Jayawijaya akan menyita parang yang dibawa masuk ke pusat kota.",
        "Wakapolres Jayawijaya Kompol Stevanus Wenda menjelaskan kebijakan itu hanya sementara.",
        "Warga dari distrik lain diimbau tidak datang ke lokasi sidang.",
    ),
    "unit in title and lead": (
        "Polres Kotim imbau warga kunci ganda sepeda motor",
        "Sampit (ANTARA) - Polres Kotawaringin Timur mengimbau warga memasang kunci ganda pada sepeda motor.",
        '"Parkir di tempat terang," kata Kasi Humas Polres Kotim Iptu Bayu Laras di Sampit, Rabu.',
    ),
    "police only in the lead": (
        "Musim hujan, pengendara diminta kurangi kecepatan",
        "Satlantas Polresta Samarinda meminta pengendara mengurangi kecepatan selama musim hujan.",
        '"Jalan licin, jangan memaksakan diri," ujar Kasat Lantas Kompol Teguh Wasana.',
    ),
    "title names no one": (
        "Waspada lowongan kerja palsu di luar negeri",
        "Tawaran gaji besar di luar negeri kembali beredar di media sosial sejak awal bulan.",
        "Kabid Humas Polda Jateng Kombes Pol Arman Setya meminta masyarakat tidak mudah percaya pada tawaran itu.",
        '"Periksa dahulu perusahaannya, lalu hubungi 110," katanya.',
    ),
    "rumour denied": (
        "Polisi pastikan kabar penculikan anak di Palu hoaks",
        "Palu (ANTARA) - Polresta Palu menegaskan kabar penculikan anak itu tidak benar.",
        'Kapolresta Palu Kombes Pol Deni Aryo mengatakan, "Jangan sebarkan pesan itu, tanyakan dulu kepada kami."',
        "Orang tua diimbau tetap tenang dan mengantar anak ke sekolah.",
    ),
    "farmers are told, not speaking": (
        "Petani diingatkan tidak membakar lahan",
        "Kepolisian Resor Pulang Pisau mengingatkan petani agar tidak membuka lahan dengan membakar.",
        "Kapolres Pulang Pisau AKBP Surya Daru mengatakan pelaku pembakaran lahan dapat dipidana.",
    ),
    "head office": (
        "Polri ingatkan pemudik istirahat tiap empat jam",
        "Jakarta (ANTARA) - Korlantas Polri mengingatkan pemudik agar beristirahat setiap empat jam berkendara.",
        '"Berhenti bila mengantuk," ujar Karo Penmas Divhumas Polri Brigjen Pol Wahyu Pranata.',
    ),
    "capital letters": (
        "POLDA NTB IMBAU NELAYAN TUNDA MELAUT",
        "MATARAM - Polda NTB mengimbau nelayan menunda melaut karena gelombang tinggi.",
        'Dirpolairud Polda NTB Kombes Pol. ANDRI KUSUMA, S.I.K., M.H. mengatakan, "Keselamatan lebih utama."',
    ),
    "bare verbs in quotes": (
        "Sewa mobil lewat media sosial, ini saran Polres Salatiga",
        "Delapan mobil sewaan dibawa kabur penyewanya sejak awal tahun.",
        'Kasi Humas Polres Salatiga Iptu Bowo Laksana bercerita tentang caranya. "Foto kartu identitas, cocokkan dengan wajah penyewa."',
        '"Simpan kunci cadangan. Tanyakan tujuan, catat nomor dua kerabatnya," katanya.',
    ),
    "rules and conditions": (
        "Orkes malam di Kapuas kini ada batasnya",
        "KUALA KAPUAS - Kapolres Kapuas AKBP Hendri Lasa menetapkan batas bagi orkes malam.",
        "Musik harus berhenti pukul 23.00 dan panggung tidak boleh menutup jalan.",
        '"Yang melanggar kami hentikan," katanya.',
    ),
    "an accident to learn from": (
        "Asap sampah sebabkan kecelakaan, Polres Kudus minta warga berhenti membakar",
        "KUDUS - Asap sampah menutup pandangan pengemudi dan tiga mobil bertabrakan.",
        "Kapolres Kudus AKBP Rendra Wisesa meminta warga tidak membakar sampah di tepi jalan.",
        "Ketua RT diminta menyediakan lubang sampah bersama.",
    ),
    "only the title names the police": (
        "Polres Buleleng ingatkan pembeli motor bekas",
        "Motor bekas tanpa surat ditawarkan murah di grup jual beli.",
        "Pembeli diminta mencocokkan nomor rangka sebelum membayar.",
        "Jangan mentransfer uang muka kepada penjual yang menolak bertemu.",
    ),
    "with an agency at its side": (
        "Polres Demak bersama BPBD ingatkan warga bantaran sungai",
        "Polres Demak bersama BPBD mengingatkan warga bantaran sungai agar mengungsi bila air naik.",
        "Kapolres Demak AKBP Lukman Wira meminta warga tidak menerobos genangan.",
    ),
}
NEWS = {
    "blood donors": (
        "Bakti kesehatan, 85 kantong darah terkumpul di Enrekang",
        "Polres Enrekang menyelenggarakan donor darah dan pemeriksaan kesehatan di aula, Selasa.",
        "Sebagian peserta harus pulang karena tekanan darahnya terlalu tinggi.",
        "Kapolres Enrekang AKBP Budi Santoso berterima kasih. Rangkaian peringatan akan dilanjutkan dengan ziarah.",
    ),
    "an appeal of two sentences at the end": (
        "Pencuri kabel gardu di Sragen tertangkap",
        "SRAGEN - Polres Sragen menangkap dua pencuri kabel gardu, Selasa malam.",
        "Dari tangan tersangka disita tang dan gulungan tembaga.",
        "Keduanya dijerat pasal 363 KUHP.",
        "Kejadian serupa diharapkan tidak terulang. Masyarakat diminta waspada dan segera menghubungi 110.",
    ),
    "the agencies come first, an officer speaks": (
        "Perahu terbalik di muara, pencarian dilanjutkan",
        "KENDARI - Perahu pemancing terbalik di muara, Senin pagi.",
        "Tim Basarnas dan Polres Konawe menyisir muara.",
        '"Arus masih kuat," kata Kasat Polairud Polres Konawe Iptu Darwin Saleh.',
        "Perahu ditemukan dua mil dari pantai.",
    ),
    "arrest": (
        "Polres Garut ringkus dua pencuri ternak",
        "Garut - Satreskrim Polres Garut menangkap dua pencuri kambing di Cikajang.",
        "Kapolres Garut AKBP Ridwan Lesmana mengatakan keduanya mengakui perbuatannya.",
        "Polisi menyita satu mobil bak terbuka.",
    ),
    "arrest with one closing sentence": (
        "Polres Garut ringkus dua pencuri ternak",
        "Satreskrim Polres Garut menangkap dua pencuri kambing di Cikajang.",
        "Kapolres Garut AKBP Ridwan Lesmana mengatakan keduanya mengakui perbuatannya.",
        "Ia mengimbau warga memperbaiki kandang.",
    ),
    "arrest with a closing paragraph of appeal": (
        "Polsek Sekupang tangkap penipu berkedok undian",
        "Batam - Unit Reskrim Polsek Sekupang menangkap pria yang menipu lewat undian berhadiah.",
        "Kapolsek Sekupang Kompol Rina Salim mengatakan pelaku menipu belasan orang.",
        "Ia mengimbau masyarakat tidak tergiur hadiah besar. Warga diminta melapor bila menerima pesan serupa.",
    ),
    "order to own staff": (
        "Kapolda Bali minta anggota tingkatkan pelayanan",
        "Kapolda Bali Irjen Pol Made Winata meminta seluruh anggota meningkatkan pelayanan.",
        "Ia mengingatkan personel tentang disiplin saat apel pagi di Denpasar.",
    ),
    "ceremony": (
        "Kapolres Sintang pimpin serah terima jabatan",
        "Kapolres Sintang AKBP Hadi Purnama memimpin serah terima jabatan Kasat Lantas.",
        "Upacara berlangsung di halaman mapolres dan dihadiri Bupati.",
    ),
    "accident": (
        "Dua truk bertabrakan di Batang",
        "Dua truk bertabrakan di jalan pantura Batang, Senin dini hari.",
        "Kasat Lantas Polres Batang AKP Fauzan Hakim mengatakan polisi masih melakukan olah TKP.",
        "Penyidik Satlantas memeriksa dua saksi.",
    ),
    "inquiry": (
        "Polisi minta keterangan lima saksi kebakaran pasar",
        "Penyidik Polresta Manado meminta keterangan lima saksi kebakaran pasar.",
        "Kasat Reskrim Polresta Manado Kompol Jefri Mandagi mengatakan penyebabnya diselidiki.",
    ),
}
OTHERS = {
    "somebody else advises in the title, the police stand guard": (
        "Pengurus Pura Imbau Umat Parkir di Lapangan, Polisi Jaga Simpang",
        "GIANYAR - Pengurus Pura Samuan mengimbau umat memarkir kendaraan di lapangan.",
        '"Datanglah lewat pintu selatan," kata ketua panitia I Wayan Suta.',
        "Polisi menjaga dua simpang.",
    ),
    "weather office": (
        "BMKG imbau nelayan waspada gelombang tinggi",
        "BMKG mengimbau nelayan mewaspadai gelombang setinggi empat meter.",
        "Warga pesisir diminta segera melapor ke polisi atau BPBD bila ada keadaan darurat.",
    ),
    "electricity": (
        "PLN ingatkan warga matikan listrik saat banjir",
        "PLN mengingatkan pelanggan mematikan listrik bila rumah tergenang.",
        "Manajer PLN Budi Tarigan mengatakan petugas siaga. Pengamanan gardu melibatkan Polres Demak.",
    ),
    "health office": (
        "Dinas Kesehatan imbau warga cegah demam berdarah",
        "Dinas Kesehatan Kota Palu mengimbau warga menguras bak mandi.",
        "Kepala Dinas Ratna Dewi berharap warga segera berobat.",
    ),
    "flood agency": (
        "Warga diminta waspada longsor",
        "Cilacap (ANTARA) - BPBD Cilacap meminta warga mewaspadai longsor.",
        "Kepala BPBD mengatakan timnya bersama Polresta Cilacap dan TNI memantau lereng.",
        '"Segera mengungsi bila hujan lebih dari dua jam," katanya.',
    ),
    "football": (
        "Persib menang tipis di kandang",
        "Persib mengalahkan tamunya 1-0 berkat gol menit akhir.",
        "Pelatih memuji pemain muda yang baru masuk pada babak kedua.",
        "Pertandingan dijaga polisi dari Polrestabes Bandung.",
        "Suporter diminta tertib saat pulang.",
    ),
    "market prices": (
        "Harga cabai naik, gubernur minta warga tidak panik",
        "Gubernur meminta masyarakat tidak memborong cabai menjelang hari raya.",
        "Ia didampingi Kapolda Jawa Timur saat meninjau pasar.",
        "Satgas Pangan Polda Jatim ikut memeriksa gudang.",
        "Pedagang berharap pasokan segera datang.",
    ),
    "speed bump": (
        "Warga minta polisi tidur di jalan kampung dibongkar",
        "Warga meminta polisi tidur yang terlalu tinggi dibongkar karena merusak motor.",
        "Ketua RT berjanji menggantinya dengan yang lebih landai. Pengendara diminta berhati-hati.",
    ),
    "foreign police": (
        "Kepolisian Jepang imbau warga waspada penipuan",
        "Tokyo - Kepolisian Jepang mengimbau warga lanjut usia mewaspadai penipuan telepon.",
        "Polisi Tokyo mengatakan kerugian naik dua kali lipat. Warga diminta tidak mengirim uang.",
    ),
    "municipal wardens": (
        "Satpol PP larang pedagang berjualan di trotoar",
        "Satuan Polisi Pamong Praja mengimbau pedagang tidak berjualan di trotoar.",
        "Kepala Satpol PP berharap pedagang pindah ke pasar.",
    ),
    "recipe": ("Cara membuat soto", "Jangan lupa menyaring kaldu.", "Pastikan api kecil. Hindari santan."),
}


@pytest.mark.parametrize("case", ADVISORIES)
def test_police_telling_the_public_what_to_do_is_an_advisory(case: str) -> None:
    found = said(*ADVISORIES[case])
    assert found.kind == "advisory", found.evidence


@pytest.mark.parametrize("case", NEWS)
def test_police_at_work_is_police_news(case: str) -> None:
    found = said(*NEWS[case])
    assert found.kind == "police_news", found.evidence


@pytest.mark.parametrize("case", OTHERS)
def test_an_article_of_somebody_else_is_other_and_has_no_unit(case: str) -> None:
    found = said(*OTHERS[case])
    assert (found.kind, found.unit, found.topic, found.spokesperson) == ("other", None, None, None), found.evidence


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Polda Kalteng mengimbau", "Polda Kalimantan Tengah"),
        ("Kepolisian Daerah Kalimantan Tengah mengimbau", "Polda Kalimantan Tengah"),
        ("Kepolisian Daerah (Polda) Kalimantan Tengah (Kalteng)", "Polda Kalimantan Tengah"),
        ("Kabid Humas Polda Metro Jaya Kombes Pol", "Polda Metro Jaya"),
        ("Polda Papua Barat Daya", "Polda Papua Barat Daya"),
        ("Kapolda NTT Irjen Pol", "Polda Nusa Tenggara Timur"),
        ("Polda DIY", "Polda Daerah Istimewa Yogyakarta"),
        ("Polres Kotim menangkap", "Polres Kotawaringin Timur"),
        ("Kepolisian Resor Kotawaringin Timur", "Polres Kotawaringin Timur"),
        ("Kepolisian Resor Kota Besar Medan", "Polrestabes Medan"),
        ("Kapolresta Palangkaraya Kombes Pol", "Polresta Palangka Raya"),
        ("Polres Metro Jakarta Selatan", "Polres Metro Jakarta Selatan"),
        ("Polres Malang Kota", "Polresta Malang Kota"),
        ("Polres Malang menangkap", "Polres Malang"),
        ("Polrestabes Semarang", "Polrestabes Semarang"),
        ("Kapolsek Baamang AKP", "Polsek Baamang"),
        ("Polres Antah Berantah menangkap", "Polres Antah Berantah"),
        ("Bareskrim Polri", "Polri"),
        ("Mabes Polri", "Polri"),
    ],
)
def test_a_unit_has_one_spelling(text: str, unit: str) -> None:
    assert next(mentions(text)).unit == unit


def test_the_gazetteer_holds_every_polda_and_most_polres() -> None:
    assert len({name for name, _ in gazetteer().poldas.values()}) == 36
    assert len({name for name, _ in gazetteer().polres.values()}) >= 480


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kata Kepala Kabid Humas Polda Kalteng Kombes Pol Bagus Eko Nata di kota itu", "Kombes Pol Bagus Eko Nata"),
        ("kata Kabid Humas Kombes Pol. Bagus Nata, S.I.K., M.H. di kota itu", "Kombes Pol Bagus Nata"),
        ("Kapolres Kapuas, AKBP Bagus Nata, mengatakan jalan licin", "AKBP Bagus Nata"),
        ("KOMBES POL BAGUS NATA mengatakan jalan licin", "Kombes Pol Bagus Nata"),
        ("ujar Komisaris Besar Polisi Bagus Nata", "Kombes Pol Bagus Nata"),
        ("ujar Ajun Komisaris Besar Polisi Bagus Nata", "AKBP Bagus Nata"),
        ("ujar Kapolda Bali Irjen Pol Drs. H. Bagus Nata SIK MH", "Irjen Pol Bagus Nata"),
        ("ujar Kasi Humas Iptu M. Bagus Nata pada Senin", "Iptu M. Bagus Nata"),
        ("ujar Brigjen TNI Bagus Nata", None),
        ("tersangka berinisial BN kata ibunya, Sari Dewi", None),
    ],
)
def test_the_spokesperson_is_a_person_with_police_rank(text: str, name: str | None) -> None:
    title = "Polres Kapuas imbau warga waspada"
    assert said(title, "Polres Kapuas mengimbau warga berhati-hati.", text + ".").spokesperson == name


def test_the_officer_who_speaks_is_chosen_before_one_who_is_named() -> None:
    found = said(
        "Polres Kapuas imbau warga",
        "Kapolres Kapuas AKBP Surya Daru melalui Kasi Humas Iptu Lina Sari mengatakan warga diimbau waspada.",
        '"Jangan lengah," ujar Lina.',
    )
    assert found.spokesperson == "Iptu Lina Sari"


def test_region_is_of_the_unit_and_not_of_the_outlet() -> None:
    found = said("Polres Demak imbau warga", "Polres Demak mengimbau warga waspada banjir.", region="ID-KT")
    assert (found.unit, found.region) == ("Polres Demak", "ID-JT")


@pytest.mark.parametrize(
    ("lead", "region"),
    [
        ("Jakarta - Detasemen Khusus 88 Polri menangkap tiga orang di Jawa Tengah dan Sulawesi Tengah.", None),
        (
            "Jakarta - Detasemen Khusus 88 Polri menangkap tiga orang di Jawa Tengah dan Jawa Tengah bagian barat.",
            "ID-JT",
        ),
        ("Jakarta - Polri meminta pemudik tidak menumpuk di Puncak Arus Balik.", None),
        ("Jakarta - Polri mengirim bantuan ke Kabupaten Puncak untuk warga.", "ID-PT"),
    ],
)
def test_the_region_is_where_it_happens_and_null_where_that_is_not_one(lead: str, region: str | None) -> None:
    assert said("Kabar dari Polri", lead).region == region


def test_an_event_that_is_held_to_advise_needs_but_one_paragraph_of_advice() -> None:
    told = (
        "Satlantas Polres Demak mengunjungi sekolah dasar pada Rabu pagi bersama dua boneka tangan.",
        "Sebanyak 120 siswa mengikuti acara itu didampingi guru. Kepala sekolah menyambut gembira kedatangan mereka.",
        "Kasat Lantas Polres Demak AKP Sari Melati berpesan agar anak selalu memakai helm saat dibonceng orang tuanya.",
        "Acara ditutup dengan pembagian buku tulis.",
    )
    assert said("Polisi ajarkan siswa menyeberang dengan aman", *told).kind == "advisory"
    assert said("Polisi mengunjungi sekolah dasar di pesisir", *told).kind == "police_news"


def test_a_police_portal_that_names_no_unit_is_the_polda_of_its_region() -> None:
    found = said("Imbauan untuk pengendara", "Pengendara diimbau memakai helm.", "Polisi akan menindak pelanggar.",
                 region="ID-KS", official=True)  # fmt: skip
    assert (found.kind, found.unit) == ("advisory", "Polda Kalimantan Selatan")


@pytest.mark.parametrize(
    ("about", "topic"),
    [
        ("berkas APK undangan digital", "phishing"),
        ("ajakan VCS yang berujung pemerasan", "sextortion"),
        ("judi online", "online-gambling"),
        ("pinjaman online ilegal", "illegal-loans"),
        ("kebakaran hutan dan lahan", "fire"),
        ("tawuran dan balap liar", "gangs"),
        ("petasan", "explosives"),
        ("perdagangan orang", "trafficking"),
        ("narkoba", "narcotics"),
        ("kebersihan halaman", "other"),
    ],
)
def test_topic_is_what_title_and_lead_speak_of(about: str, topic: str) -> None:
    assert said(f"Polda Riau ingatkan soal {about}", f"Polda Riau mengimbau masyarakat soal {about}.").topic == topic


def test_a_topic_is_not_told_by_words_that_go_with_many_topics() -> None:
    found = said(
        "Sabu dalam karung beras digagalkan Polres Nunukan",
        "NUNUKAN - Polres Nunukan menggagalkan pengiriman sabu yang dibawa sopir truk lewat pelabuhan.",
        "Sopir mengaku tidak tahu isi karung. Kapal berangkat terlambat.",
    )
    assert found.topics == ["narcotics"]


def test_a_branch_with_its_town_alone_is_the_polres_of_that_town() -> None:
    assert said("Satlantas Boyolali imbau pengendara", "Rem diminta diperiksa dulu.").unit == "Polres Boyolali"


@pytest.mark.parametrize("word", ["polisi ", "diminta, ", ". ", '"', "AKBP Budi "])
def test_a_page_of_repeats_is_read_as_far_as_an_article_goes(word: str) -> None:
    """No assertion on time: what is read of it is bounded, so nothing can be costly in its length."""
    whole = word * (200_000 // len(word))
    cut = whole[:4_000]
    lead = "DEMAK - Polres Demak mengimbau warga waspada."
    assert said("Polres Demak imbau warga", lead, whole) == said("Polres Demak imbau warga", lead, cut)


def test_evidence_names_each_rule_and_where_it_fired() -> None:
    found = said("Polda Riau imbau warga", "Polda Riau mengimbau warga waspada.")
    assert "+4 mengimbau (title)" in found.evidence
    assert "+3 polisi (lead)" in found.evidence


def test_an_empty_article_is_other() -> None:
    assert said("", region="ID-RI").kind == "other"
