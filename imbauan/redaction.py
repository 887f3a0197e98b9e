"""Masks what points to private people in a text: phone, identity and account numbers, suspects' initials.

Names of officers and officials stay: they speak in public. Names of other people can't be told from places and
companies by rules, so they stay in the text as published; docs/dataset.md says so.
"""

from __future__ import annotations

import re
from typing import Any

PHONE, IDENTITY, ACCOUNT, INITIALS, EMAIL = "[telepon]", "[NIK]", "[rekening]", "[inisial]", "[surel]"

_EMAIL = re.compile(r"\b[\w.+-]+@(?!(?:[\w-]+\.)*polri\.go\.id)[\w-]+(?:\.[\w-]+)+\b")
_IDENTITY = re.compile(r"(?<!\d)\d{16}(?!\d)")
_ACCOUNT = re.compile(
    r"(?i)(\b(?:rekening|norek|no\.?\s*rek|virtual\s+account|akun\s+bank|BCA|BRI|BNI|BSI|Mandiri|BTN|CIMB)\b[^.\d]{0,40}?)(\d(?:[\s.-]?\d){7,17})(?!\d)"
)
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+?62[\s.-]?|0)(?:8\d{1,2}|[2-9]\d{1,2})(?:[\s.-]?\d){5,9}(?!\d)")
_PUBLIC = re.compile(
    r"(?i)\b(?:hotline|call\s?cent(?:er|re)|layanan|pengaduan|aduan|posko|piket|spkt|resmi|darurat|kapol\w+|polda|polres\w*|polsek|polri|humas|satlantas)\b[^.;]{0,60}$"
)
_PLATE_OR_CODE = "HUT|TNI|KTP|SIM|STNK|TKP|WIB|WIT|WITA|RT|RW|PT|CV|KM|APK|OTP|DPO|LP|BB|HP|KUHP|UU|ITE|PMI|NTB|NTT|DIY|DKI|VCS|ATM|BRI|BNI|BCA|BSI|TPPO|KDRT|PPA|ASN|PNS|BBM|LPG|SPBU|SD|SMP|SMA|SMK|UMKM|PIN|OJK|BNN|KPK|DPR|DPRD|KPU|WNI|WNA|PBB|CCTV|SPKT|SKCK|BPKB|JPU|PLN|AI|AS|IT|HAM|TPS|SARA|II|III|IV|VI"
_INITIALS = re.compile(
    r"(?P<before>\b(?:berinisial|inisial|tersangka|terduga(?:\s+pelaku)?|pelaku|korban|terlapor|pelapor|saksi|pria|wanita|perempuan|lelaki|remaja|pemuda|siswa|siswi|bocah|anak|residivis|kurir|bandar|pengedar)\s+(?:berinisial\s+|bernama\s+)?(?:\w+\s+)?)"
    rf"(?P<first>(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,4}}\b\.?)(?P<more>(?:(?:\s*\(\d{{1,2}}(?:\s*tahun)?\))?(?:,\s*(?:dan\s+)?|\s+dan\s+|\s+alias\s+|\s+serta\s+)(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,4}}\b(?!\.?[a-z])\.?)*)"
)
_AGED = re.compile(
    rf"\b(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,3}}\.?(?=\s*\(\d{{1,2}}(?:\s*(?:tahun|thn|th))?\))"
)
_ONE = re.compile(rf"\b(?!(?:{_PLATE_OR_CODE})\b)[A-Z](?:\.?[A-Z]){{0,4}}\b\.?")


def redact(text: str) -> str:
    """The text with private numbers, addresses and initials masked; the same text again where there is none."""
    text = _EMAIL.sub(EMAIL, text)
    text = _IDENTITY.sub(IDENTITY, text)
    text = _ACCOUNT.sub(lambda match: match.group(1) + ACCOUNT, text)
    text = _PHONE.sub(lambda match: match.group() if _PUBLIC.search(text[: match.start()]) else PHONE, text)
    text = _INITIALS.sub(lambda match: match["before"] + INITIALS + _ONE.sub(INITIALS, match["more"]), text)
    return _AGED.sub(INITIALS, text)


def redact_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the dataset with every text in it redacted; addresses and times are left alone."""
    kept = ("url", "first_url", "kept_url", "published", "modified", "fetched", "sha256", "channels", "archive")
    return {
        name: redact(value) if isinstance(value, str) and name not in kept else value for name, value in row.items()
    }
