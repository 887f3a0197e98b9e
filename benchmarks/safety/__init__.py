"""Faults on purpose: kills, two starts at once, full disks, backups under load. Long; prints figures as JSON."""
