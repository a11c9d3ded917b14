"""One colour and one shape for each idea, the same in every figure.

Okabe and Ito's colours, which colour-blind eyes tell apart, darkened or lightened where needed so that each stands out
on a white page and on a dark one. The shapes and dashes carry the same meaning without colour. Text has no colour of
its own: it takes the page's.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import plotly.graph_objects as go

DATA = "#6f7f95"  # circles
CHOICE = "#d6336c"  # the learner's weights: the line in the data, the pin on the loss
ERROR = "#d55e00"  # squares
ERROR_FILL = "rgba(213, 94, 0, 0.22)"
LOSS = "#1c7ec4"  # solid
PENALTY = "#009e73"  # dashed
TOTAL = "#9a6ad6"  # dotted: loss plus penalty
MINIMUM = "#c98600"  # stars, and the line of minima where there are many
PATH = PENALTY  # broad and solid: where the penalty takes the minimum as λ rises
OUTLINE = "#333333"
HALO = "#ffffff"  # around what is drawn on a map: no colour stands out on every blue
FOR_CONTRAST = "halo"
"""The name of what is drawn for contrast only."""
CUTS = ("solid", "dash", "dashdot")
"""Strokes of straight cuts through one loss, all in its colour."""

BOWL = [
    (0.0, "#08306b"),
    (0.2, "#1a5fa4"),
    (0.45, "#4f94c8"),
    (0.7, "#9fc6e2"),
    (1.0, "#eef4fa"),
]
"""Low loss is deep, high loss is pale. Set outright: the page's theme would turn the scale round in the dark."""

POINT = {"color": DATA, "line": {"color": HALO, "width": 1}}
PIN = {"symbol": "circle", "size": 14, "color": CHOICE, "line": {"color": HALO, "width": 2}}
STAR = {"symbol": "star", "size": 16, "color": MINIMUM, "line": {"color": OUTLINE, "width": 1}}
DIAMOND = STAR | {"symbol": "diamond", "size": 13}  # the minimum of loss plus penalty


class Sign(NamedTuple):
    """How an idea is drawn: its colour, its shape or stroke, and both in words."""

    colour: str
    shape: str
    words: str


SIGNS = {
    "Data": Sign(DATA, "circle", "grey circles"),
    "Your weights": Sign(
        CHOICE,
        "pin",
        "pink: your line through the data; on the loss your round pin, its tangent, its ring and your arrows",
    ),
    "Error": Sign(
        ERROR, "square", "orange squares, or bars where they have no room; a thin curve for one point's squared error"
    ),
    "Loss": Sign(
        LOSS,
        "solid line",
        "a solid blue line, broken where it is beside another; on maps, deep blue is low and pale is high",
    ),
    "Held-out loss": Sign(LOSS, "long dashes", "a blue line of long dashes"),
    "Penalty": Sign(PENALTY, "dashed line", "a dashed green line, and a green ring for an invented point"),
    "Loss plus penalty": Sign(TOTAL, "dotted line", "a dotted violet line, or violet rings"),
    "Minimum": Sign(
        MINIMUM, "star", "a golden star; a golden line where many weights share it; golden dashes through the data"
    ),
    "Minimum with a penalty": Sign(MINIMUM, "diamond", "a golden diamond"),
    "Ridge path": Sign(PATH, "broad line", "a broad green line"),
}
STROKES = {
    "solid line": ("solid", 3),
    "long dashes": ("longdash", 3),
    "dashed line": ("dash", 3),
    "dotted line": ("dot", 3),
    "broad line": ("solid", 6),
}
"""The shapes of `SIGNS` that are lines: what Plotly calls their dashes, and their width."""
MARKS: dict[str, dict[str, Any]] = {
    "circle": POINT | {"size": 11},
    "pin": PIN,
    "square": {"symbol": "square", "size": 16, "color": ERROR_FILL, "line": {"color": ERROR, "width": 1.5}},
    "star": STAR,
    "diamond": DIAMOND,
}
"""The shapes of `SIGNS` that are marks."""
LOOKS = {
    (DATA, "circle"): "Data",
    (CHOICE, "solid"): "Your weights",
    (CHOICE, "dash"): "Your weights",
    (CHOICE, "circle"): "Your weights",
    (ERROR, "solid"): "Error",
    (ERROR, "dot"): "Error",  # of a point muted
    (ERROR, "triangle-up"): "Error",  # where a point has none
    (LOSS, "solid"): "Loss",
    (LOSS, "circle"): "Loss",  # at its samples
    (LOSS, "dash"): "Loss",  # before a change, or a second cut
    (LOSS, "dashdot"): "Loss",
    (LOSS, "longdash"): "Held-out loss",
    (PENALTY, "dash"): "Penalty",
    (PENALTY, "circle-open"): "Penalty",  # the invented point
    (TOTAL, "dot"): "Loss plus penalty",
    (TOTAL, "solid"): "Loss plus penalty",  # its rings
    (MINIMUM, "star"): "Minimum",
    (MINIMUM, "solid"): "Minimum",  # where many weights share it
    (MINIMUM, "dash"): "Minimum",  # through the data
    (MINIMUM, "line-ew"): "Minimum",  # what it predicts
    (MINIMUM, "diamond"): "Minimum with a penalty",
    (PATH, "solid"): "Ridge path",
    (HALO, "solid"): "Cut",
    (HALO, "dash"): "Cut",  # or an axis of the rings
    (HALO, "dashdot"): "Cut",
    (HALO, "circle"): "Grid",
    (HALO, "square-open"): "Lowest of the grid",
}
"""What a line or a mark stands for, by its colour and its stroke or shape: nothing else is drawn."""
HEIGHT = 400


Trace = dict[str, Any]


def trace(kind: str, **look: Any) -> Trace:
    """One trace of a figure, as plain data: Plotly checks it once, where the figure is made, and not here as well."""
    return {"type": kind} | look


def mark(x: Any, y: Any, look: dict[str, Any]) -> Trace:
    """A mark at one place: pin, star or diamond; whole at the edge of a picture, too."""
    return trace("scatter", x=x, y=y, mode="markers", marker=look, cliponaxis=False, hoverinfo="skip")


def canvas(*traces: Any, x: str, y: str, **layout: Any) -> go.Figure:
    """A figure with the course's margins and axis titles `x` and `y`, still under the mouse so that pages scroll."""
    whole: dict[str, Any] = {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
        # The page's theme dresses the picture in the browser. Plotly's own would be two thirds of what is sent.
        "template": {"layout": {"autotypenumbers": "strict"}},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "xaxis": axis(x),
        "yaxis": axis(y),
    }
    # Plotly's own update_layout does this too, and takes a third of the time that a figure takes to build.
    for name, value in layout.items():
        whole[name] = whole.get(name, {}) | value if isinstance(value, dict) else value
    return go.Figure(traces, whole)


def described(figure: go.Figure, text: str) -> go.Figure:
    """`figure`, which now says of itself what it shows: `text` is what those hear who cannot see it.

    Whatever is drawn on it later leaves the text as it is, until it is described again.
    """
    figure.layout.meta = {"alt": text}
    return figure


def axis(title: str, **look: Any) -> dict[str, Any]:
    """An axis that makes room for its labels and draws no line through zero."""
    return {"title": title, "automargin": True, "zeroline": False} | look


def label(x: float, y: float, text: str, **place: Any) -> dict[str, Any]:
    """A direct label at a point of the picture, on a small arrow."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "arrowwidth": 1,
        "arrowhead": 0,
        "arrowcolor": DATA,
        "ax": 0,
        "ay": -36,
    } | place


def key() -> go.Figure:
    """Every idea of `SIGNS` as pictures draw it, a row for each."""

    def row(idea: str, sign: Sign) -> Trace:
        if sign.shape in MARKS:
            return trace("scatter", x=[0.5], y=[idea], mode="markers", marker=MARKS[sign.shape], hoverinfo="skip")
        dash, width = STROKES[sign.shape]
        line = {"color": sign.colour, "dash": dash, "width": width}
        return trace("scatter", x=[0, 1], y=[idea, idea], mode="lines", line=line, hoverinfo="skip")

    figure = canvas(
        *(row(idea, sign) for idea, sign in SIGNS.items()),
        x="",
        y="",
        height=34 * len(SIGNS) + 20,
        margin={"t": 8},
        xaxis={"visible": False, "range": [-0.1, 2]},
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    return described(figure, "; ".join(f"{idea}: {sign.words}" for idea, sign in SIGNS.items()))
