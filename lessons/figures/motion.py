"""Pictures that play in the browser: every frame is sent once, so playing and scrubbing need no server."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine.records import Array, Curve, Dataset, Fit, Minimum, RidgePath, Spectrum, Surface
from lessons.figures import curves, palette, planes, points
from lessons.figures.palette import described, trace
from lessons.words import num, vector

RINGS = 8
BLENDS = 8
"""Pictures from one stage of the growing bowl to the next."""
CLEAR = "rgba(0,0,0,0)"
"""Buttons without a ground of their own: Plotly's is white, and would glare in the dark theme."""

Frame = list[dict[str, Any]]
"""New coordinates for the traces that move, one dictionary a trace. Plain ones: Plotly's own class is twice as slow."""


def playing(
    figure: go.Figure,
    moving: list[int],
    frames: list[Frame],
    names: list[str],
    at: int,
    ms: int,
    order: list[int] | None = None,
) -> None:
    """Let `figure` play: frame i gives the traces number `moving` the coordinates frames[i] and is called names[i].

    Playing starts at frame `at`, which is what the figure shows, goes to the last and back to the first, or goes
    through the frames in another `order`. Each stays for `ms` milliseconds and then until the screen draws its next
    picture.
    """
    still = {"mode": "immediate", "transition": {"duration": 0}}
    # Lines move by themselves. Plotly draws a surface anew or not at all.
    redraw = any(figure.data[i].type != "scatter" for i in moving)
    ids = [str(i) for i in range(len(frames))]
    figure.frames = [{"name": name, "data": data, "traces": moving} for name, data in zip(ids, frames, strict=True)]
    figure.update_layout(
        updatemenus=[
            {
                "type": "buttons",
                "direction": "right",
                "showactive": False,
                "x": 0,
                "y": 0,
                "xanchor": "left",
                "yanchor": "top",
                "pad": {"t": 56},
                "buttons": [
                    {
                        "label": "▶ Play",
                        "method": "animate",
                        "args": [
                            ids[at:] + ids[::-1] if order is None else [ids[i] for i in order],
                            still | {"fromcurrent": True, "frame": {"duration": ms, "redraw": redraw}},
                        ],
                    },
                    {
                        "label": "Pause",
                        "method": "animate",
                        "args": [[None], still | {"frame": {"duration": 0, "redraw": False}}],
                    },
                ],
                "bgcolor": CLEAR,
                "bordercolor": palette.DATA,
                # As large as a thumb needs.
                "font": {"size": 16},
            }
        ],
        sliders=[
            {
                "active": at,
                "x": 0,
                "y": 0,
                "len": 1,
                "pad": {"t": 104},
                "ticklen": 0,
                "minorticklen": 0,
                "bgcolor": palette.DATA,
                "activebgcolor": palette.CHOICE,
                # The name of the frame on show is said above the track. For charts saved as pages the others are clear;
                # in the course `pages/style.css` takes them away and colours what is said.
                "font": {"size": 1, "color": CLEAR},
                "currentvalue": {"font": {"size": 15, "color": palette.OUTLINE}, "xanchor": "left"},
                "steps": [
                    {
                        "label": name,
                        "method": "animate",
                        "args": [[id_], still | {"frame": {"duration": 0, "redraw": redraw}}],
                    }
                    for id_, name in zip(ids, names, strict=True)
                ],
            }
        ],
    )


def line_and_loss(data: Dataset, fit: Fit, minimum: Minimum, sampled: Curve, every: Curve) -> go.Figure:
    """The line through the data above, its pin on the loss below; playing moves both through the weights of `every`.

    `every` is drawn as the curve and covers the frame; `sampled` lies on it. The errors of many points are not drawn:
    they would be a wall.
    """
    view = points.frame(data)
    ends = np.array(view["xaxis"]["range"])
    x, y = data.X[:, 0], data.y
    shown = slice(0, len(x) if len(x) < points.MANY else 0)
    gap = np.full_like(x[shown], np.nan)
    errors_x = np.column_stack([x[shown], x[shown], gap]).ravel()

    def errors(w: float) -> Array:
        return np.column_stack([y[shown], w * x[shown], gap]).ravel()

    at = int(np.searchsorted(every.w, fit.w[0]))
    # A weight that is zero but for rounding is zero.
    weights = np.where(np.abs(every.w) > 1e-12 * np.ptp(every.w), every.w, 0.0)
    stops = list(zip(np.insert(weights, at, fit.w[0]), np.insert(every.mse, at, fit.mse), strict=True))
    frames: list[Frame] = [[{"y": errors(w)}, {"y": w * ends}, {"x": [w], "y": [loss]}] for w, loss in stops]
    names = [f"w = {w:.4g}, loss {loss:.4g}" for w, loss in stops]
    below = {"xaxis": "x2", "yaxis": "y2"}
    room = 0.03 * (every.w[-1] - every.w[0])
    top = float(max(sampled.mse.max(), every.mse.max()))
    figure = palette.canvas(
        trace(
            "scatter",
            x=errors_x,
            y=errors(fit.w[0]),
            mode="lines",
            line={"color": palette.ERROR, "width": 2},
            hoverinfo="skip",
        ),
        points.line(view, minimum.w[0], color=palette.MINIMUM, width=2, dash="dash"),
        points.line(view, fit.w[0], color=palette.CHOICE, width=3),
        points.points(data),
        curves.line(every.w, every.mse, "loss", palette.LOSS, 1.5) | below,
        curves.samples(sampled) | below,
        palette.mark(minimum.w, [minimum.mse], palette.STAR) | below,
        palette.mark(fit.w, [fit.mse], palette.PIN) | below,
        x=data.features[0],
        y=data.target,
        title="Turn the line, ride the curve",
        height=720,
        xaxis={"range": view["xaxis"]["range"]},
        yaxis={"range": view["yaxis"]["range"], "domain": [0.58, 1]},
        xaxis2=palette.axis("weight w", anchor="y2", range=[every.w[0] - room, every.w[-1] + room]),
        yaxis2=palette.axis("loss L(w)", domain=[0, 0.42], range=[-0.22 * top, 1.08 * top]),
        annotations=[palette.label(minimum.w[0], minimum.mse, "exact minimum", xref="x2", yref="y2", ay=28)],
    )
    playing(figure, [0, 2, 7], frames, names, at, ms=16)
    return described(
        figure,
        f"Above, {len(data.y)} points, your line ŷ = {num(fit.w[0])} x and, dashed, the best line "
        f"ŷ = {num(minimum.w[0])} x. Below, the loss at {len(sampled.w)} samples of w from {num(sampled.w[0])} to "
        f"{num(sampled.w[-1])}, the lowest at w = {num(sampled.w[sampled.lowest], 7)}. The exact minimum is at "
        f"w = {num(minimum.w[0])}, loss {num(minimum.mse)}. The pin is at w = {num(fit.w[0])}, loss {num(fit.mse)}.",
    )


def ridge_path(path: RidgePath, spectrum: Spectrum, lam: float, reach: float) -> go.Figure:
    """The path of the minimum as λ rises, and around it the rings of the loss at λ, which playing changes.

    Ring k has half axes k·step·√(h/hᵢ) along the eigenvectors, for curvatures hᵢ of which h is the largest: the level
    lines of the loss at even steps of its square root, as large at every λ, so that one sees them turn round. The last
    ring reaches the edge of the picture along its steep direction.
    """
    at = int(np.abs(path.lam - lam).argmin())
    turn = np.linspace(0, 2 * np.pi, 61)
    sizes = reach / RINGS * np.arange(1, RINGS + 1)

    def rings(i: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """All rings at λᵢ as one line with gaps. A flat direction has no end: it is drawn past the edge."""
        with np.errstate(divide="ignore"):
            half = np.minimum(np.outer(sizes, np.sqrt(path.curvatures[i, -1] / path.curvatures[i])), 20 * reach)
        along = np.stack([np.cos(turn), np.sin(turn)])
        ring = path.w[i][:, None] + np.einsum("kd,dt,dj->kjt", half, along, spectrum.vectors)
        gapped = np.concatenate([ring, np.full((RINGS, 2, 1), np.nan)], axis=2).astype(np.float32)
        return gapped[:, 0].ravel(), gapped[:, 1].ravel()

    drawn = [rings(i) for i in range(len(path.lam))]
    frames: list[Frame] = [
        [{"x": x, "y": y}, {"x": w[:1], "y": w[1:]}] for (x, y), w in zip(drawn, path.w, strict=True)
    ]
    names = [
        f"λ = {f'{each:.3g}' if each < 100 else f'{each:,.0f}'}: condition number {curvatures[-1] / curvatures[0]:.4g}"
        if curvatures[0]
        else "λ = 0: a valley"
        for each, curvatures in zip(path.lam, path.curvatures, strict=True)
    ]
    axis = {"range": [-reach, reach], "constrain": "domain"}
    figure = palette.canvas(
        trace(
            "scatter",
            x=drawn[at][0],
            y=drawn[at][1],
            mode="lines",
            line={"color": palette.TOTAL, "width": 1.2},
            hoverinfo="skip",
        ),
        planes.path_line(path),
        trace("scatter", x=path.w[:1, 0], y=path.w[:1, 1], mode="markers", marker=palette.STAR, hoverinfo="skip"),
        trace("scatter", x=path.w[at, :1], y=path.w[at, 1:], mode="markers", marker=palette.DIAMOND, hoverinfo="skip"),
        x="w₁",
        y="w₂",
        title="The ridge path: λ from 0 to ∞",
        height=560,
        xaxis=axis,
        yaxis=axis | {"scaleanchor": "x"},
    )
    playing(figure, [0, 3], frames, names, at, ms=30)
    flat, steep = path.curvatures[at]
    return described(
        figure,
        f"The ridge path from {vector(path.w[0])} to zero. At λ = {num(lam)} the minimum is at {vector(path.w[at])} "
        f"and the condition number is {num(steep / flat if flat else np.inf)}.",
    )


def growing_bowl(stages: list[Surface], minimum: Minimum, names: tuple[str, str]) -> go.Figure:
    """The bowl of all points, and how it comes about: stage k is the average of the first k points' squared errors.

    Playing goes back to the first point's trough and builds the bowl again. `minimum` is that of the last stage, and
    `names` are those of the two weights.
    """
    title = f"The loss of every line, for {len(stages)} points"
    totals = [stage.total for stage in stages]
    low, high = float(np.min(totals)), float(np.max(totals))
    # From nearer: this picture is broader than it is high.
    figure = planes.space(stages[-1], low, high, title, {"x": 1.05, "y": -1.25, "z": 1.0}, names)
    blends = [
        (f"the first {k + 1} points" if k else "the first point", (1 - part) * one + part * other)
        for k, (one, other) in enumerate(pairwise(totals))
        for part in np.linspace(0, 1, BLENDS, endpoint=False)
    ]
    build = [*blends, (f"all {len(stages)} points", totals[-1])]
    frames: list[Frame] = [[{"type": "surface", "z": planes.halved(total)}] for _, total in build]
    last = len(build) - 1
    there_and_back = [*range(last, -1, -1), *range(1, last + 1)]
    playing(figure, [0], frames, [name for name, _ in build], last, ms=30, order=there_and_back)
    figure.layout.height = 560
    return described(
        figure,
        f"A bowl: the loss of a line over its {names[0]} and its {names[1]}. The bottom is at {vector(minimum.w)}, "
        f"loss {num(minimum.mse)}. Played, it goes back to the trough of one point, and the others make it a bowl "
        f"again.",
    )
