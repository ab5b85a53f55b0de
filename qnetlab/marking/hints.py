"""For the assistant's eyes only: what is worth a question to a student. A hint to a human, never a verdict.

Counts that were measured scatter. Two students rarely have the very same counts, and nobody's counts lie as close to
the expected ones as invented ones do. For both the chance that it happens to somebody honest is computed, and a hint is
given only where that chance, over the whole class, is below ``FALSE_ALARM``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .report import put

FILE = "for_the_assistant.txt"
FALSE_ALARM = 1e-3
_FEWEST = 50
Record = Mapping[str, Any]


def counts_in(answer: Any) -> dict[str, int] | None:
    """The counts that an answer holds, as plain data left the sandbox; nothing if it holds none.

    >>> counts_in({"dict": [["00", 510], ["11", 490]]}), counts_in(0.5)
    ({'00': 510, '11': 490}, None)
    """
    pairs = answer.get("dict") if isinstance(answer, dict) else None
    if not isinstance(pairs, list) or len(pairs) < 2:
        return None
    found = {}
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and type(pair[1]) is int
                and 0 <= pair[1] <= 10**9):
            return None
        found[pair[0]] = pair[1]
    return found if len(found) == len(pairs) and sum(found.values()) >= _FEWEST else None


def chance_of_the_same(counts: Mapping[str, int]) -> float:
    """The chance that another honest run of as many rounds gives the very same counts.

    Never above the largest probability of a multinomial with these counts' own shares.

    >>> round(chance_of_the_same({"0": 1, "1": 1}), 12), chance_of_the_same({"0": 500, "1": 500}) < 0.0253
    (0.5, True)
    """
    n = sum(counts.values())
    log = math.lgamma(n + 1) - sum(math.lgamma(k + 1) for k in counts.values())
    return math.exp(log + sum(k * math.log(k / n) for k in counts.values() if k))


def chance_of_so_close(counts: Mapping[str, int], shares: Mapping[str, float]) -> float:
    """The chance that an honest run lies at least as close to the expected ``shares`` as these counts do.

    The lower tail of chi-square, for shares all above 0; 1 where an outcome came that should never come. The next
    larger value that whole counts can have is taken, so that small numbers raise no false alarm.

    >>> round(chance_of_so_close({"0": 540, "1": 460}, {"0": 0.5, "1": 0.5}), 2)
    0.99
    """
    n = sum(counts.values())
    if any(name not in shares or shares[name] <= 0 for name in counts):
        return 1.0
    distance = sum((abs(counts.get(name, 0) - n * share) + 0.5) ** 2 / (n * share) for name, share in shares.items())
    return lower_tail(distance, len(shares) - 1)


def lower_tail(distance: float, freedom: int) -> float:
    """P(chi-square <= distance), by the series of the incomplete gamma function.

    >>> round(lower_tail(3.841458820694124, 1), 6), round(lower_tail(2 * math.log(2), 2), 6)
    (0.95, 0.5)
    """
    if freedom < 1 or distance <= 0:
        return 0.0 if freedom >= 1 else 1.0
    a, x = freedom / 2, distance / 2
    if x > 500:
        return 1.0
    term = total = 1 / a
    step = a
    while term > total * 1e-15:
        step += 1
        term *= x / step
        total += term
    return min(1.0, total * math.exp(-x + a * math.log(x) - math.lgamma(a)))


def hints(current: Mapping[str, Record]) -> list[str]:
    """Sentences for the assistant, most striking first."""
    found = _same_files(current)
    by_exercise: dict[str, dict[str, dict[str, int]]] = {}
    for student, record in sorted(current.items()):
        for entry in record["exercises"]:
            counts = counts_in(entry.get("answer"))
            if counts:
                by_exercise.setdefault(entry["id"], {})[student] = counts
    for exercise, counted in by_exercise.items():
        found += _identical(exercise, counted) + _too_good(exercise, counted)
    return found


def _same_files(current: Mapping[str, Record]) -> list[str]:
    """Notebooks that are the same file, or were made for somebody else."""
    owners: dict[str, list[str]] = {}
    found = []
    for student, record in sorted(current.items()):
        owners.setdefault(record.get("sha256", ""), []).append(student)
        made_for = record.get("stamp", {}).get("student")
        if made_for and made_for != student:
            found.append(f"{student} handed in a copy that was made for {made_for}. A mix-up, or work together?")
    return found + [f"{', '.join(students)} handed in the very same file. A mix-up, or work together?"
                    for content, students in owners.items() if content and len(students) > 1]


def _identical(exercise: str, counted: Mapping[str, Mapping[str, int]]) -> list[str]:
    same: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for student, counts in counted.items():
        same.setdefault(tuple(sorted(counts.items())), []).append(student)
    return [f"{exercise}: {', '.join(students)} report the very same counts. Among {len(counted)} honest students this "
            f"happens to somebody with a chance of at most {chance:.1g}, unless they shared one run or one seed. Ask."
            for key, students in same.items() if len(students) > 1
            and (chance := math.comb(len(counted), len(students))
                 * chance_of_the_same(dict(key)) ** (len(students) - 1)) < FALSE_ALARM]


def _too_good(exercise: str, counted: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Closer to the rest of the class than chance allows; only where all expect the same, which outcomes must show."""
    found = []
    for student, counts in counted.items():
        others = [other for name, other in counted.items() if name != student and set(other) == set(counts)]
        if len(others) < 10:
            continue
        total = sum(sum(other.values()) for other in others)
        shares = {name: sum(other[name] for other in others) / total for name in counts}
        chance = len(counted) * chance_of_so_close(counts, shares)
        if chance < FALSE_ALARM:
            found.append(f"{exercise}: the counts of {student} lie closer to the class's average than measured ones. "
                         f"Among {len(counted)} honest students this happens to somebody with a chance of "
                         f"{chance:.1g}. Ask how they were made.")
    return found


def write_hints(path: Path, current: Mapping[str, Record]) -> None:
    """Write them, or that there are none."""
    lines: Sequence[str] = hints(current)
    text = ["For the assistant only. Hints, never verdicts: ask before you believe one. No report holds any of this.",
            f"A hint about counts is a false alarm with a chance below {FALSE_ALARM:g} in an honest class.",
            ""]
    put(path, "\n".join([*text, *(f"- {''.join(c if c.isprintable() else '?' for c in line)}" for line in lines),
                         *([] if lines else ["There is nothing to ask about."])]) + "\n")
