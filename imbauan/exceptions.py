"""The errors that a user can meet.

ImbauanError
├── UsageError        exit code 2: the command line or a file it names is wrong
│   └── CatalogueError  an entry of the sources file
├── DatabaseError     exit code 1: the dataset can't be opened, read or written
├── ArchiveError      exit code 1: the archive can't be written; the run stops, for what is not kept is not processed
└── LockedError       exit code 75: another run holds the database

Quarantined and RunStopped are no errors of the program: a page that is set aside, and a request that was under way when the run was ended.

Every message is one line: what, where, what to try.
"""

from __future__ import annotations


class ImbauanError(Exception):
    """Something failed that a person should see; the message is one line."""

    exit_code = 1


class UsageError(ImbauanError):
    """The command line, or a file that it names, is wrong; nothing was done."""

    exit_code = 2


class CatalogueError(UsageError):
    """An entry of the sources file is wrong; nothing was crawled."""


class DatabaseError(ImbauanError):
    """The dataset can't be opened, read or written."""


class ArchiveError(ImbauanError):
    """The archive of raw pages can't be written or read."""


class LockedError(ImbauanError):
    """Another run holds the database; nothing was done."""

    exit_code = 75


class Quarantined(Exception):
    """A page that was fetched and is no whole, readable article; the message is the reason, its bytes are kept."""


class RunStopped(Exception):
    """The run was ended while this request was under way or waited; the next run asks again."""

    def __str__(self) -> str:
        return "the run was stopped before it was fetched"
