"""What the fork server of the workers loads once, so that each worker starts at once."""

from __future__ import annotations

import signal

from dedup.fingerprints import fingerprints
from imbauan.description import describe
from imbauan.items import Article
from imbauan.reading import read_page  # noqa: F401

# Ctrl-C reaches the whole group; the parent decides when its servants end.
signal.signal(signal.SIGINT, signal.SIG_IGN)
# Once here, not once in each worker: rules compiled, lexicon read, permutations made.
describe(Article("", "Polisi imbau warga", ["Palangka Raya - Polisi mengimbau warga waspada."]))
fingerprints(["Palangka Raya - Polisi mengimbau warga waspada."])
