"""Where the parts of a step stand. A step names its parts (controls, the pictures it `show`s, the one `takeaway`, what
is `worked_out` or lies in a `fold` below, what is `behind` it); this file alone lays them out.

The stage is one screen: words, controls and the takeaway beside the pictures, which are as high as it leaves room for
(`pages/style.css`). To a room, the words are away. All else stands below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import streamlit as st

from engine.records import Dataset, Source
from lessons.kit import session
from lessons.kit.clicks import Put, take_clicks
from lessons.kit.controls import PIN_STEPS, Pin, presenting

if TYPE_CHECKING:
    from plotly.graph_objects import Figure
    from streamlit.delta_generator import DeltaGenerator

BIGGER = 1.25
"""How much larger type is for the back of a room."""

Numbers = Mapping[str, float | Sequence[float]]
"""What a script prints: each name with its value or values."""


class Shown(NamedTuple):
    """A picture of a step, with the arguments of `show`."""

    figure: Figure
    put: Put | None
    name: str
    caption: str


class Behind(NamedTuple):
    """What a step lets a learner take along: the script `name` with `values` in it, which prints `numbers`."""

    name: str
    source: Source
    numbers: Numbers
    values: dict[str, Any]


@dataclass
class Stage:
    """Of one step: the places for its `pictures`, its `result` and what is `deeper`; the pictures shown, or room for
    one; whether what is shown now stands `below`; those drawn so far; what a click on one moves; what is behind it."""

    pictures: DeltaGenerator | None = None
    result: DeltaGenerator | None = None
    deeper: DeltaGenerator | None = None
    shown: list[Shown | None] = field(default_factory=list)
    below: bool = False
    drawn: list[Figure] = field(default_factory=list)
    puts: dict[str, Put] = field(default_factory=dict)
    behind: Behind | None = None


def stage() -> Stage:
    """The stage of the step that runs in this session."""
    found: Stage = st.session_state.setdefault(session.STAGE, Stage())
    return found


@contextmanager
def set_stage(heading: str, text: str) -> Iterator[DeltaGenerator]:
    """The stage of a step with its heading and the `text` to read. Yields a place for what only the speaker sees, and
    puts what is written meanwhile beside the pictures."""
    left, right = st.container(key="stage").columns([5, 8], gap="medium")
    deeper = st.container()
    left.header(heading, anchor=False)
    # A room looks at the picture, and hears the words.
    words = deeper.expander("The words of this step", icon=":material/notes:") if presenting() else left
    words.markdown(text)
    beside, result, notes = left.container(), left.container(key="result"), left.container()
    pictures = right.container(key="pictures")
    st.session_state[session.STAGE] = Stage(pictures, result, deeper)
    with beside:
        yield notes
    lay_out()


def clear() -> None:
    """End a step: nobody needs its pictures any more."""
    st.session_state[session.STAGE] = Stage()


def show(figure: Figure, put: Put | None = None, name: str = "map", caption: str = "") -> None:
    """A picture. It says of itself what it shows, for those who cannot see it (`figures.palette.described`).

    A click on it moves controls as `put` says; `name` tells two such pictures of one step apart.
    `caption` stands below.
    """
    shown = Shown(figure, put, name, caption)
    if stage().below:
        put_up(shown)
    else:
        stage().shown.append(shown)


def leave_room() -> None:
    """Room beside the picture before, for one that is not shown yet."""
    stage().shown.append(None)


def lay_out() -> None:
    """Draw the pictures of the step, side by side, and let them take clicks."""
    here = stage()
    if here.pictures and here.shown:
        with here.pictures:
            for place, shown in zip(st.columns(len(here.shown)), here.shown, strict=True):
                if shown:
                    with place:
                        put_up(shown)
    take_clicks(here.puts)


def put_up(shown: Shown) -> None:
    """Draw one picture where the page stands."""
    draw(shown.figure, shown.put, shown.name)
    if shown.caption:
        st.caption(shown.caption)


def draw(figure: Figure, put: Put | None = None, name: str = "map") -> None:
    """Draw a picture here and now, and note it as drawn. The arguments are those of `show`."""
    stage().drawn.append(figure)
    alt = figure.layout.meta["alt"]
    # The words go beside the picture. In it they would be sent a second time.
    figure.layout.meta = None
    key = session.clicked(name) if put else None
    if key and put:
        stage().puts[key] = put
    height: Literal["stretch", "content"] = "content"
    if stage().pictures and not stage().below:
        height, figure.layout.height = "stretch", None
    st.plotly_chart(for_a_room(figure), height=height, alt=alt, key=key, config={"displayModeBar": False})


def for_a_room(figure: Figure) -> Figure:
    """`figure`, in larger type if one presents."""
    if presenting():
        size = round(14 * BIGGER)
        figure.update_layout(font_size=size)
        # The page's theme has sizes of its own for these.
        figure.update_xaxes(tickfont_size=size, title_font_size=size)
        figure.update_yaxes(tickfont_size=size, title_font_size=size)
        for part in (*figure.layout.updatemenus, *(slider.currentvalue for slider in figure.layout.sliders)):
            part.font.size = round(BIGGER * part.font.size)
    return figure


def at_pin(pin: Pin, reach: float) -> Put:
    """For a click on a map of weights in ±reach: put `pin` there, to the nearest step of its sliders."""
    return lambda *place: {
        name: nearest(value, -reach, reach, PIN_STEPS) for name, value in zip(pin.names, place, strict=True)
    }


def nearest(value: float, lo: float, hi: float, steps: int) -> float:
    """The nearest place to `value` of a slider from `lo` to `hi` with so many steps, which may have one at 0."""
    step = (hi - lo) / steps
    inside = min(max(value, lo), hi)
    # Once more: what is rounded may lie beyond the end by its rounding.
    return min(max(round(inside / step) * step, lo), hi)


@contextmanager
def worked_out() -> Iterator[None]:
    """What lies deeper, below the stage: formulas, tables, remarks, and pictures which then stand there, too."""
    here = stage()
    with here.deeper or st.container():
        here.below = True
        yield
        here.below = False


def takeaway(text: str) -> None:
    """What a step comes to, in the current numbers. It is read out when it changes (`shell/js/announce.js`)."""
    with stage().result or st.container(), st.container(border=True, key="takeaway"):
        st.markdown(f":material/lightbulb: {text}")


def fold(label: str, icon: str, key: str) -> DeltaGenerator | None:
    """Where to put what is folded away under `label`, or None while it is closed: then nothing is made or sent."""
    found = st.expander(label, icon=f":material/{icon}:", on_change="rerun", key=key)
    return found if found.open else None


def aside(label: str, icon: str) -> DeltaGenerator:
    """Where to put a remark that most may pass by, folded away under `label`. Unlike in a `fold`, it is always made, so
    it should cost nothing."""
    return st.expander(label, icon=f":material/{icon}:")


def code_to_copy(name: str, said: str, snippet: str) -> None:
    """A piece of Python to take along: its name, what it does, and itself."""
    with st.container(border=True):
        st.markdown(f"**{name}**: {said}")
        st.code(snippet, language="python", wrap_lines=True)


def code_to_compare(pieces: Sequence[tuple[str, str]]) -> None:
    """Pieces of Python side by side, each a heading and a body."""
    for column, (heading, body) in zip(st.columns(len(pieces)), pieces, strict=True):
        column.markdown(f"**{heading}**")
        column.code(body, language="python", wrap_lines=True)


def points_table(data: Dataset) -> None:
    """The points behind the pictures, and where they come from, on demand."""
    inside = fold(f"The data: {len(data.y)} points", "table", "points")
    if inside is None:
        return
    with inside:
        columns = dict(zip(data.features, data.X.T, strict=True)) | {data.target: data.y}
        st.dataframe(columns, hide_index=True, alt=f"{data.origin} {len(data.y)} rows.")
        st.caption(data.origin)


def behind(name: str, source: Source, numbers: Numbers, **values: Any) -> None:
    """What the learner can take along and take apart: the script `name`, as one_weight/one_guess, for what is on the
    screen, which prints `numbers`.

    `values` go into the script: among them `w`, the weight or weights at which loss and gradient are proved, and `lam`.
    """
    stage().behind = Behind(name, source, numbers, values)


def save(label: str, make: Callable[[], str], file: str, mime: str) -> None:
    """A button to save what `make` returns. It is made when the button is pressed, so the server keeps no copy of a
    visitor's points that nobody asked for."""
    st.download_button(label, make, file, mime, icon=":material/download:", on_click="ignore", key=f"save {file}")
