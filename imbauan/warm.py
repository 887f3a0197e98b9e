"""What the fork server of the workers loads once, so that each worker starts at once."""

from __future__ import annotations

from imbauan.description import describe
from imbauan.items import Article
from imbauan.reading import read_page  # noqa: F401
from pipelines.deduplicate import deduplicated

# Once here, not once in each worker: rules compiled, lexicon read, permutations made.
describe(Article("", "Polisi imbau warga", ["Palangka Raya - Polisi mengimbau warga waspada."]))
deduplicated(["Palangka Raya - Polisi mengimbau warga waspada."])
