"""Who wrote and who edited an article, as its page prints or states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from imbauan.extraction.blocks import Block

_NAME = r"[^\n|/:•·]{3,60}?"
_END = r"(?=\s*(?:[|/•·\n]|\b(?:editor|redaktur|penyunting|kategori|rubrik|dibaca)\b|\bcopyright\b|\bfoto\b|©|-\s|\d|$|(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu)\b|(?<=\s)(?:(?-i:di|pada|at)|on)\b))"
_AUTHOR = re.compile(
    r"(?:^\W*|\|\s*|\bWI(?:B|TA|T)\W+)(?:(?:pewarta|penulis|reporter|wartawan|jurnalis|laporan|kontributor|oleh|by|rep|(?:redaktur|editor)\s*(?:&|dan|/)\s*(?:reporter|penulis|pewarta))\s*[:：]|(?:pewarta|oleh|by)(?=\s+(?-i:[A-Z]))"
    rf"|(?:di(?:tulis|posting|kirim|poskan|publikasikan)|posted|written|submitted)\s+(?:oleh|by)\b\s*[:：]?)\s*({_NAME}){_END}",
    re.I,
)
# "Laporan Wartawan Tribun, Siti Aminah": the outlet first.
_REPORT = re.compile(rf"^\W*laporan\s+(?:wartawan|reporter|jurnalis|kontributor)\b[^,]{{0,40}},\s*({_NAME})\W*$", re.I)
_EDITOR = re.compile(rf"\b(?:editor|penyunting|redaktur|red)\s*[:：]\s*({_NAME}){_END}", re.I)
_NOBODY = re.compile(
    r"^(?:admin\w*(?:\s\w+)?|administrator|redaksi\w*|tim redaksi.*|editor.*|https?:.*|humas\w*|humas (?:polda|polres|polri)|user\d*|author|"
    r"penulis|web\s?master|super\s?(?:admin|user)|root|operator\w*|unknown|anonim|anonymous|guest|publisher|"
    r"tribrata\s?news|skip to content|#.*|-+|(?-i:[a-z]{2,4}))$",
    re.I,
)
_LABEL = re.compile(
    r"(?i)^\W*(?:(?:di(?:tulis|posting|kirim|poskan|publikasikan)|posted|written)\s+)?(?:oleh|by|penulis|author|reporter|editor)\b\s*[:：]?"
)
_TOGETHER = 4
"""Names up to which a list of authors is that of one article."""
_LABELLED = 20
_AROUND = " -–|·,\n\t"
_SPACES = re.compile(r"\s+")
_XPATH = (
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'author') or contains(@class, 'penulis')"
    " or contains(@class, 'reporter') or contains(@class, 'writer') or contains(@class, 'redaksi') or contains(@class, 'field--name-uid')"
    " or contains(@data-qa-id, 'author') or contains(@data-testid, 'author') or contains(concat(' ', @class, ' '), ' fn ')]"
    # A picture of a person before the name, as themes without words have it.
    " | //i[contains(@class, 'user') or contains(@class, 'pencil')]/following-sibling::*[1][self::a or self::span]"
    " | //i[contains(@class, 'user') or contains(@class, 'person') or contains(@class, 'pencil')][not(*)]"
)
_WHOLE = frozenset(["html", "body", "main", "article"])
_GLUED = re.compile(r"[a-z][A-Z]")


def author_of(
    tree: HtmlElement, blocks: list[Block], linked: dict[str, Any], meta: dict[str, str], url: str
) -> str | None:
    """The author: the printed byline first, as ANTARA's JSON-LD names the editor as the author; never the outlet itself."""
    printed = _printed(_AUTHOR, blocks) or _printed(_REPORT, blocks)
    if printed:
        # What stands beside the name, without a space between, is not of it.
        beside = _marked(tree) if _GLUED.search(printed) else iter(())
        return next((name for name in beside if printed.startswith(name)), printed)
    outlets = {name.casefold() for name in (meta.get("og:site_name") or "", *_names(linked.get("publisher")))}
    editor, host = editor_of(blocks, linked), urlsplit(url).hostname or ""
    others = chain(_stated(linked, meta), _marked(tree))
    return next(
        (
            name
            for name in others
            if name != editor and name.casefold() not in outlets and "".join(name.casefold().split()) not in host
        ),
        None,
    )


def editor_of(blocks: list[Block], linked: dict[str, Any]) -> str | None:
    """The editor, printed or stated."""
    return _printed(_EDITOR, blocks) or next(_names(linked.get("editor")), None)


def _printed(pattern: re.Pattern[str], blocks: list[Block]) -> str | None:
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        text = block.text
        if following is not None and len(text) < _LABELLED and text.endswith(":"):
            text = f"{text} {following.text}"  # the label and the name in boxes of their own
        if len(text) < 200 and (match := pattern.search(text)):
            name = _SPACES.sub(" ", match.group(1)).strip(" .-,")
            if len(name) > 2 and not _NOBODY.match(name) and len(name.split()) <= 6:
                return str(name)
    return None


def _stated(linked: dict[str, Any], meta: dict[str, str]) -> Iterator[str]:
    for value in (
        linked.get("creator"),
        linked.get("author"),
        meta.get("author"),
        meta.get("article:author"),
        meta.get("dtk:author"),
        meta.get("content_author"),
        meta.get("parsely-author"),
    ):
        names = list(dict.fromkeys(_names(value)))
        if 1 < len(names) <= _TOGETHER:
            yield ", ".join(names)
        yield from names


def _names(value: Any) -> Iterator[str]:
    for person in value if isinstance(value, list) else [value]:
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(name, str) and 2 < len(name.strip()) < 80 and not _NOBODY.match(name.strip()):
            yield _SPACES.sub(" ", name).strip()


def _marked(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(_XPATH):
        if element.tag in _WHOLE or any(
            "comment" in (box.get("class") or "") for box in (element, *element.iterancestors())
        ):
            continue
        named = next((part for part in element.iter() if part.get("itemprop") == "name"), None)
        link = element if named is None and element.tag == "a" else element.find(".//a") if named is None else named
        # Before a dash or an element of another kind: "Siti Aminah - <span>Kabar</span>".
        beside = element.tail if element.tag == "i" else element.text
        own = _LABEL.sub("", beside or "").strip(_AROUND)
        whole = "" if len(element) else element.text_content()
        for text in (link.text_content() if link is not None else "", own, whole):
            name = _SPACES.sub(" ", _LABEL.sub("", text)).strip(_AROUND)
            if 2 < len(name) < 60 and name[0].isupper() and len(name.split()) <= 6 and not _NOBODY.match(name):
                yield name
                break
