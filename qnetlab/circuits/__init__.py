"""Qiskit circuits without noise: markers say where a device acts, blocks are the field's building stones."""
