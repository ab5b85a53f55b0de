"""A preset number with its source, and many of them as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING
from html import escape

from ..checks import custom, number, value
from ..theory.records import as_flag, as_words


@value
class Cited:
    """One field of a preset, with its source.

    Parameters
    ----------
    preset, field : str
        Which field of which preset.
    value : float
        The number, in the field's unit.
    unit : str
    source : str
        Author, journal, year, doi.
    where : str
        The place in the source.
    confirmed : bool
        Whether the number was seen there. False: the source could not be opened.
    note : str
        What the number is, where the field's name does not say it all.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong type or out of its range.

    >>> Cited(preset="mine", field="t2_s", value=0.5, unit="s", source="my lab").confirmed
    False
    """

    preset: str = custom(default=MISSING, coerce=as_words)
    field: str = custom(default=MISSING, coerce=as_words)
    value: float = number(low_open=True, high_open=True)
    unit: str = custom(default="", coerce=as_words)
    source: str = custom(default=MISSING, coerce=as_words)
    where: str = custom(default="", coerce=as_words)
    confirmed: bool = custom(default=False, coerce=as_flag)
    note: str = custom(default="", coerce=as_words)


def _shown(cited: Cited) -> str:
    return f"{cited.value:g} {cited.unit}".rstrip()


def _seen(cited: Cited) -> str:
    return "confirmed" if cited.confirmed else "unconfirmed"


class Sources(tuple[Cited, ...]):
    """Some :class:`Cited` records; shows itself as a table.

    >>> Sources([Cited(preset="mine", field="t2_s", value=0.5, unit="s", source="my lab", where="page 7")])
    mine.t2_s = 0.5 s, unconfirmed
        my lab; page 7
    """

    __slots__ = ()

    _COLUMNS: tuple[tuple[str, Callable[[Cited], str]], ...] = (
        ("preset", lambda cited: cited.preset),
        ("field", lambda cited: cited.field),
        ("value", _shown),
        ("seen", _seen),
        ("source", lambda cited: cited.source),
        ("where in it", lambda cited: cited.where),
        ("note", lambda cited: cited.note),
    )

    def __repr__(self) -> str:
        lines = []
        for cited in self:
            lines.append(f"{cited.preset}.{cited.field} = {_shown(cited)}, {_seen(cited)}")
            lines.append(f"    {cited.source}; {cited.where}")
            if cited.note:
                lines.append(f"    {cited.note}")
        return "\n".join(lines) or "none"

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{escape(title)}</th>" for title, _ in self._COLUMNS)
        body = ""
        for cited in self:
            first, *others = (escape(read(cited)) for _, read in self._COLUMNS)
            cells = "".join(f"<td>{cell}</td>" for cell in others)
            body += f"<tr><th scope='row'>{first}</th>{cells}</tr>"
        return (
            f"<table><caption>Preset values and their sources</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )
