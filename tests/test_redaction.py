"""Masking what points to private people; the public stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbauan.redaction import redact, redact_row


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Korban menerima pesan dari 0812-3456-7890 pada malam hari.",
            "Korban menerima pesan dari [telepon] pada malam hari.",
        ),
        ("Hubungi +62 812 3456 7890 milik pelaku.", "Hubungi [telepon] milik pelaku."),
        ("NIK 6202011212900001 dipakai pelaku.", "NIK [NIK] dipakai pelaku."),
        (
            "Uang dikirim ke rekening BCA 1234567890 atas nama orang lain.",
            "Uang dikirim ke rekening BCA [rekening] atas nama orang lain.",
        ),
        ("Tersangka berinisial RF dan MA ditahan.", "Tersangka berinisial [inisial] dan [inisial] ditahan."),
        (
            "Pelaku A.S. (27) serta BN (31 tahun) ditangkap.",
            "Pelaku [inisial] (27) serta [inisial] (31 tahun) ditangkap.",
        ),
        ("Surel orang itu budi@contoh.id.", "Surel orang itu [surel]."),
    ],
)
def test_private_data_is_masked(text: str, masked: str) -> None:
    assert redact(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi layanan 110 bebas pulsa.",
        "Sebanyak 27 tahun ia berjualan di pasar itu.",
        "Hotline Polres Demak 0812-3456-7890 siaga setiap hari.",
        "Kombes Pol Hendra Silam mengatakan harga Rp1.250.000 pada 20/11/2026 pukul 16.05 WIB.",
        "Pelaku membuka tautan APK lalu korban kehilangan STNK dan KTP.",
        "Polda NTB dan Polda DIY menangkap pelaku TPPO.",
        "Surat ke humas@polri.go.id dibalas.",
    ],
)
def test_what_is_public_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Bocah bernama Galih Prakoso (9) hanyut. Galih belum ditemukan.",
            "Bocah bernama [nama] (9) hanyut. [nama] belum ditemukan.",
        ),
        (
            "Sopir truk Wagimin mengaku mengantuk; istri korban, Tumini, pingsan.",
            "Sopir truk [nama] mengaku mengantuk; istri korban, [nama], pingsan.",
        ),
        (
            '"Airnya cepat naik," kata Yuliana Koto, warga setempat yang rumahnya terendam.',
            '"Airnya cepat naik," kata [nama], warga setempat yang rumahnya terendam.',
        ),
        (
            "Polisi menahan dua orang, yakni Ferdi Nasrul (31) dan DODI HARIANTO (28).",
            "Polisi menahan dua orang, yakni [nama] (31) dan [nama] (28).",
        ),
        ("Mobil N 1823 QX menabrak pagar.", "Mobil [pelat] menabrak pagar."),
        ("Rumah di Jalan Kenari Nomor 8 RT 02/RW 05 dibobol.", "Rumah di [alamat] dibobol."),
        ("Paspor X1234567 milik korban disita majikan.", "Paspor [paspor] milik korban disita majikan."),
    ],
)
def test_a_private_person_is_masked_by_what_stands_around_the_name(text: str, masked: str) -> None:
    assert redact(text) == masked
    assert redact(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Kapolres Ngawi AKBP Teguh Wardana (45) menangkap pelaku; Teguh meminta warga tenang.",
        "Bupati Lebak Rahmi Santika dan Kepala Dinas Sosial Joni Harun meninjau pengungsi.",
        "Warga Kecamatan Melak, korban banjir Demak, dan pelaku penipuan online.",
        "Pemilik Toko Maju Jaya dan pengendara Honda Beat di Desa Slamet.",
        "Laporan diterima di Mapolres Kudus, Jalan Sudirman Nomor 10.",
        "Korban Curanmor Diminta Datang, Pelaku Sudah Ditangkap Polisi",
        "Kecelakaan terjadi Jumat (20/11) di KM 29 arah Jakarta.",
    ],
)
def test_places_firms_and_people_in_their_post_stay(text: str) -> None:
    assert redact(text) == text


def test_a_name_told_in_the_text_is_masked_in_the_title_too() -> None:
    row = {
        "title": "Galih Prakoso Hanyut, Polisi Imbau Warga Jauhi Sungai",
        "text": "Korban bernama Galih Prakoso (9).\nAKP Rina Prakoso memimpin pencarian.",
        "spokesperson": "AKP Rina Prakoso",
        "author": "Galih",
    }
    assert redact_row(row) == row | {
        "title": "[nama] Hanyut, Polisi Imbau Warga Jauhi Sungai",
        "text": "Korban bernama [nama] (9).\nAKP Rina Prakoso memimpin pencarian.",
    }


def test_a_row_keeps_its_addresses_and_numbers() -> None:
    row = {"id": 7, "url": "https://contoh.id/0812345678901", "text": "Nomor 081234567890.", "modified": None}
    assert redact_row(row) == row | {"text": "Nomor [telepon]."}


@given(st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)
