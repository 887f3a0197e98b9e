"""The systemd units, or the cron line, that run `imbauan crawl` by the clock. Text only; writing is the command's."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

NAME = "imbauan"
EVERY = re.compile(r"(\d{1,3})(m|h)")


# A user's own systemd may not give up capabilities: with these lines its unit would not start.
_SYSTEM = """User={user}
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
CapabilityBoundingSet=
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run, and how often."""

    command: list[str]
    """The crawl with its options; every path absolute, for neither systemd nor cron starts in anybody's folder."""
    minutes: int
    """Minutes between two runs; a divisor of an hour, or whole hours."""
    writable: list[Path]
    """Folders that the run writes to; all else is read-only to it."""
    user: str | None = None
    """The account of a unit of the whole system; none for a unit of one's own, which may restrict itself less."""


def every(text: str) -> int | None:
    """Minutes of `30m` or `2h`; none where a clock can't keep them: they divide an hour, or a day."""
    match = EVERY.fullmatch(text)
    if match is None:
        return None
    minutes = int(match[1]) * (60 if match[2] == "h" else 1)
    fits = minutes > 0 and (60 % minutes == 0 or (minutes % 60 == 0 and 24 % (minutes // 60) == 0))
    return minutes if fits else None


def budget(minutes: int) -> int:
    """Minutes that a run may take: it ends before the next one begins."""
    return max(1, minutes - max(1, minutes // 10))


def service_unit(plan: Plan) -> str:
    """The service: one run, with no more rights than a crawl needs."""
    writable = " ".join(f'"{_percent(str(path))}"' for path in plan.writable)
    return f"""[Unit]
Description=Imbauan: collect what the police tell the public
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={_quoted(plan.command)}
# 75: another run holds the database; the next one goes on.
SuccessExitStatus=75
TimeoutStartSec={plan.minutes * 2}min
TimeoutStopSec=60
KillSignal=SIGTERM
Nice=10
IOSchedulingClass=idle
MemoryMax=2G
UMask=0027
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writable}
PrivateTmp=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
{_SYSTEM.format(user=plan.user) if plan.user else ""}"""


def timer_unit(plan: Plan) -> str:
    """The timer: not at the full hour with all the others, and made up for after the machine slept."""
    return f"""[Unit]
Description=Imbauan: when to collect

[Timer]
OnCalendar={_calendar(plan.minutes)}
RandomizedDelaySec={max(1, min(plan.minutes // 6, 15))}min
Persistent=true

[Install]
WantedBy=timers.target
"""


def cron_line(plan: Plan, minute: int) -> str:
    """The same as a line of a crontab, at `minute` past; cron mails what is printed on stderr."""
    if plan.minutes < 60:
        when = f"{minute % plan.minutes}-59/{plan.minutes} * * * *"
    elif plan.minutes == 60:
        when = f"{minute} * * * *"
    else:
        when = f"{minute} */{plan.minutes // 60} * * *" if plan.minutes < 1440 else f"{minute} 3 * * *"
    # Cron takes a bare % for the end of the line.
    return f"{when} {shlex.join(plan.command)} >/dev/null".replace("%", "\\%") + "\n"


def _calendar(minutes: int) -> str:
    if minutes < 60:
        return f"*:0/{minutes}"
    return "hourly" if minutes == 60 else f"0/{minutes // 60}:00" if minutes < 1440 else "daily"


def _quoted(command: list[str]) -> str:
    return " ".join(_percent(part if re.fullmatch(r"[\w@/.:=,+-]+", part) else _in_quotes(part)) for part in command)


def _in_quotes(part: str) -> str:
    return '"' + part.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$") + '"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")
