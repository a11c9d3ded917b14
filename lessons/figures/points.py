"""The data and the model drawn through it."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine.records import Dataset, Fit
from lessons.figures import palette
from lessons.figures.palette import described, trace
from lessons.words import averaged, num, vector

MANY = 50
"""From this many points on, marks are smaller and only the largest squares are drawn."""


def frame(data: Dataset, also: float = 0.0) -> dict[str, Any]:
    """The part of the plane to show: the origin, all points and what is at x = `also`, with room. The line turns, the
    frame stands still."""
    x, y = np.append(data.X[:, 0], also), data.y
    low, high = min(0.0, y.min()), max(0.0, y.max())
    room = 0.3 * (high - low) or 1.0  # a centred constant target leaves no height at all
    return {
        "xaxis": {"range": [min(0.0, 1.08 * x.min()), max(0.0, 1.08 * x.max())]},
        "yaxis": {"range": [low - room, high + room]},
    }


def points(data: Dataset) -> palette.Trace:
    """The data, one circle a point."""
    return trace(
        "scatter",
        x=data.X[:, 0],
        y=data.y,
        mode="markers",
        marker=palette.POINT | {"size": 11 if len(data.y) < MANY else 6},
        hovertemplate=f"{data.features[0]} %{{x}}<br>{data.target} %{{y}}<extra></extra>",
    )


def line(view: dict[str, Any], w: float, **look: Any) -> palette.Trace:
    """ŷ = w·x from one side of the frame `view` to the other."""
    ends = np.array(view["xaxis"]["range"])
    return trace("scatter", x=ends, y=w * ends, mode="lines", line=look, hoverinfo="skip")


def fitted(data: Dataset, fit: Fit) -> go.Figure:
    """The points over their first feature, and what the model of `fit` predicts for each, as a dash."""
    dashes = trace(
        "scatter",
        x=data.X[:, 0],
        y=fit.prediction,
        mode="markers",
        marker={"symbol": "line-ew", "size": 12, "line": {"width": 3, "color": palette.MINIMUM}},
        hovertemplate="predicted %{y:.4g}<extra></extra>",
    )
    figure = palette.canvas(
        points(data),
        dashes,
        x=data.features[0],
        y=data.target,
        title="Points, and the best model in dashes",
        height=320,
    )
    return described(
        figure,
        f"{len(data.y)} points, {data.target} over {data.features[0]}, and what the model with weights "
        f"{vector(fit.w)} predicts for each.",
    )


def squares(data: Dataset, fit: Fit, shown: int) -> go.Figure:
    """The points, the line ŷ = w·x of `fit`, and the `shown` largest errors drawn as squares.

    They are squares on the screen at every width, because the two axes are tied: one unit of y is `ratio` times as
    long as one of x, so a side of e on the y scale is e · ratio wide on the x scale. Where the squares outgrow the
    frame, it grows with them.
    """
    view = frame(data)
    (left, right), (low, high) = view["xaxis"]["range"], view["yaxis"]["range"]
    ratio = 0.6 * (right - left) / (high - low)
    largest = np.argsort(fit.squared)[::-1][:shown]
    x, y, error, yhat = data.X[largest, 0], data.y[largest], fit.error[largest], fit.prediction[largest]
    # On the side where the line runs away from the point, so that the line does not cut the square.
    beside = x - np.where(error * fit.w[0] >= 0, 1, -1) * np.abs(error) * ratio
    corners_x = np.column_stack([x, beside, beside, x, x, np.full_like(x, np.nan)])
    corners_y = np.column_stack([y, y, yhat, yhat, y, np.full_like(x, np.nan)])
    for axis, corners in ((view["xaxis"], corners_x), (view["yaxis"], corners_y)):
        lo, hi = axis["range"]
        edge = 0.03 * (hi - lo)
        axis["range"] = [min(lo, np.nanmin(corners) - edge), max(hi, np.nanmax(corners) + edge)]
    drawn = trace(
        "scatter",
        x=corners_x.ravel(),
        y=corners_y.ravel(),
        mode="lines",
        fill="toself",
        line={"color": palette.ERROR, "width": 1.5},
        fillcolor=palette.ERROR_FILL,
        hoverinfo="skip",
    )
    view["yaxis"] |= {"scaleanchor": "x", "scaleratio": ratio, "constrain": "domain", "constraintoward": "top"}
    view["xaxis"] |= {"constrain": "domain"}
    model = line(view, fit.w[0], color=palette.CHOICE, width=3)
    figure = palette.canvas(
        drawn, model, points(data), x=data.features[0], y=data.target, title="Each error, squared", **view
    )
    n = len(data.y)
    return described(
        figure,
        f"{n} points and the line ŷ = {num(fit.w[0])} x. At this weight {averaged(n, shown)} average {num(fit.mse)}.",
    )


def with_phantom(data: Dataset, best: float, shrunk: float, phantom: float) -> go.Figure:
    """The points and the best line, dashed; the phantom point at (`phantom`, 0) and the line it pulls towards zero."""
    view = frame(data, phantom)
    invented = trace(
        "scatter",
        x=[phantom],
        y=[0],
        mode="markers",
        marker={"symbol": "circle-open", "size": 14, "color": palette.PENALTY, "line": {"width": 3}},
        hovertemplate=f"invented: {data.features[0]} %{{x:.4g}}, {data.target} 0<extra></extra>",
    )
    figure = palette.canvas(
        line(view, best, color=palette.MINIMUM, width=2, dash="dash"),
        line(view, shrunk, color=palette.TOTAL, width=3, dash="dot"),
        points(data),
        invented,
        x=data.features[0],
        y=data.target,
        title="The invented point pulls the line to zero",
        annotations=[palette.label(phantom, 0, "invented", ay=28)],
        **view,
    )
    return described(
        figure,
        f"The {len(data.y)} points, an invented point at {data.features[0]} = {num(phantom)} with target 0, the best "
        f"line without it, ŷ = {num(best)} x, and with it, ŷ = {num(shrunk)} x.",
    )
