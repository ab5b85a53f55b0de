"""Notebooks for tests, written as a student's would be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def notebook(*cells: str, stamp: dict[str, Any] | None = None, tags: dict[int, dict[str, str]] | None = None) -> bytes:
    """A notebook of code cells; ``tags`` holds the metadata of some, by number from 1."""
    made = [{"cell_type": "code", "source": source, "outputs": [], "execution_count": None,
             "metadata": {"qnetlab": tags[number]} if tags and number in tags else {}}
            for number, source in enumerate(cells, 1)]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"qnetlab": stamp} if stamp else {},
                       "cells": made}).encode()


def hand_in(folder: Path, student: str, content: bytes, name: str = "lab.ipynb") -> Path:
    """A submission where nbgrader would collect it."""
    path = folder / student / "lab" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


RIGHT = """from qnetlab import check, exercise
circuit = exercise("teleport.correct").stub()
message, alice, bob = circuit.qubits
alice_z, alice_x = circuit.clbits
circuit.h(alice)
circuit.cx(alice, bob)
circuit.cx(message, alice)
circuit.h(message)
circuit.measure(message, alice_z)
circuit.measure(alice, alice_x)
with circuit.if_test((alice_x, 1)):
    circuit.x(bob)
with circuit.if_test((alice_z, 1)):
    circuit.z(bob)
check("teleport.correct", circuit)"""
NO_Z = RIGHT.replace("with circuit.if_test((alice_z, 1)):\n    circuit.z(bob)\n", "")
