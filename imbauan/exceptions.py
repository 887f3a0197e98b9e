"""The errors that a user can meet.

ImbauanError
├── UsageError        exit code 2: the command line or a file it names is wrong
│   └── CatalogueError  an entry of the sources file
├── DatabaseError     exit code 1: the dataset can't be opened, read or written
└── LockedError       exit code 75: another run holds the database

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


class LockedError(ImbauanError):
    """Another run holds the database; nothing was done."""

    exit_code = 75
