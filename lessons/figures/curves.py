"""The loss of one weight."""

from __future__ import annotations

import plotly.graph_objects as go

from engine.records import Curve, Fit, Minimum
from lessons.figures import palette


def loss_curve(curve: Curve, fit: Fit, minimum: Minimum, reach: float) -> go.Figure:
    """The sampled loss, the learner's weight on it, and the exact minimum. The frame shows ±reach or more."""
    lo, hi = min(-reach, curve.w[0]), max(reach, curve.w[-1])
    top = float(max(curve.mse.max(), fit.mse))
    sampled = go.Scatter(
        x=curve.w,
        y=curve.mse,
        mode="lines+markers",
        line={"color": palette.LOSS, "width": 2},
        marker={"size": 5 if len(curve.w) <= 150 else 3},
        hovertemplate="w %{x:.4g}<br>loss %{y:.4g}<extra></extra>",
    )
    best = go.Scatter(x=minimum.w, y=[minimum.mse], mode="markers", marker=palette.STAR, hoverinfo="skip")
    chosen = go.Scatter(x=fit.w, y=[fit.mse], mode="markers", marker=palette.PIN, hoverinfo="skip")
    return palette.canvas(
        sampled,
        best,
        chosen,
        x="weight w",
        y="loss L(w)",
        title="The loss of every weight",
        xaxis_range=[lo - 0.03 * (hi - lo), hi + 0.03 * (hi - lo)],
        yaxis_range=[-0.08 * top, 1.08 * top],
        annotations=[palette.label(minimum.w[0], minimum.mse, "exact minimum")],
    )


def plain_and_penalised(curve: Curve, plain: Minimum, penalised: Minimum, title: str) -> go.Figure:
    """The loss, the penalty and their sum over one weight. The minima of the loss and of the sum are marked."""
    lines = [
        go.Scatter(
            x=curve.w,
            y=values,
            mode="lines",
            line={"color": colour, "width": 3, "dash": dash},
            hovertemplate=f"w %{{x:.4g}}<br>{name} %{{y:.4g}}<extra></extra>",
        )
        for name, values, colour, dash in (
            ("loss", curve.mse, palette.LOSS, "solid"),
            ("penalty", curve.penalty, palette.PENALTY, "dash"),
            ("sum", curve.total, palette.TOTAL, "dot"),
        )
    ]
    # Each name at another height of the left branch, where the curves may lie on each other but the names do not.
    names = [
        palette.label(curve.w[at], values[at], name, ax=ax, ay=ay)
        for name, values, at, ax, ay in (
            ("sum", curve.total, len(curve.w) // 8, 44, -10),
            ("loss", curve.mse, len(curve.w) // 4, -34, 22),
            ("penalty", curve.penalty, len(curve.w) // 12, 0, -22),
        )
    ]
    stars = go.Scatter(
        x=[plain.w[0], penalised.w[0]],
        y=[plain.mse, penalised.total],
        mode="markers",
        marker=palette.STAR | {"symbol": ["star", "diamond"], "size": [16, 12]},
        hovertemplate="minimum at w %{x:.6g}<extra></extra>",
    )
    top = float(curve.total.max())
    return palette.canvas(
        *lines, stars, x="weight w", y="loss", title=title, annotations=names, yaxis_range=[-0.06 * top, 1.1 * top]
    )
