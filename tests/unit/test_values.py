"""Every public value: valid once built, equal by value, readable by machines, and answering bad input in words."""

import copy
import dataclasses
import inspect
import math
import pickle

import numpy as np
import pytest

import qnetlab
from qnetlab import codec
from qnetlab.checks import field_notes

VALUES = [
    qnetlab.Fiber, qnetlab.Memory, qnetlab.Readout, qnetlab.GateErrors, qnetlab.PhotonPairSource, qnetlab.Link,
    qnetlab.HeraldedLink, qnetlab.Blinding, qnetlab.OptimalIndividual, qnetlab.PhotonNumberSplitting,
    qnetlab.Detector, qnetlab.SinglePhotonSource, qnetlab.WeakCoherentSource, qnetlab.InterceptResend,
    qnetlab.SecretKeyRate, qnetlab.ChainKeyRate,
    qnetlab.SecretKeyRate, qnetlab.Telescopes, qnetlab.FreeSpacePath, qnetlab.DoubleDownlink, qnetlab.SatellitePass,
    qnetlab.PassKey, qnetlab.PairPass,
    qnetlab.SecretKeyRate, qnetlab.KeyLink, qnetlab.KeyDemand, qnetlab.TrustedBackbone,
    qnetlab.SecretKeyRate, qnetlab.Edge, qnetlab.Network, qnetlab.Node, qnetlab.SharedNetwork,
    *sorted((c for n, c in codec._value_classes().items() if c.__module__.startswith("qnetlab.protocols")
             and not issubclass(c, qnetlab.Result) and hasattr(c, "circuits")), key=lambda c: c.__name__),
]
VALUES = list(dict.fromkeys(VALUES))
BAD = [0, -1, math.nan, math.inf, "x", None, True, 10**400, np.float64(0.5), np.array([1.0]), [], (), {}, object()]


def test_every_public_value_is_covered():
    public = {c for n in qnetlab.__all__ if dataclasses.is_dataclass(c := getattr(qnetlab, n)) and isinstance(c, type)}
    # Results, each with tests of its own; and one without fields.
    apart = {qnetlab.Counts, qnetlab.Estimate, qnetlab.Outcomes, qnetlab.Result, qnetlab.NoAttack}
    assert public - apart <= set(VALUES)


@pytest.mark.parametrize("kind", VALUES, ids=lambda c: c.__name__)
@pytest.mark.parametrize("bad", BAD, ids=lambda b: repr(b)[:12])
def test_anything_is_accepted_and_survives_json_or_is_refused_in_words(kind, bad):
    for field, notes in field_notes(kind).items():
        try:
            made = kind(**{field: bad})
        except (ValueError, TypeError) as problem:
            message = str(problem)
            assert field in message and "; got " in message and "Try " in message, message
            if notes.get("unit"):
                assert notes["unit"] in message, message
        else:
            assert codec.from_json(codec.to_json(made)) == made
            assert hash(codec.from_json(codec.to_json(made))) == hash(made)


@pytest.mark.parametrize("kind", VALUES, ids=lambda c: c.__name__)
def test_values_are_values(kind):
    one = kind()
    assert one == kind() and hash(one) == hash(kind()) and one is not kind()
    assert pickle.loads(pickle.dumps(one)) == one and copy.deepcopy(one) == one
    assert dataclasses.replace(one) == one
    assert eval(repr(one), {**vars(qnetlab), **{c.__name__: c for c in VALUES}, "inf": math.inf}) == one
    assert list(inspect.signature(kind).parameters) == [f.name for f in dataclasses.fields(kind)]
    first = dataclasses.fields(kind)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError, match="never changes; got .*Try"):
        setattr(one, first, 1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="never changes"):
        delattr(one, first)
    with pytest.raises(dataclasses.FrozenInstanceError, match="its fields are"):
        one.colour = "red"
    with pytest.raises(TypeError, match="takes its fields by name; got argument 1=3"):
        kind(3)
    with pytest.raises(TypeError, match=f"has no field '{first}x'; got {first}x=1. .*Try {first}=1"):
        kind(**{first + "x": 1})


@pytest.mark.parametrize("kind", VALUES, ids=lambda c: c.__name__)
def test_every_field_is_documented(kind):
    for name, notes in field_notes(kind).items():
        assert notes["doc"], f"{kind.__name__}.{name} has no doc"
        assert name in (kind.__doc__ or ""), f"{kind.__name__}.{name} is not in the docstring"


def test_the_example_message():
    with pytest.raises(ValueError) as caught:
        qnetlab.Memory(t1_s=0.01, t2_s=0.03)
    assert str(caught.value) == (
        "t2_s must satisfy 0 < t2_s <= 2*t1_s; got t2_s=0.03 s, t1_s=0.01 s. "
        "A qubit cannot stay coherent longer than twice its lifetime. Try t2_s=0.02."
    )


@pytest.mark.parametrize(("call", "advice"), [
    (lambda: qnetlab.Teleportation(fidelity=0.9), "Try link=Link(source=PhotonPairSource(fidelity=0.9))."),
    (lambda: qnetlab.Teleportation(length_km=50), "Try link=Link(fiber=Fiber(length_km=50))."),
    (lambda: qnetlab.Teleportation(corrections="X"), "Try corrections='x'."),
    (lambda: qnetlab.Memory(t2=1), "Try t2_s=1."),
    (lambda: qnetlab.Fiber(lenght_km=1), "Try length_km=1."),
    (lambda: qnetlab.from_json('{"type": "Teleport"}'), "Try Teleportation."),
])
def test_advice_is_what_was_meant(call, advice):
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert str(caught.value).endswith(advice)


def test_numpy_numbers_become_plain():
    fiber = qnetlab.Fiber(length_km=np.float32(50))
    assert type(fiber.length_km) is float and fiber == qnetlab.Fiber(length_km=50)


@pytest.mark.parametrize("text", ["{", '{"type": "Nonsense"}', "{}", '{"type": {}}', '{"type": [1]}',
                                  '{"type": "Fiber", "lenght_km": 1}',
                                  '{"type": "Fiber", "length_km": -1}', '{"type": "Teleport"}', "[" * 5000])
def test_bad_json_is_refused_in_words(text):
    with pytest.raises((ValueError, TypeError), match="; got .*Try "):
        codec.from_json(text)


def test_json_is_strict():
    text = codec.to_json(qnetlab.Teleportation(message=(0.5, 1.5)))
    assert "Infinity" not in text and "NaN" not in text and '"inf"' in text


def test_a_value_that_cannot_be_shown_is_refused_all_the_same():
    class Shy:
        def __repr__(self):
            raise RuntimeError("not me")

    deep = []
    for _ in range(100_000):
        deep = [deep]
    for wrong, words in ((Shy(), "a Shy that cannot be shown"), (deep, "a list that cannot be shown")):
        with pytest.raises(TypeError, match=f"length_km must be a number in km; got length_km=.{words}"):
            qnetlab.Fiber(length_km=wrong)


def test_a_book_is_not_written_out_to_be_cut():
    class Book(str):
        def __getitem__(self, part):
            read.append(part)
            return str.__getitem__(self, part)

    read = []
    with pytest.raises(TypeError, match=r"got length_km='000.*0\.\.\. \(a Book\) km"):
        qnetlab.Fiber(length_km=Book("0" * 10**6))
    assert read == [slice(None, 99, None)]
