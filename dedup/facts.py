"""The fact guard: two paragraphs that differ in a fact are no duplicates, however alike they are."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from dedup.normalize import clean, strip_dateline

NUMBER_WORDS = frozenset(
    """nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus seratus ribu seribu
    juta sejuta miliar semiliar triliun setengah separuh puluhan belasan ratusan ribuan jutaan miliaran sejumlah
    pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh
    berdua bertiga berempat berlima sekali dua-duanya persen""".split()
)
NEGATIONS = frozenset(
    "tidak tak tanpa bukan jangan belum jangankan tiada nggak enggak gak dilarang larang batal".split()
)
TIMES = frozenset(
    """senin selasa rabu kamis jumat jum'at sabtu minggu ahad januari februari maret april mei juni juli agustus
    september oktober november desember kemarin lusa besok pagi siang sore malam dini wib wita wit""".split()
)
UNITS = frozenset(
    """gram kg kilogram kilo ton liter km kilometer meter cm hektare hektar ha rupiah rp dolar orang butir paket unit
    ekor jam menit hari pekan bulan tahun persen""".split()
)
FUNCTION_WORDS = frozenset(
    """yang di ke dari dan atau juga ini itu tersebut untuk pada dengan dalam oleh agar supaya bahwa saat ketika kata
    ujar ujarnya katanya jelas tutur ungkap ucap ucapnya imbuh tambah tambahnya ia dia mereka kami kita pun lah adalah
    ialah akan telah sudah serta maupun para sang si sebagai karena sebab maka jadi lagi hal yakni yaitu bila jika
    kalau apabila bagi sehingga seperti secara atas terhadap guna dapat bisa harus masih hanya saja nya lalu kemudian
    sementara demikian begitu antara""".split()
)
# Spellings and chat abbreviations that mean the same: no facts.
SAME = {
    "hoax": "hoaks", "dgn": "dengan", "yg": "yang", "utk": "untuk", "tdk": "tidak", "krn": "karena", "pd": "pada",
    "dlm": "dalam", "jgn": "jangan", "jum'at": "jumat", "thn": "tahun", "org": "orang", "kepri": "kepulauan riau",
    "kalteng": "kalimantan tengah", "kalsel": "kalimantan selatan", "kalbar": "kalimantan barat",
    "kaltim": "kalimantan timur", "kaltara": "kalimantan utara", "sumut": "sumatera utara", "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan", "babel": "bangka belitung", "jabar": "jawa barat", "jateng": "jawa tengah",
    "jatim": "jawa timur", "diy": "daerah istimewa yogyakarta", "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur", "sulut": "sulawesi utara", "sulteng": "sulawesi tengah",
    "sulsel": "sulawesi selatan", "sultra": "sulawesi tenggara", "sulbar": "sulawesi barat", "malut": "maluku utara",
    "polda": "kepolisian daerah", "polres": "kepolisian resor", "polsek": "kepolisian sektor",
    "kombes": "komisaris besar", "kabid": "kepala bidang", "humas": "hubungan masyarakat", "kapolda": "kepala polda",
}  # fmt: skip

_TOKEN = re.compile(r"\w+(?:[.,:/]\d+)*(?:'\w+)?")
_DIGIT = re.compile(r"\d")


def differing_facts(left: str, right: str) -> list[str]:
    """The words that make two paragraphs state different facts; empty where they say the same.

    A difference counts where it is a number, date, time, unit, negation or name (a word with a capital inside a
    sentence). A difference of spelling (one edit in a word of five letters or more), a listed abbreviation or a
    function word does not.
    """
    before, after = _tokens(left), _tokens(right)
    keys_before, keys_after = [key for key, _ in before], [key for key, _ in after]
    if keys_before == keys_after:
        return []
    facts: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, keys_before, keys_after, autojunk=False).get_opcodes():
        if kind != "equal":
            facts += _facts_of_change(before[a:b], after[c:d])
    return facts


def _facts_of_change(gone: list[tuple[str, bool]], new: list[tuple[str, bool]]) -> list[str]:
    gone_left, new_left = list(gone), list(new)
    for token in gone:
        match = next((other for other in new_left if _same_word(token, other)), None)
        if match is not None:
            gone_left.remove(token)
            new_left.remove(match)
    return [key for key, name in [*gone_left, *new_left] if _is_fact(key, name)]


def _is_fact(key: str, name: bool) -> bool:
    if _DIGIT.search(key) or key in NUMBER_WORDS or key in NEGATIONS or key in TIMES or key in UNITS:
        return True
    return name and key not in FUNCTION_WORDS


def _same_word(left: tuple[str, bool], right: tuple[str, bool]) -> bool:
    one, two = left[0], right[0]
    if one == two:
        return True
    closed = NUMBER_WORDS | NEGATIONS | TIMES | UNITS
    if _DIGIT.search(one + two) or one in closed or two in closed:
        return False
    return min(len(one), len(two)) >= 5 and one[0] == two[0] and within_one_edit(one, two)


def within_one_edit(left: str, right: str) -> bool:
    """Whether one letter inserted, deleted, replaced or swapped with its neighbour turns left into right."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    rest_left, rest_right = left[start:], right[start:]
    return (
        rest_left[1:] == rest_right[1:]
        or rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or (rest_left[:2] == rest_right[:2][::-1] and rest_left[2:] == rest_right[2:])
    )


@cache
def _expanded(key: str) -> tuple[str, ...]:
    meaning = SAME.get(key)
    return (key,) if meaning is None else tuple(part for word in meaning.split() for part in _expanded(word))


def _tokens(text: str) -> list[tuple[str, bool]]:
    """(folded word, whether it is a name): a capital counts only inside a sentence."""
    plain = strip_dateline(clean(text))
    result: list[tuple[str, bool]] = []
    for match in _TOKEN.finditer(plain):
        word = match.group()
        before = plain[: match.start()].rstrip(" \"'(-")
        starts_sentence = not before or before[-1] in ".!?:"
        name = word[0].isupper() and not starts_sentence
        result += [(part, name) for part in _expanded(word.casefold())]
    return result
