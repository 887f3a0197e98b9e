"""How right pages are read: precision, recall and exactness by field and shape, over saved pages with expected output.

Prints a table and, with `--json`, the figures; `--record` writes them to the folder's `recorded.json`, below which no
figure may fall (tests/test_quality.py). `imbauan` needs nothing of this; it is for those who change the rules.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from imbauan.import_pages import process
from imbauan.items import AdvisoryItem, Page

PAGES = Path(__file__).parent.parent / "tests" / "pages"
FIELDS = (
    "text",
    "title",
    "published",
    "author",
    "editor",
    "language",
    "kind",
    "unit",
    "region",
    "topics",
    "spokesperson",
)


def read(folder: Path) -> list[dict[str, Any]]:
    """For each page: its name, shape, expected and found values."""
    cases = []
    for path in sorted(folder.rglob("*.json")):
        if path.name == "recorded.json":
            continue
        expected = json.loads(path.read_text("utf-8"))
        page = Page(
            expected["url"],
            "contoh",
            path.with_suffix(".html").read_bytes(),
            expected["fetched"],
            timezone=expected["timezone"],
        )
        cases.append(
            {
                "name": path.stem,
                "shape": path.parent.name,
                "expected": expected,
                "found": _found(process(AdvisoryItem(page))),
            }
        )
    return cases


def _found(item: AdvisoryItem) -> dict[str, Any]:
    if item.article is None or item.description is None or item.deduplicated is None:
        return {}
    return {
        name: getattr(item.article, name) for name in ("title", "published", "author", "editor", "language")
    } | {
        name: getattr(item.description, name) for name in ("kind", "unit", "region", "topics", "spokesperson", "evidence")
    } | {"text": [paragraph.text for paragraph in item.deduplicated.kept]}  # fmt: skip


def right(field: str, expected: Any, found: Any) -> bool:
    """Whether a field is right: times as moments with their offset, topics where all expected ones were found."""
    if field == "published" and expected and found:
        return datetime.fromisoformat(expected).replace(second=0) == datetime.fromisoformat(found).replace(second=0)
    if field == "topics":
        return set(expected) <= set(found or []) and len(found or []) <= len(expected) + 2
    return bool(expected == found)


def figures(cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Share of pages right by field and by shape, and precision and recall of paragraphs and advisories."""
    by_field: dict[str, list[bool]] = defaultdict(list)
    by_shape: dict[str, list[bool]] = defaultdict(list)
    lines: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for case in cases:
        expected, found = case["expected"], case["found"]
        for field in FIELDS:
            skipped = field not in expected or (expected["kind"] == "other" and field in ("topics", "region"))
            if not skipped:
                by_field[field].append(right(field, expected[field], found.get(field)))
        by_shape[case["shape"]].append(expected.get("text") == found.get("text"))
        want, have = Counter(expected.get("text", [])), Counter(found.get("text", []))
        lines.update(both=(want & have).total(), want=want.total(), have=have.total())
        kinds[f"{expected['kind']}:{found.get('kind')}"] += 1
    advisories = kinds["advisory:advisory"]
    wanted = sum(count for name, count in kinds.items() if name.startswith("advisory:"))
    claimed = sum(count for name, count in kinds.items() if name.endswith(":advisory"))
    return {
        "pages": len(cases), "shapes": len(by_shape),
        "exact": {name: round(sum(values) / len(values), 4) for name, values in by_field.items()},
        "text_by_shape": {name: round(sum(values) / len(values), 4) for name, values in sorted(by_shape.items())},
        "paragraphs": {"precision": _share(lines["both"], lines["have"]), "recall": _share(lines["both"], lines["want"])},
        "advisories": {"precision": _share(advisories, claimed), "recall": _share(advisories, wanted)},
    }  # fmt: skip


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def flat(result: dict[str, Any]) -> dict[str, float]:
    """The figures as `group.name`."""
    return {
        f"{group}.{name}": value
        for group, values in result.items()
        if isinstance(values, dict)
        for name, value in values.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Quality of extraction and description over saved pages.")
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--record", action="store_true", help="write the figures to FOLDER/recorded.json")
    parser.add_argument("--wrong", action="store_true", help="show each wrong field")
    options = parser.parse_args()
    cases = read(options.folder)
    result = figures(cases)
    if options.record:
        (options.folder / "recorded.json").write_text(json.dumps(flat(result), indent=1) + "\n", "utf-8")
    if options.wrong:
        _show_wrong(cases)
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result['pages']} pages of {result['shapes']} shapes")
    for name, value in flat(result).items():
        print(f"  {name:36} {value:7.2%}")


def _show_wrong(cases: list[dict[str, Any]]) -> None:
    for case in cases:
        expected, found = case["expected"], case["found"]
        for field in FIELDS:
            if field not in expected or right(field, expected[field], found.get(field)):
                continue
            if field == "text":
                extra = [line[:70] for line in found.get("text", []) if line not in expected["text"]]
                missing = [line[:70] for line in expected["text"] if line not in found.get("text", [])]
                print(f"{case['shape']}/{case['name']} text: extra {extra} missing {missing}")
            else:
                print(f"{case['shape']}/{case['name']} {field}: expected {expected[field]!r}, got {found.get(field)!r}")
                if field == "kind":
                    print("    ", found.get("evidence"))


if __name__ == "__main__":
    main()
