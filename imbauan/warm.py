"""What the fork server of the workers loads once, so that each worker starts at once."""

from __future__ import annotations

from dedup.fingerprints import fingerprints
from imbauan.description import describe
from imbauan.items import Article
from imbauan.reading import read_page  # noqa: F401

# Once here, not once in each worker: rules compiled, lexicon read, permutations made.
describe(Article("", "Polisi imbau warga", ["Palangka Raya - Polisi mengimbau warga waspada."]))
fingerprints(["Palangka Raya - Polisi mengimbau warga waspada."])
