"""Every student's own numbers, the same wherever they are computed."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping
from typing import Any

from .spec import Spec

#: Practice is open: anybody can compute anybody's numbers. Graded work uses a course secret in its place.
PUBLIC_SEED = b"qnetlab practice"
#: Whose numbers a copy for everybody holds.
EVERYBODY = "practice"


def student() -> str:
    """Who practices here: the environment's ``QNETLAB_STUDENT``, else "practice"."""
    return os.environ.get("QNETLAB_STUDENT", "").strip() or EVERYBODY


def parameters_for(exercise_id: str, spec: Spec, name: str, seed: bytes = PUBLIC_SEED) -> dict[str, Any]:
    """The parameters of student ``name``: for each, HMAC-SHA-256 of the seed picks one of the declared values.

    A function of its arguments only, so that a grader with the same seed finds what the student was shown.
    """
    drawn = {}
    for parameter, values in spec.parameters:
        message = json.dumps([name, exercise_id, parameter]).encode()
        drawn[parameter] = values[int.from_bytes(hmac.new(seed, message, hashlib.sha256).digest()) % len(values)]
    return drawn


def fill(text: str, parameters: Mapping[str, Any]) -> str:
    """Put the values into ``{name}``; all other braces stay.

    >>> fill("f = {f}, an answer like {'a': 1}", {"f": 0.8})
    "f = 0.8, an answer like {'a': 1}"
    """
    return re.sub(r"\{(\w+)\}", lambda found: str(parameters.get(found[1], found[0])), text)
