"""A wrong state, axis or number of rounds is answered in words."""

import pytest

from qnetlab import Cloning, PrepareAndMeasure, Teleportation
from qnetlab.theory.counting import rounds_needed


@pytest.mark.parametrize("wrong", [{"state": "average"}, {"state": "plus"}, {"state": (1.0,)}, {"state": (1.0, None)}])
def test_a_state_is_a_name_or_two_angles(wrong):
    with pytest.raises(ValueError, match=r'state must be one of .0., .*; got state=.*Try state="\+"'):
        PrepareAndMeasure(**wrong)


@pytest.mark.parametrize(("axis", "advice"), [("x", 'axis="X"'), ("H", 'axis="X"'), ((1, 2, 3), 'axis="X"')])
def test_an_axis_is_a_letter_or_angles(axis, advice):
    with pytest.raises(ValueError, match="axis must be one of .*; got axis=.*Z toward X") as caught:
        PrepareAndMeasure(axis=axis)
    assert str(caught.value).endswith(f"Try {advice}.")


@pytest.mark.parametrize("kind", [Cloning, Teleportation])
def test_what_is_sent_or_copied_may_be_the_average(kind):
    field = "original" if kind is Cloning else "message"
    assert kind(**{field: "average"}) == kind()
    with pytest.raises(TypeError, match=f"{field} must be one of 'average', '0'"):
        kind(**{field: 1})


@pytest.mark.parametrize(("probability", "std_error"), [(-0.1, 0.1), (1.1, 0.1), (0.5, 0.0), (0.5, float("nan"))])
def test_rounds_needed_refuses_what_cannot_be(probability, std_error):
    with pytest.raises(ValueError, match="must satisfy .*; got .*Try "):
        rounds_needed(probability, std_error)
