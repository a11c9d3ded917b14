"""The loss of two weights: seen from above and from the side."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine.records import Array, Fit, Minimum, RidgePath, Spectrum, Surface
from lessons import words
from lessons.figures import palette
from lessons.figures.palette import described, trace
from lessons.words import equation, num, pinned, plain, vector

RINGS = 14
CAMERAS = {
    "corner": {"x": 1.2, "y": -1.4, "z": 1.25},
    "along w₁": {"x": 1.9, "y": 0.0, "z": 0.3},
    "along w₂": {"x": 0.0, "y": -1.9, "z": 0.3},
    "above": {"x": 0.0, "y": -0.01, "z": 1.9},
}
"""Where one may ask to stand. A view turned by hand lasts too (`shell/js/camera.js`)."""

FINE = 65_535
"""The largest of the whole numbers that a colour is sent as."""

STAR_HEAD = {
    "text": ["", "★"],
    "textposition": "middle center",
    "textfont": {"color": palette.MINIMUM, "size": 26},
}
PIN_HEAD = {"marker": {"symbol": "circle", "size": [0, 9], "color": palette.CHOICE}}
"""The heads of needles in space. Plotly has no star among its marks there, so it is a letter."""

FEW = 30
"""Up to this many samples along an axis, each is drawn."""


def line_of_minima(minimum: Minimum, surface: Surface) -> tuple[Array, Array]:
    """The flat valley inside the picture, as w₁ and w₂ of its ends; empty where the minimum is one point."""
    if len(minimum.flat) != 1:
        return np.empty(0), np.empty(0)
    lo, hi = np.array([surface.w1[0], surface.w2[0]]), np.array([surface.w1[-1], surface.w2[-1]])
    direction = minimum.flat[0]
    with np.errstate(divide="ignore"):
        steps = np.sort(np.stack([(lo - minimum.w) / direction, (hi - minimum.w) / direction]), axis=0)
    ends = minimum.w + np.outer([steps[0].max(), steps[1].min()], direction)
    return ends[:, 0], ends[:, 1]


def heights(total: Array, floor: float, ceiling: float) -> NDArray[np.uint16]:
    """√(L − floor) in FINE steps up to √(ceiling − floor): a quarter of the bytes, and no eye sees the steps."""
    part = np.clip((total - floor) / ((ceiling - floor) or 1.0), 0, 1)
    return np.round(FINE * np.sqrt(part)).astype(np.uint16)


def halved(values: Array) -> Array | NDArray[np.float32]:
    """The same numbers in half the bytes, which no eye sees either, unless they are too large for that."""
    return values.astype(np.float32) if np.abs(values).max() < np.finfo(np.float32).max else values


def round_losses(floor: float, ceiling: float) -> list[float]:
    """A few losses from `floor` to `ceiling` in as few digits as tell three of them apart, evenly apart on the root."""
    places = floor + (ceiling - floor) * np.array([0.3, 0.55, 0.8, 0.97]) ** 2
    for digits in range(1, 17):
        found = sorted({float(f"{place:.{digits}g}") for place in places})
        found = [each for each in found if floor <= each <= ceiling]
        if len(found) > 2:
            return found
    return [floor]


def landscape(surface: Surface, title: str, levels: tuple[float, float] | None = None) -> go.Figure:
    """A loss from above, with rings at even steps of √(L − floor) up to a ceiling, on equal axes.

    A quadratic bowl whose minimum is the floor is a cone when seen through that square root, so its rings are evenly
    apart. `levels` is (floor, ceiling); it is the lowest and the highest sample where not given. Two pictures with the
    same levels have the same rings.
    """
    floor, ceiling = levels or (float(surface.total.min()), float(surface.total.max()))
    ticks = round_losses(floor, ceiling)
    rings = trace(
        "contour",
        x=surface.w1,
        y=surface.w2,
        z=heights(surface.total, floor, ceiling),
        customdata=halved(surface.total),
        zmin=0,
        zmax=FINE,
        contours={"start": 0, "end": FINE - FINE / RINGS, "size": FINE / RINGS},
        colorscale=palette.BOWL,
        line={"width": 0.6, "color": "rgba(255,255,255,0.55)"},
        colorbar={
            "title": {"text": "loss", "side": "right"},
            "tickvals": FINE * np.sqrt((np.array(ticks) - floor) / ((ceiling - floor) or 1.0)),
            "ticktext": [f"{tick:,g}" for tick in ticks],
            "tickangle": 0,
            "thickness": 10,
            # Below the picture, where it takes no width from it on a phone.
            "orientation": "h",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
        },
        hovertemplate="w₁ %{x:.3g}, w₂ %{y:.3g}<br>loss %{customdata:.4g}<extra></extra>",
    )
    lo, hi = surface.w1[0], surface.w1[-1]
    return palette.canvas(
        rings,
        x="w₁",
        y="w₂",
        title=title,
        height=540,
        margin={"b": 84},  # the axis, and under it the bar
        xaxis={"range": [lo, hi], "constrain": "domain"},
        yaxis={"range": [lo, hi], "constrain": "domain", "scaleanchor": "x"},
    )


def contour(
    surface: Surface,
    fit: Fit,
    minimum: Minimum,
    *,
    title: str,
    levels: tuple[float, float] | None = None,
    mark: dict[str, Any] = palette.STAR,
) -> go.Figure:
    """The landscape with the pin and the minimum, or the line of minima. Its rings start at the minimum."""
    figure = landscape(surface, title, levels or (minimum.total, float(surface.total.max())))
    line, best = bottom(minimum, surface, mark)
    # The pin is broader than the star, so under it.
    return figure.add_traces([line, palette.mark(fit.w[:1], fit.w[1:], palette.PIN), best])


def bottom(minimum: Minimum, surface: Surface, mark: dict[str, Any]) -> list[palette.Trace]:
    """The line of minima, empty where there is none, and a mark on the minimum or the shortest of them."""
    x, y = line_of_minima(minimum, surface)
    floor = trace("scatter", x=x, y=y, mode="lines", line={"color": palette.MINIMUM, "width": 4}, hoverinfo="skip")
    return [floor, palette.mark(minimum.w[:1], minimum.w[1:], mark)]


def valley(surface: Surface, minimum: Minimum) -> go.Figure:
    """A small map of a loss without a single minimum."""
    figure = landscape(surface, "The valley, and its shortest pair").add_traces(bottom(minimum, surface, palette.STAR))
    figure.update_layout(height=320).update_traces(showscale=False, selector={"type": "contour"})
    return described(
        figure, f"The loss over both weights: parallel straight rings. The shortest pair is {vector(minimum.w)}."
    )


def trough(surface: Surface, k: int, x: Array, y: float, levels: tuple[float, float]) -> go.Figure:
    """The squared error of point k alone, whose features are `x` (2,) and whose target is `y`, from above."""
    figure = landscape(surface, f"The trough of point {k} alone", levels)
    # Where both features are 0, no weight plays a part.
    if x.any():
        runs = f"parallel straight rings along {equation([(x[0], 'w₁'), (x[1], 'w₂')], y)}"
    else:
        runs = f"the same squared error, {num(y * y)}, for every pair of weights"
    return described(figure, f"Point {k} alone: {runs}.")


def average_of_troughs(surface: Surface, k: int, n: int, levels: tuple[float, float]) -> go.Figure:
    """The average of the squared errors of the first k of n points, from above."""
    title = f"The average of the first {k} of {n}" if k > 1 else "Nothing to average yet"
    return described(
        landscape(surface, title, levels),
        f"The average of the first {k} of {n} points; its lowest sample is {num(surface.lowest[2])}.",
    )


def sampled(grid: Surface, truth: Surface, fit: Fit, minimum: Minimum) -> go.Figure:
    """The contour of `truth` with what a search on `grid` sees of it: its lowest point, and all its points where few.

    The rings are not drawn from a coarse grid: between its points they would show pits that are not there.
    """
    n = len(grid.w1)
    low1, low2, _ = grid.lowest
    looked = trace(
        "scatter",
        x=np.tile(grid.w1, n if n <= FEW else 0),
        y=np.repeat(grid.w2, n if n <= FEW else 0),
        mode="markers",
        marker={"size": 5, "color": palette.HALO, "line": {"color": palette.OUTLINE, "width": 0.5}},
        cliponaxis=False,
        hoverinfo="skip",
    )
    lowest = trace(
        "scatter",
        x=[low1],
        y=[low2],
        mode="markers",
        marker={"symbol": "square-open", "size": 16, "color": palette.HALO, "line": {"width": 2}},
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure = contour(truth, fit, minimum, title=f"{n} × {n} pairs of weights").add_traces([looked, lowest])
    return described(
        figure,
        f"Contour of the loss over w₁ and w₂ from {num(truth.w1[0])} to {num(truth.w1[-1])}. "
        f"{pin_and_bottom(fit, minimum)} The lowest of {n} × {n} samples is at ({num(low1)}, {num(low2)}).",
    )


def pin_and_bottom(fit: Fit, minimum: Minimum) -> str:
    """The loss at the pin and where the minimum is, in words."""
    return f"{plain(pinned(fit))} {plain(words.bottom(minimum))}"


def rings(surface: Surface, fit: Fit, minimum: Minimum, spectrum: Spectrum) -> go.Figure:
    """The contour with the ring through the pin, the ring's axes, and the gradient at the pin as an arrow.

    The ring is L* + ½ Σ hᵢ tᵢ² = L(pin), so its half axes are √(2(L − L*)/hᵢ) along the eigenvectors. A direction with
    hᵢ = 0 has no end; it is drawn past the edge of the picture.
    """
    reach = float(surface.w1[-1])
    level = max(0.0, fit.total - minimum.total)
    with np.errstate(over="ignore"):
        half = np.minimum(np.sqrt(2 * level / np.maximum(spectrum.values, np.finfo(float).tiny)), 10 * reach)
    turn = np.linspace(0, 2 * np.pi, 181)
    ring = (
        minimum.w
        + np.outer(np.cos(turn), half[0] * spectrum.vectors[0])
        + np.outer(np.sin(turn), half[1] * spectrum.vectors[1])
    )
    axes = [
        trace(
            "scatter",
            x=minimum.w[0] + ends * direction[0],
            y=minimum.w[1] + ends * direction[1],
            mode="lines",
            line={"color": palette.HALO, "width": 2, "dash": "dash"},
            hoverinfo="skip",
        )
        for direction, ends in zip(spectrum.vectors, np.outer(half, [-1, 1]), strict=True)
    ]
    through_pin = trace(
        "scatter",
        x=ring[:, 0],
        y=ring[:, 1],
        mode="lines",
        # Whole: thinned out, the ring and its halo would part.
        line={"color": palette.CHOICE, "width": 2.5, "simplify": False},
        hoverinfo="skip",
    )
    figure = beneath(contour(surface, fit, minimum, title="Your ring, its axes, the gradient"), *axes, through_pin)
    steep = float(np.hypot(*fit.gradient))
    if steep > 1e-9 * spectrum.values[-1] * reach:
        arrow(figure, fit.w, 0.3 * reach * fit.gradient / steep, palette.CHOICE)
        at_pin = f"the ring through the pin and an arrow along the gradient {words.gradient(fit, spectrum, reach)}"
    else:
        at_pin = "the pin on the bottom, where there is neither a ring nor an arrow"
    return described(figure, f"Contour of the loss over w₁ and w₂ with {at_pin}. {pin_and_bottom(fit, minimum)}")


def beneath(figure: go.Figure, *lines: palette.Trace) -> go.Figure:
    """`figure`, a map, with `lines` over its rings and under its marks; coloured ones in a halo."""
    halos = [
        line
        | {
            "name": palette.FOR_CONTRAST,
            "line": line["line"] | {"color": palette.HALO, "width": line["line"]["width"] + 3},
            "hoverinfo": "skip",
        }
        for line in lines
        if line["line"]["color"] != palette.HALO
    ]
    rings, *marks = figure.data
    figure.add_traces([*halos, *lines])
    figure.data = [rings, *figure.data[1 + len(marks) :], *marks]
    return figure


def arrow(figure: go.Figure, start: Array, along: Array, colour: str) -> None:
    """Draw an arrow from `start` to `start` + `along` on a map, its shaft in a halo."""
    head = start + along
    places = {"x": head[0], "y": head[1], "ax": start[0], "ay": start[1]}
    refs = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    shaft = {"arrowhead": 0, "arrowwidth": 7, "arrowcolor": palette.HALO, "standoff": 9}
    for stroke in (shaft, {"arrowhead": 2, "arrowwidth": 4, "arrowcolor": colour}):
        figure.add_annotation(places | refs | {"text": ""} | stroke)


AIM = 0.35
"""The length of the arrow that is aimed, as a part of the reach of the weights on the map."""


def aimed(surface: Surface, fit: Fit, minimum: Minimum, degrees: int, downhill: Array | None) -> go.Figure:
    """The map with an arrow from the pin at so many degrees from the w₁ axis; and, once known, the steepest way
    `downhill`, (2,) of length 1.

    It tells no losses under the mouse: with them one could read the way down off the map.
    """
    figure = contour(surface, fit, minimum, title="Your direction" if downhill is None else "Yours, and the steepest")
    long = AIM * float(surface.w1[-1])
    said = f"The map with the pin at {vector(fit.w)} and an arrow from it at {degrees} degrees."
    if downhill is not None:
        arrow(figure, fit.w, long * downhill, palette.HALO)
        said += f" The steepest way down is along {vector(downhill)}."
    aim = np.array([cos(radians(degrees)), sin(radians(degrees))])
    arrow(figure, fit.w, long * aim, palette.CHOICE)
    figure.data[0].update(hoverinfo="none", hovertemplate=None)
    return described(figure, said)


def today(surface: Surface, fit: Fit, minimum: Minimum) -> go.Figure:
    """The map before a change, with the pin where the learner expects the minimum after it."""
    return described(
        contour(surface, fit, minimum, title="Today, and your pin"),
        f"Today’s map over ±{num(surface.w1[-1])} with your pin at {vector(fit.w)}. {plain(words.bottom(minimum))}",
    )


def then(surface: Surface, fit: Fit, minimum: Minimum) -> go.Figure:
    """The map after a change, with the pin where the learner expected the minimum."""
    return described(
        contour(surface, fit, minimum, title="Then"),
        f"The map after the change, with your pin at {vector(fit.w)}. {plain(words.bottom(minimum))}",
    )


def without_penalty(surface: Surface, fit: Fit, minimum: Minimum) -> go.Figure:
    """The map of the plain loss, with the pin where the learner expects the minimum with a penalty."""
    return described(
        contour(surface, fit, minimum, title="Without a penalty"),
        f"The plain loss over ±{num(surface.w1[-1])}, lowest at {vector(minimum.w)}, with your pin at {vector(fit.w)}.",
    )


def with_penalty(surface: Surface, fit: Fit, minimum: Minimum, path: RidgePath, lam: float) -> go.Figure:
    """The map of the loss with its penalty λ, with the pin where the learner expected its `minimum`, and the path that
    leads there."""
    figure = contour(surface, fit, minimum, title=f"With λ = {num(lam)}", mark=palette.DIAMOND)
    return described(
        with_path(figure, path),
        f"The penalised loss, lowest at {vector(minimum.w)}, your pin at {vector(fit.w)} and the ridge path from "
        f"{vector(path.w[0])} to zero.",
    )


def twin(
    surface: Surface,
    fit: Fit,
    minimum: Minimum,
    path: RidgePath,
    *,
    title: str,
    levels: tuple[float, float],
    mark: dict[str, Any],
) -> go.Figure:
    """One of two maps with the same pin, ridge path and `levels` of their rings: the plain loss, or the penalised one.
    `mark` is the look of its minimum."""
    figure = with_path(contour(surface, fit, minimum, title=title, levels=levels, mark=mark), path)
    return described(
        figure,
        f"{title}: contour over w₁ and w₂ from {num(surface.w1[0])} to {num(surface.w1[-1])}. Minimum at "
        f"{vector(minimum.w)}, value {num(minimum.total)}. The pin {vector(fit.w)} is at {num(fit.total)}. The ridge "
        f"path leads from {vector(path.w[0])} to zero.",
    )


def path_line(path: RidgePath) -> palette.Trace:
    """The path of the minimum as λ rises."""
    return trace(
        "scatter",
        x=path.w[:, 0],
        y=path.w[:, 1],
        customdata=path.lam,
        mode="lines",
        line={"color": palette.PATH, "width": 4},
        hovertemplate="λ %{customdata:.3g}<br>minimum at %{x:.4g}, %{y:.4g}<extra></extra>",
    )


def with_path(figure: go.Figure, path: RidgePath) -> go.Figure:
    """`figure` with the ridge path under its marks. What it says of itself stays."""
    return beneath(figure, path_line(path))


def three_cuts(surface: Surface, fit: Fit, minimum: Minimum, directions: dict[str, tuple[float, float]]) -> go.Figure:
    """The map with a straight line through the pin for each of three directions of length 1, in the dashes of
    `curves.cuts`."""
    reach = float(surface.w1[-1])
    lines = [
        trace(
            "scatter",
            x=[fit.w[0] - reach * a, fit.w[0] + reach * a],
            y=[fit.w[1] - reach * b, fit.w[1] + reach * b],
            mode="lines",
            line={"color": palette.HALO, "width": 2.5, "dash": dash},
            hoverinfo="skip",
        )
        for (a, b), dash in zip(directions.values(), palette.CUTS, strict=True)
    ]
    return described(
        beneath(contour(surface, fit, minimum, title="Three cuts from above"), *lines),
        f"The map with three straight cuts through the pin {vector(fit.w)}: {', '.join(directions)}.",
    )


def space(
    surface: Surface, low: float, high: float, title: str, eye: dict[str, float], names: tuple[str, str]
) -> go.Figure:
    """A loss as a surface in space between the heights `low` and `high`, coloured as on a map. `names` are those of the
    weights."""
    shell = trace(
        "surface",
        x=surface.w1,
        y=surface.w2,
        z=halved(surface.total),
        # The colours follow the height, also where it moves. The scale's stops are squared: they are at even steps of
        # the root, as on a map.
        cmin=low,
        cmax=high,
        colorscale=[(stop**2, colour) for stop, colour in palette.BOWL],
        showscale=False,
        # Nearly flat light: a colour stands for a loss.
        lighting={"ambient": 0.85, "diffuse": 0.3, "specular": 0.0},
        hovertemplate=f"{names[0]} %{{x:.3g}}, {names[1]} %{{y:.3g}}<br>loss %{{z:.4g}}<extra></extra>",
    )
    # No numbers: the page's colour for them is too pale where they are small, and a map has them all.
    axis = {"showbackground": False, "showspikes": False, "showticklabels": False}
    named = {"font": {"size": 19, "weight": "bold"}}
    return palette.canvas(
        shell,
        x="",
        y="",
        title=title,
        height=500,
        dragmode="turntable",
        scene={
            "xaxis": axis | {"title": named | {"text": names[0]}},
            "yaxis": axis | {"title": named | {"text": names[1]}},
            # Its name would be cut off on a phone, so the title of the picture says what the height is.
            "zaxis": axis | {"title": "", "range": [low - 0.02 * (high - low), high]},
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.8},
            "camera": {"eye": eye, "center": {"x": 0, "y": 0, "z": -0.12}},
        },
    )


def bowl(surface: Surface, fit: Fit, minimum: Minimum, title: str, eye: dict[str, float]) -> go.Figure:
    """The same grid as a surface in space, with the pin and the minimum on it, seen from one of CAMERAS."""
    low, high = minimum.total, float(surface.total.max())
    stem = 0.12 * (high - low)
    valley_x, valley_y = line_of_minima(minimum, surface)
    floor = trace(
        "scatter3d",
        x=valley_x,
        y=valley_y,
        z=np.full(len(valley_x), low + 0.01 * (high - low)),
        mode="lines",
        line={"color": palette.MINIMUM, "width": 8},
        hoverinfo="skip",
    )
    # Needles standing on the surface: a mark in the surface itself would be half hidden by it.
    needles = [
        trace(
            "scatter3d",
            x=[w[0], w[0]],
            y=[w[1], w[1]],
            z=[foot, foot + stem],
            mode=mode,
            line={"color": colour, "width": 5},
            hoverinfo="skip",
            **head,
        )
        for w, foot, colour, mode, head in (
            (minimum.w, low, palette.MINIMUM, "lines+text", STAR_HEAD),
            (fit.w, fit.total, palette.CHOICE, "lines+markers", PIN_HEAD),
        )
    ]
    figure = space(surface, low, high, title, eye, ("w₁", "w₂")).add_traces([floor, *needles])
    figure.layout.scene.zaxis.range = [low - 0.02 * (high - low), max(high, fit.total + stem)]
    return described(figure, f"The same loss as a surface in space. {pin_and_bottom(fit, minimum)}")
