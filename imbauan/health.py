"""How a source is: judged from its own past alone. Pure: rows of history in, a state with its reason out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from imbauan.rhythm import Rhythm

NEEDS_A_PERSON = ("blocked", "changed", "broken")
ENOUGH = 2.0
"""Failures in a row that make a state. As Media Cloud counts them, a passing one weighs less than one that lasts."""
HARD, SOFT = 1.0, 0.7
FEW = 3
"""Pages from which their share says something."""


@dataclass(frozen=True, slots=True)
class SourceRun:
    """What one run met at one source."""

    started: str
    documents: int = 0
    """Feeds, sitemaps and listings that were asked for."""
    documents_ok: int = 0
    documents_failed: int = 0
    """Promised ones that did not serve."""
    documents_gone: int = 0
    """Of them those that are not there any more: 404, no feed, a feed without an entry."""
    documents_empty: int = 0
    """Listing pages without a link to an article."""
    links: int = 0
    found: int = 0
    """Addresses never seen before."""
    asked: int = 0
    """Articles asked for."""
    read: int = 0
    """Articles that came, changed or new."""
    text: int = 0
    """Of them those that text was found in."""
    words: int = 0
    dated: int = 0
    relevant: int = 0
    stored: int = 0
    removed: int = 0
    blocked: int = 0
    """Answers that were a refusal or a challenge."""
    failed: int = 0
    problem: str | None = None
    """The first problem, in words."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a source in one run."""

    state: str
    weight: float
    message: str
    about: str = "documents"
    """`documents` or `pages`: what must be seen working again before it counts as mended."""


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a source: `healthy`, `quiet`, `blocked`, `changed`, `broken` or `new`."""

    state: str
    since: str
    message: str | None = None
    failures: float = 0.0

    @property
    def needs_a_person(self) -> bool:
        """Whether it will not mend by waiting."""
        return self.state in NEEDS_A_PERSON


def health_of(runs: Sequence[SourceRun], rhythm: Rhythm, now: datetime) -> Health:
    """The state after these runs, oldest first; the rhythm tells a silence that is usual from one that is not."""
    state, since, failures, last = "new", runs[0].started if runs else now.isoformat(), 0.0, None
    for place, run in enumerate(runs):
        trouble = trouble_of(run, runs[:place])
        if trouble is not None:
            failures += trouble.weight
            last = trouble
            if failures >= ENOUGH and state != trouble.state:
                state, since = trouble.state, run.started
        elif _is_mended(run, last, state):
            failures, last = 0.0, None
            if state != "healthy":
                state, since = "healthy", run.started
    if state == "healthy" and (silence := rhythm.silence(now)):
        return Health("quiet", since, silence)
    message = f"{last.message}: {_ADVICE[last.state]}" if last else None
    return Health(state, since, message, failures)


def trouble_of(run: SourceRun, past: Sequence[SourceRun]) -> Trouble | None:
    """What is wrong in one run, compared with those before it; none where all is well or nothing was asked."""
    if not run.documents and not run.asked:
        return None
    answers = run.documents + run.asked
    if run.blocked and (run.blocked * 2 >= answers or not run.documents_ok):
        return Trouble("blocked", HARD, run.problem or f"{run.blocked} of {answers} answers were a refusal")
    return _of_documents(run) or _of_pages(run, past)


def _of_documents(run: SourceRun) -> Trouble | None:
    problem = run.problem or "nothing that announces its pages answers"
    if run.documents_gone:
        return Trouble("broken", HARD, problem)
    if run.documents_empty and (run.documents_failed or not run.documents_ok):
        return Trouble("changed", HARD, problem)
    if run.documents_failed or (run.documents and not run.documents_ok):
        return Trouble("broken", SOFT, problem)
    return None


def _of_pages(run: SourceRun, past: Sequence[SourceRun]) -> Trouble | None:
    if run.asked >= FEW and run.removed * 2 > run.asked:
        return Trouble("broken", HARD, f"{run.removed} of {run.asked} articles are gone", "pages")
    if run.asked >= FEW and run.failed * 2 > run.asked:
        return Trouble("broken", SOFT, f"{run.failed} of {run.asked} articles could not be fetched", "pages")
    recent = _recent(run, past)
    if recent.read < FEW or not run.read:
        return None
    usual = _sum([earlier for earlier in past[-50:] if earlier.text * 2 > earlier.read])
    message = _yield(recent, usual)
    return Trouble("changed", ENOUGH, message, "pages") if message else None


def _yield(now: SourceRun, usual: SourceRun) -> str | None:
    """In which way pages give less than they used to."""
    known = usual.read >= FEW
    share = usual.text / usual.read if known else 1.0
    if now.text < 0.5 * share * now.read:
        return f"text found in {now.text} of {now.read} pages, usually in {share:.0%}"
    if not known or not usual.text or not now.text:
        return None
    words, usual_words = now.words / now.text, usual.words / usual.text
    if words < 0.4 * usual_words:
        return f"{words:.0f} words a page, usually {usual_words:.0f}"
    if usual.dated >= 0.8 * usual.text and now.dated < 0.3 * now.text:
        return f"a date found in {now.dated} of {now.text} pages, usually in {usual.dated / usual.text:.0%}"
    if usual.text >= 10 and usual.relevant >= 0.5 * usual.text and now.text >= 5 and not now.relevant:
        return f"no police matter in {now.text} pages, usually in {usual.relevant / usual.text:.0%}"
    return None


def _recent(run: SourceRun, past: Sequence[SourceRun]) -> SourceRun:
    """This run with as many before it as it takes to have a few pages, three at most."""
    taken = [run]
    for earlier in reversed(past[-2:]):
        if sum(one.read for one in taken) >= FEW:
            break
        taken.append(earlier)
    return _sum(taken)


def _sum(runs: Sequence[SourceRun]) -> SourceRun:
    names = ("read", "text", "words", "dated", "relevant")
    return SourceRun("", **{name: sum(getattr(run, name) for run in runs) for name in names})


def _is_mended(run: SourceRun, last: Trouble | None, state: str) -> bool:
    if not run.documents_ok:
        return False
    # That no new page came says nothing of pages that could not be read.
    return last is None or last.about == "documents" or run.text > 0 or state == "new"


_ADVICE = {
    "blocked": "ask the publisher for access, or lengthen its delay",
    "changed": "its pages are built differently now: run `imbauan sources check` and mend its entry",
    "broken": "run `imbauan sources check` to see what answers, and mend or switch off its entry",
}
