"""Closed forms: numpy only, scalars or arrays in and out, no circuit and no device."""
