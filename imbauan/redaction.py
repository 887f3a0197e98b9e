"""Masks what points to private people in a text: names, initials, phone, identity, account and plate numbers, addresses.

Names of officers and officials stay: they speak in public. A private name is known by the words around it (private_names.py);
one that nothing tells as such stays as published; docs/dataset.md says so.
"""

from __future__ import annotations

import re
from typing import Any

from imbauan.private_names import mask_names, names_in

PHONE, IDENTITY, ACCOUNT, INITIALS, EMAIL = "[telepon]", "[NIK]", "[rekening]", "[inisial]", "[surel]"

PLATE, ADDRESS, PASSPORT = "[pelat]", "[alamat]", "[paspor]"

_EMAIL = re.compile(r"\b[\w.+-]+@(?!(?:[\w-]+\.)*polri\.go\.id)[\w-]+(?:\.[\w-]+)+\b")
_IDENTITY = re.compile(r"(?<![\d.-])\d{4}(?:[ .-]?\d{4}){3}(?![\d.-]?\d)")
_PASSPORT = re.compile(r"(?i)(\bpaspor\b[^.\d]{0,30}?)\b[a-z]{1,2}\s?\d{6,7}\b")
_AREA = "A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[AB]?|R|S|T|W|Z"
"""Letters that begin an Indonesian number plate."""
_PLATE = re.compile(rf"\b(?!L ?300\b)(?:{_AREA})(?:[ -]\d{{1,4}}[ -]|\d{{3,4}}[ -]?)[A-Z]{{2,3}}\b")
_TOLD_PLATE = re.compile(
    rf"(?i:(\b(?:nopol|nomor\s+polisi|no\.?\s*pol|(?:nomor\s+)?p[ae]?lat(?:\s+nomor)?|bernopol|bernomor\s+polisi)\b[^\w]{{0,4}}(?:\w+\s+){{0,2}}?))\b(?:{_AREA})[ -]?\d{{1,4}}(?:[ -]?[A-Z]{{1,3}})?\b"
)
_STREET = r"(?:Jalan|Jl\b\.?|Gang|Gg\b\.?|Perum(?:ahan|nas)?|Komplek[s]?|Blok|Dusun|Kampung)"
_HOUSE = re.compile(
    rf"\b{_STREET}(?:\s+[A-Z0-9][\w.'’/-]*){{1,5}}?,?\s+(?:(?i:nomor|no\b\.?|blok|kav\b\.?)\s*[A-Z]{{0,2}}[./-]?\d{{1,4}}[A-Za-z]?\b|RT\b)"
    r"(?:,?\s*(?:(?i:nomor|no\b\.?)\s*\d{1,4}[A-Za-z]?|\bR[TW]\.?\s*[./]?\s*\d{1,3}|/|[./]?\s*\d{1,3}(?=\s*/?\s*RW)))*"
)
_NEIGHBOURHOOD = re.compile(r"\bRT\.?\s*\d{1,3}\s*[,/]?\s*(?:RW\.?\s*)?\d{1,3}\b|\bR[TW]\.?\s*\d{1,3}\b")
_OFFICE = re.compile(
    r"(?i)\b(?:mapol\w+|pol(?:da|res\w*|sek|ri)|kantor|posko|pos|spkt|satpas|samsat|alamat\s+resmi|gedung|rs(?:ud|up)?|rumah\s+sakit|puskesmas|masjid|sekolah)\b[^.;]{0,60}$"
)
_ACCOUNT = re.compile(
    r"(?i)(\b(?:rekening|norek|no\.?\s*rek|virtual\s+account|akun\s+bank|BCA|BRI|BNI|BSI|Mandiri|BTN|CIMB)\b[^.\d]{0,40}?)(\d(?:[\s.-]?\d){7,17})(?!\d)"
)
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+?62[\s.-]?|0)(?:8\d{1,2}|[2-9]\d{1,2})(?:[\s.-]?\d){5,9}(?!\d)")
_PUBLIC = re.compile(
    r"(?i)\b(?:hotline|call\s?cent(?:er|re)|layanan|pengaduan|aduan|posko|piket|spkt|resmi|darurat|kapol\w+|polda|polres\w*|polsek|polri|humas|satlantas)\b[^.;]{0,60}$"
)
_PLATE_OR_CODE = "IGD|ICU|UGD|HUT|TNI|KTP|SIM|STNK|TKP|WIB|WIT|WITA|RT|RW|PT|CV|KM|APK|OTP|DPO|LP|BB|HP|KUHP|UU|ITE|PMI|NTB|NTT|DIY|DKI|VCS|ATM|BRI|BNI|BCA|BSI|TPPO|KDRT|PPA|ASN|PNS|BBM|LPG|SPBU|SD|SMP|SMA|SMK|UMKM|PIN|OJK|BNN|KPK|DPR|DPRD|KPU|WNI|WNA|PBB|CCTV|SPKT|SKCK|BPKB|JPU|PLN|AI|AS|IT|HAM|TPS|SARA|II|III|IV|VI"
_INITIALS = re.compile(
    r"(?P<before>\b(?:berinisial|inisial|tersangka|terduga(?:\s+pelaku)?|pelaku|korban|terlapor|pelapor|saksi|pria|wanita|perempuan|lelaki|remaja|pemuda|siswa|siswi|bocah|anak|residivis|kurir|bandar|pengedar)\s+(?:berinisial\s+|bernama\s+)?(?:\w+\s+)?)"
    rf"(?P<first>(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,4}}\b\.?)(?P<more>(?:(?:\s*\(\d{{1,2}}(?:\s*tahun)?\))?(?:,\s*(?:dan\s+)?|\s+dan\s+|\s+alias\s+|\s+serta\s+)(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,4}}\b(?!\.?[a-z])\.?)*)"
)
_AGED = re.compile(
    rf"\b(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,3}}\.?(?=\s*\(\d{{1,2}}(?:\s*(?:tahun|thn|th))?\))"
)
_ONE = re.compile(rf"\b(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,4}}\b\.?")


def redact(text: str, names: set[str] | None = None) -> str:
    """The text with private names, numbers and addresses masked; the same text again where there is none.

    `names`: private people known from elsewhere, such as from the other columns of a row; by default those of the text.
    """
    text = _EMAIL.sub(EMAIL, text)
    text = _ACCOUNT.sub(lambda match: match.group(1) + ACCOUNT, text)
    text = _IDENTITY.sub(IDENTITY, text)
    text = _PASSPORT.sub(lambda match: match.group(1) + PASSPORT, text)
    text = _PHONE.sub(lambda match: _unless(_PUBLIC, match, PHONE), text)
    text = _TOLD_PLATE.sub(lambda match: match.group(1) + PLATE, text)
    text = _PLATE.sub(PLATE, text)
    text = _HOUSE.sub(lambda match: _unless(_OFFICE, match, ADDRESS), text)
    text = _NEIGHBOURHOOD.sub(lambda match: _unless(_OFFICE, match, ADDRESS), text)
    text = mask_names(text, names_in([text]) if names is None else names)
    text = _INITIALS.sub(lambda match: match["before"] + INITIALS + _ONE.sub(INITIALS, match["more"]), text)
    return _AGED.sub(INITIALS, text)


def _unless(public: re.Pattern[str], match: re.Match[str], mask: str) -> str:
    """The mask, but what stands behind a word of `public` as it is."""
    before = match.string[max(0, match.start() - REACH) : match.start()]
    return match.group() if public.search(before) else mask


REACH = 120
"""Characters before a number within which a word tells that it is public."""

KEPT = frozenset(
    "url first_url kept_url copy_of published modified fetched sha256 channels archive source author editor unit units "
    "spokesperson quoted region regions topic topics kind language outlets rule reason".split()
)
"""Columns that hold no private person: addresses, times, and who acts in public."""


def redact_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the dataset with every text in it redacted; addresses and times are left alone."""
    texts = {name: value for name, value in row.items() if isinstance(value, str) and name not in KEPT}
    names = names_in(texts.values())
    return row | {name: redact(value, names) for name, value in texts.items()}
