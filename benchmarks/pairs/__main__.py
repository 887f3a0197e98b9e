"""Print the figures as JSON."""

from __future__ import annotations

import json

from benchmarks.pairs import figures

if __name__ == "__main__":
    print(json.dumps(figures(), ensure_ascii=False, indent=1))
