"""The inner loops that a compiler takes, as plain Python, against those in numpy: the same, bit by bit and in order."""

import importlib
import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab.qkd import cascade, kernels, loops, reconciliation, speed


@pytest.fixture(autouse=True)
def fresh():
    """Whatever a test makes of the choice is forgotten, and the plain functions stand again."""
    yield
    importlib.reload(loops)
    speed.inner_loops.cache_clear()


@settings(max_examples=60, deadline=None)
@given(frames=st.integers(1, 4), depth=st.integers(1, 6), passes=st.integers(1, 4), seed=st.integers(0, 2**32),
       shortest=st.booleans())
def test_each_function_gives_the_same(frames, depth, passes, seed, shortest):
    n, rng = 2**depth, np.random.default_rng(seed)
    leaves = rng.integers(0, 2, (passes * frames, n), dtype=np.uint8)
    trees = kernels.parity_trees(leaves)
    assert np.array_equal(trees, loops.parity_trees(leaves))
    tops = 2 ** rng.integers(0, depth + 1, passes)
    states = [trees | 2 for _ in range(2)]
    asked = rng.random(trees.shape) < 0.3  # what is known: truthful parities of errors at random
    errors = kernels.parity_trees((rng.random(leaves.shape) < 0.2).astype(np.uint8))
    for state in states:
        known = asked.copy()
        for number, top in enumerate(tops):
            known[number * frames:(number + 1) * frames, top:2 * top] = True
        state[known] = errors[known]
    flat = [state.reshape(-1) for state in states]
    nodes = [module.odd_nodes(state, tops, frames, n, shortest)
             for module, state in zip((kernels, loops), flat, strict=True)]
    assert np.array_equal(*nodes) and np.array_equal(*flat)
    open_nodes = nodes[0][(nodes[0] & (2 * n - 1)) < n]
    if open_nodes.size:
        left = open_nodes + (open_nodes & (2 * n - 1))
        told = rng.integers(0, 2, len(left), dtype=np.uint8)
        for module, state in zip((kernels, loops), flat, strict=True):
            module.learn(state, left, told)
        assert np.array_equal(*flat)
    frame, bit = rng.integers(0, frames, 5), rng.integers(0, n, 5)
    places = np.array([rng.permutation(n) for _ in range(passes)])
    for module, state in zip((kernels, loops), flat, strict=True):
        module.flip(state, frame, bit, places, tops, frames, n)
    assert np.array_equal(*flat)


@pytest.mark.parametrize("method", reconciliation.METHODS[:2])
def test_a_whole_conversation_is_the_same(method, monkeypatch):
    rng = np.random.default_rng(1)
    alice = rng.integers(0, 2, 3000, dtype=np.uint8)
    bob = alice ^ (rng.random(3000) < 0.04)
    said = []
    for module in (kernels, loops):
        monkeypatch.setattr(cascade, "inner_loops", lambda module=module: module)
        said.append(reconciliation.reconcile(alice, bob, 0.04, method=method, frame_bits=1024, rng=2).transcript)
    assert said[0] == said[1]


def test_without_a_compiler_numpy_does_the_work(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)
    speed.inner_loops.cache_clear()
    assert loops.compiled() == {}
    assert all(getattr(speed.inner_loops(), name) is getattr(kernels, name) for name in speed.NAMES)


def test_with_a_compiler_every_loop_is_compiled(monkeypatch):
    """A compiler that only marks what it is given: all five are, and odd_nodes calls the marked descend."""
    marked = []

    def njit(**_):
        def mark(function):
            marked.append(function.__name__)
            return function
        return mark

    stand_in = ModuleType("numba")
    stand_in.njit = njit
    monkeypatch.setitem(sys.modules, "numba", stand_in)
    speed.inner_loops.cache_clear()
    chosen = speed.inner_loops()
    assert sorted(marked) == sorted(speed.NAMES) == sorted(vars(chosen))
    assert chosen.descend is loops.descend and chosen.odd_nodes is loops.odd_nodes


@pytest.mark.slow
@pytest.mark.compiler
def test_a_real_compiler_gives_the_same_conversation(monkeypatch):
    compiled = loops.compiled()
    assert sorted(compiled) == sorted(speed.NAMES) and all(hasattr(f, "py_func") for f in compiled.values())
    rng = np.random.default_rng(3)
    alice = rng.integers(0, 2, 5000, dtype=np.uint8)
    bob = alice ^ (rng.random(5000) < 0.05)
    for method in reconciliation.METHODS[:2]:
        said = []
        for chosen in (kernels, SimpleNamespace(**compiled)):
            monkeypatch.setattr(cascade, "inner_loops", lambda chosen=chosen: chosen)
            said.append(reconciliation.reconcile(alice, bob, 0.05, method=method, frame_bits=2048, rng=4).transcript)
        assert said[0] == said[1]
