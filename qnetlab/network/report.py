"""A key rate in words: never a number without its epsilon and its assumptions."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from ..devices.photon_source import WeakCoherentSource

if TYPE_CHECKING:
    from .key_rate import SecretKeyRate

Lines = tuple[tuple[str, str], ...]


def assumptions(setup: SecretKeyRate) -> tuple[str, ...]:
    """On what terms the key is secret, in sentences; the first one tells epsilon."""
    finite = math.isfinite(setup.block_bits)
    laser = isinstance(setup.source, WeakCoherentSource)
    bound = {1: "Tomamichel 2012", 2: "Rusca 2018", 3: "Lim 2014"}[len(setup.source.mean_photon_numbers)]
    return (
        f"Secret but for eps_sec = {setup.eps_sec:g}, equal on both sides but for eps_cor = {setup.eps_cor:g}; "
        f"blocks of {setup.block_bits:g} sifted bits ({bound})." if finite
        else "Without end: no epsilon, and no such session; finite blocks yield less (block_bits).",
        _known(setup, laser),
        *([f"Jitter counts as none: {_late(setup):.2g} of the clicks would fall outside of their gate."]
          if setup.detector.jitter_s > 0 and _late(setup) > 1e-6 else []),
        f"Error correction discloses {setup.error_correction:g} times the Shannon limit.",
        "Bob's detectors are trusted: equal efficiency in both bases and for both bits, nothing sent into them.",
        "The public messages are authenticated; the key spent on that is not subtracted.",
        "Expected counts over an honest line: a real session scatters around them.",
    )


def _late(setup: SecretKeyRate) -> float:
    """Share of the clicks that jitter moves out of the gate, on either side."""
    return math.erfc(setup.detector.gate_s / (8**0.5 * setup.detector.jitter_s))


def _known(setup: SecretKeyRate, laser: bool) -> str:
    if not laser:
        return ("Every pulse with two photons is Eve's." if setup.source.photon_number_distribution()[2] > 0
                else "No pulse holds two photons.")
    kinds = len(setup.source.mean_photon_numbers)
    if setup.decoys == "infinite":
        told = "infinitely many decoys tell the yield and the errors of single photons exactly"
    else:
        told = {1: "without decoys, every pulse with two photons or more may be Eve's",
                2: "one decoy bounds the single photons", 3: "two decoys bound the single photons"}[kinds]
    return f"Laser pulses of unknown phase; {told}."


def text(lines: Lines, sentences: tuple[str, ...]) -> str:
    """Plain text, for print."""
    width = max(len(name) for name, _ in lines)
    return "\n".join([*(f"{name:<{width}}  {words}" for name, words in lines), "on these terms:",
                      *(f"  {sentence}" for sentence in sentences)])


def html(lines: Lines, sentences: tuple[str, ...]) -> str:
    """A table, for a notebook."""
    rows = "".join(f"<tr><th scope='row' style='text-align:left'>{escape(name)}</th>"
                   f"<td style='text-align:left'>{escape(words)}</td></tr>" for name, words in lines)
    terms = "<br>".join(escape(sentence) for sentence in sentences)
    return (f"<table><caption>Secret key rate</caption><tbody>{rows}<tr><th scope='row' style='text-align:left'>"
            f"on these terms</th><td style='text-align:left'>{terms}</td></tr></tbody></table>")
