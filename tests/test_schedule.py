"""`imbauan schedule`: what systemd and cron are told."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imbauan.schedule import Plan, budget, cron_line, every, service_unit, timer_unit

PLAN = Plan(["/opt/im bau%an/imbauan", "crawl", "--db", "/srv/a b/p.db"], 60, [Path("/srv/a b")])


def imbauan(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "imbauan", "schedule", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.parametrize(("text", "minutes"), [("30m", 30), ("1h", 60), ("6h", 360), ("24h", 1440)])
def test_interval_is_read(text: str, minutes: int) -> None:
    assert every(text) == minutes and budget(minutes) < minutes


@pytest.mark.parametrize("text", ["", "7m", "5h", "0m", "1d", "x", "90m"])
def test_interval_that_no_clock_keeps_is_refused(text: str) -> None:
    assert every(text) is None


def test_service_quotes_its_paths_and_restricts_itself() -> None:
    unit = service_unit(PLAN)
    assert 'ExecStart="/opt/im bau%%an/imbauan" crawl --db "/srv/a b/p.db"\n' in unit
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", 'ReadWritePaths="/srv/a b"', "SuccessExitStatus=75"):
        assert line in unit.splitlines()


def test_timer_is_spread_and_made_up_for() -> None:
    assert {"OnCalendar=hourly", "RandomizedDelaySec=10min", "Persistent=true"} <= set(timer_unit(PLAN).splitlines())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("minutes", [5, 30, 60, 360, 1440])
def test_systemd_understands_when(minutes: int) -> None:
    timer = timer_unit(Plan(["/x"], minutes, []))
    calendar = next(line for line in timer.splitlines() if line.startswith("OnCalendar=")).partition("=")[2]
    done = subprocess.run(["systemd-analyze", "calendar", "--iterations=2", calendar], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = tmp_path / "imbauan"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    plan = Plan([str(program), "crawl"], 60, [tmp_path], user="root")
    (tmp_path / "imbauan.service").write_text(service_unit(plan))
    (tmp_path / "imbauan.timer").write_text(timer_unit(plan))
    units = [str(tmp_path / "imbauan.service"), str(tmp_path / "imbauan.timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    complaints = [
        line
        for line in done.stderr.splitlines()
        if "imbauan" in line and ("nknown" in line or "ailed to parse" in line)
    ]
    assert complaints == []


def test_cron_line_escapes_percent_and_spreads_its_minute() -> None:
    line = cron_line(PLAN, 17)
    assert line.startswith("17 * * * * '/opt/im bau\\%an/imbauan' crawl --db '/srv/a b/p.db'") and line.endswith("\n")
    assert cron_line(Plan(["x"], 30, []), 17).startswith("17-59/30 * * * * x")


def test_command_writes_both_units_with_absolute_paths_and_a_budget(tmp_path: Path) -> None:
    done = imbauan("--db", "p.db", "--every", "30m", "--folder", "units", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    unit = (tmp_path / "units" / "imbauan.service").read_text()
    assert f"--db {tmp_path}/p.db --max-minutes 27" in unit
    assert (tmp_path / "units" / "imbauan.timer").exists() and "enable --now imbauan.timer" in done.stderr


def test_print_writes_nothing_and_nonsense_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "OnCalendar" in imbauan("--print", folder=tmp_path).stdout
    assert list(tmp_path.iterdir()) == []
    for wrong in (["--every", "7m"], ["nobody"], ["--db", "absent/p.db"]):
        done = imbauan(*wrong, folder=tmp_path)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
