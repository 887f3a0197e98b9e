"""Changes of one paragraph whose label is known because we make them: edits that leave its facts, and other facts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[str, random.Random], "str | None"]
"""The changed paragraph, or none where it can't be changed so."""

NUMBERS = dict(enumerate("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split()))
DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu".split()
TOWNS = "Palangka Raya|Sampit|Samarinda|Balikpapan|Pontianak|Banjarmasin|Makassar|Kupang|Denpasar|Medan|Jayapura|Ambon".split(
    "|"
)
SHORT = {
    "Kalimantan Tengah": "Kalteng", "Kalimantan Timur": "Kaltim", "Kalimantan Selatan": "Kalsel", "Sumatera Utara": "Sumut",
    "Jawa Timur": "Jatim", "Jawa Tengah": "Jateng", "Kepolisian Resor": "Polres", "Kepolisian Daerah": "Polda",
    " yang ": " yg ", " dengan ": " dgn ", "telepon genggam": "ponsel", "nomor": "no.", "Kombes Pol": "Komisaris Besar Polisi",
    "AKBP": "Ajun Komisaris Besar Polisi", "Iptu": "Inspektur Satu",
}  # fmt: skip
SYNONYMS = {
    "warga": "masyarakat", "mengimbau": "mengingatkan", "segera": "secepatnya", "karena": "sebab", "memakai": "menggunakan",
    "sampai": "hingga", "melalui": "lewat", "menangkap": "membekuk", "sejumlah": "beberapa", "namun": "tetapi", "bila": "jika",
}  # fmt: skip
OTHER_UNITS = {
    "hari": "bulan",
    "jam": "menit",
    "juta": "miliar",
    "kilogram": "gram",
    "meter": "kilometer",
    "minggu": "tahun",
}
OPPOSITES = {
    "sebelum": "sesudah", "naik": "turun", "korban": "pelaku", "membuka": "menutup", "masuk": "keluar", "siang": "malam",
    "pertama": "terakhir", "lebih": "kurang", "laki-laki": "perempuan", "kiri": "kanan", "darat": "laut",
}  # fmt: skip
NAMES = "Surya Wibisana|Paulus Ledoh|Made Artana|Hasan Basri|Yusuf Manurung".split("|")


def _one_of(table: dict[str, str]) -> Change:
    """Exchange one word or phrase of a table, wherever it stands first."""

    def change(text: str, chance: random.Random) -> str | None:
        found = [word for word in table if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        if not found:
            return None
        word = chance.choice(found)
        return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", table[word], text, count=1)

    return change


def typing(text: str, chance: random.Random) -> str | None:
    """A letter doubled in one long word."""
    places = [match.start() for match in re.finditer(r"\b[a-z]{7,}\b", text)]
    if not places:
        return None
    at = chance.choice(places) + chance.randint(2, 5)
    return text[:at] + text[at] + text[at:]


def quotes(text: str, chance: random.Random) -> str | None:
    """Curly quotation marks."""
    return re.sub(r'"([^"]*)"', "“\\1”", text) if text.count('"') > 1 else None


def dateline(text: str, chance: random.Random) -> str | None:
    """A dateline before it."""
    return f"{chance.choice(TOWNS)} (KABAR) - {text}" if text[0].isupper() else None


def saying(text: str, chance: random.Random) -> str | None:
    """Another verb of saying behind a quotation."""
    return (
        re.sub(r'(?<=," )(?:kata|ujar|ucap)(?=\s)', chance.choice(["tutur", "ungkap", "jelas"]), text)
        if '," ' in text
        else None
    )


def amounts(text: str, chance: random.Random) -> str | None:
    """An amount written out in digits."""
    return re.sub(r"Rp(\d+) juta", r"Rp\1.000.000", text) if re.search(r"Rp\d+ juta", text) else None


def in_words(text: str, chance: random.Random) -> str | None:
    """A small number in words or in digits."""
    for number, word in NUMBERS.items():
        if number > 1 and re.search(rf" {word} ", text):
            return text.replace(f" {word} ", f" {number} ", 1)
    return None


def function_words(text: str, chance: random.Random) -> str | None:
    """A word without a fact left out."""
    found = [word for word in (" tersebut", " itu", " juga", " telah", " para") if f"{word} " in text]
    return text.replace(chance.choice(found), "", 1) if found else None


def another_number(text: str, chance: random.Random) -> str | None:
    """The first number larger."""
    match = re.search(r"\b\d+\b", text)
    return (
        text[: match.start()] + str(int(match.group()) + chance.randint(1, 9)) + text[match.end() :] if match else None
    )


def another_number_word(text: str, chance: random.Random) -> str | None:
    """The first number word another."""
    for number, word in NUMBERS.items():
        if number > 1 and f" {word} " in text:
            return text.replace(f" {word} ", f" {NUMBERS[number - 1]} ", 1)
    return None


def another_day(text: str, chance: random.Random) -> str | None:
    """Another day of the week."""
    found = next((day for day in DAYS if day in text), None)
    return text.replace(found, DAYS[(DAYS.index(found) + 2) % len(DAYS)], 1) if found else None


def another_place(text: str, chance: random.Random) -> str | None:
    """Another town."""
    found = next((town for town in TOWNS if f"di {town}" in text), None)
    return text.replace(f"di {found}", f"di {TOWNS[(TOWNS.index(found) + 3) % len(TOWNS)]}", 1) if found else None


def another_name(text: str, chance: random.Random) -> str | None:
    """Another officer."""
    match = re.search(r"\b(AKBP|AKP|Iptu|Ipda|Kompol|Kombes Pol) ([A-Z]\w+ [A-Z]\w+)", text)
    return text.replace(match.group(2), chance.choice(NAMES), 1) if match else None


def negation(text: str, chance: random.Random) -> str | None:
    """A negation left out."""
    return (
        re.sub(r"\b(?:tidak|jangan|bukan|tanpa|belum) ", "", text, count=1)
        if re.search(r"\b(?:tidak|belum) ", text)
        else None
    )


CHANGES: tuple[tuple[str, str, Change], ...] = (
    ("same", "typing", typing), ("same", "quotation marks", quotes), ("same", "dateline", dateline),
    ("same", "abbreviation", _one_of(SHORT)), ("same", "verb of saying", saying), ("same", "amount written otherwise", amounts),
    ("same", "number in digits", in_words), ("same", "function word", function_words), ("same", "synonym", _one_of(SYNONYMS)),
    ("variant", "number", another_number), ("variant", "number word", another_number_word), ("variant", "day", another_day),
    ("variant", "place", another_place), ("variant", "name", another_name), ("variant", "negation", negation),
    ("variant", "unit", _one_of(OTHER_UNITS)), ("variant", "opposite", _one_of(OPPOSITES)),
)  # fmt: skip
"""Label, kind, and the change."""
