"""Late rules: when a notebook was handed in, and what that costs. A rule is noted in the ledger, and may be changed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FILE = "timestamp.txt"  # nbgrader puts it beside a submission
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Until ``due`` and a ``grace`` all points; then each day begun costs a share, up to ``at_most``."""

    due: datetime
    per_day: float
    at_most: float = 1.0
    grace_minutes: float = 0.0

    def share_lost(self, handed_in: datetime) -> float:
        """The share of the points that being late costs.

        >>> rule = Rule(due=datetime.fromisoformat("2026-05-04T23:59+00:00"), per_day=0.1, at_most=0.25)
        >>> [rule.share_lost(rule.due + timedelta(hours=hours)) for hours in (-1, 1, 25, 100)]
        [0.0, 0.1, 0.2, 0.25]
        """
        over = handed_in - self.due - timedelta(minutes=self.grace_minutes)
        days = math.ceil(over / timedelta(days=1)) if over > timedelta(0) else 0
        return min(self.at_most, round(days * self.per_day, 10))

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {"due": self.due.isoformat(), "per_day": self.per_day, "at_most": self.at_most,
                "grace_minutes": self.grace_minutes}

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Rule:
        """From what :meth:`to_dict` wrote."""
        return cls(due=moment(raw["due"]), per_day=float(raw["per_day"]), at_most=float(raw["at_most"]),
                   grace_minutes=float(raw["grace_minutes"]))


def moment(text: str) -> datetime:
    """A moment such as 2026-05-04T23:59, in this machine's time zone where it names none; raises ValueError."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as reason:
        raise ValueError(f"A moment is written like 2026-05-04T23:59 or 2026-05-04T23:59+02:00; got {text!r}."
                         ) from reason


def stamped(folder: Path) -> float:
    """The moment in ``timestamp.txt``, in seconds since 1970; 0 if there is none that can be read."""
    path = folder / FILE
    try:
        if path.is_symlink() or path.stat().st_size > 1000:
            return 0.0
        found = _STAMP.search(path.read_text(encoding="utf-8", errors="replace"))
        if found is None:
            return 0.0
        zone = {"Z": "+00:00", "UTC": "+00:00", None: ""}.get(found[3], found[3])
        return datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}").timestamp()
    except (OSError, ValueError, OverflowError):
        return 0.0


def apply(rule: Rule, record: dict[str, Any]) -> dict[str, Any]:
    """The record with what being late costs; the points of each exercise stay as they are."""
    if not record.get("handed_in"):
        return record
    lost = rule.share_lost(moment(record["handed_in"]))
    if not lost:
        return record
    said = (f"Handed in {moment(record['handed_in']):%Y-%m-%d %H:%M}, due {rule.due:%Y-%m-%d %H:%M}: {lost:.0%} of "
            f"{record['points']:g} points are lost.")
    return record | {"points": round(record["points"] * (1 - lost), 6), "late": lost,
                     "notes": [said, *record["notes"]]}
