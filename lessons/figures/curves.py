"""Pictures over one number: the loss of a weight, along a cut, or over λ."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine.records import Array, Curve, Fit, HeldOut, Minimum, Parabolas
from lessons.figures import palette
from lessons.figures.palette import described, trace
from lessons.words import bends, num, own_minima

FEW = 8
"""Up to this many parabolas are drawn one by one."""


def line(w: Array, values: Array, name: str, colour: str, width: float = 3, dash: str = "solid") -> palette.Trace:
    """A curve over the weight, whose hover text calls its values `name`."""
    return trace(
        "scatter",
        x=w,
        y=values,
        mode="lines",
        line={"color": colour, "width": width, "dash": dash, "simplify": False},
        hovertemplate=f"w %{{x:.4g}}<br>{name} %{{y:.4g}}<extra></extra>",
    )


def ends(w: Array, named: dict[str, float], span: float) -> dict[str, Any]:
    """The part of a canvas that names curves over `w` at their right ends: name → the value there.

    The names stand in the margin, where no curve is, in the order of the values and never on each other. `span` is the
    height of the picture in units of its y axis.
    """
    labels: list[dict[str, Any]] = []
    for name, y in sorted(named.items(), key=lambda item: item[1]):
        at = max(y, labels[-1]["ay"] + 0.07 * span) if labels else y
        labels.append(palette.label(w[-1], y, name, ax=14, ay=at, ayref="y", xanchor="left"))
    return {
        "annotations": labels,
        "margin": {"r": 18 + 8 * max(map(len, named))},
        "xaxis": {"range": [w[0], w[-1]]},
    }


def samples(curve: Curve) -> palette.Trace:
    """The loss at each sampled weight."""
    return trace(
        "scatter",
        x=curve.w,
        y=curve.mse,
        mode="markers",
        marker={"color": palette.LOSS, "size": 5 if len(curve.w) <= 150 else 3},
        hovertemplate="w %{x:.4g}<br>loss %{y:.4g}<extra></extra>",
    )


def own_parabolas(
    parabolas: Parabolas, curve: Curve, minimum: Minimum, muted: int, before: Curve | None = None
) -> go.Figure:
    """Each point's own parabola, thin; their average, thick; every bottom marked.

    `muted` is the number of the point left out of `curve`, drawn dotted, or 0; `before` is then the average with it.
    Of many points a few are drawn, evenly spread over the order of their bottoms, and the rest are a band.
    """
    n = len(parabolas.squared)
    order = np.argsort(parabolas.bottom)
    drawn = order if n <= FEW else order[np.linspace(0, n - 1, FEW).round().astype(int)]
    if muted and muted - 1 not in drawn:
        drawn = np.append(drawn, muted - 1)
    band = [
        trace(
            "scatter", x=parabolas.w, y=edge, mode="lines", line={"width": 0}, fill=fill, fillcolor=palette.ERROR_FILL
        )
        for edge, fill in ((parabolas.squared.min(0), None), (parabolas.squared.max(0), "tonexty"))
    ]
    own = [
        trace(
            "scatter",
            x=parabolas.w,
            y=parabolas.squared[i],
            mode="lines",
            line={
                "color": palette.ERROR,
                "width": 1.5,
                "dash": "dot" if i == muted - 1 else "solid",
                "simplify": False,
            },
            opacity=0.8,
            hovertemplate=f"point {i + 1}<br>w %{{x:.4g}}<br>squared error %{{y:.4g}}<extra></extra>",
        )
        for i in drawn
    ]
    own_bottoms = trace(
        "scatter",
        x=parabolas.bottom[drawn],
        y=np.zeros(len(drawn)),
        mode="markers",
        marker={"color": palette.ERROR, "size": 8, "symbol": "triangle-up"},
        hovertemplate="own minimum at w %{x:.6g}<extra></extra>",
    )
    faded = [] if before is None else [line(before.w, before.mse, "loss of all points", palette.LOSS, 2, "dash")]
    average = line(curve.w, curve.mse, "loss", palette.LOSS, 5)
    best = palette.mark(minimum.w, [minimum.mse], palette.STAR)
    top = float(curve.mse.max())
    figure = palette.canvas(
        *(band if n > FEW else []),
        *own,
        *faded,
        average,
        own_bottoms,
        best,
        x="weight w",
        y="squared error",
        title="The points’ own parabolas, and the average",
        yaxis={"range": [-0.06 * top, 1.1 * top]},
        **ends(curve.w, {"average": curve.mse[-1]} | ({} if before is None else {"with all": before.mse[-1]}), top),
    )
    thin = (
        "thin curves, one a point" if n <= FEW else f"thin curves, one a point, {len(drawn)} drawn and a band for all"
    )
    without = f" without point {muted}" if muted else ""
    return described(
        figure,
        f"{n} {thin}, with own minima at w = {own_minima(parabolas)} Their average{without} is the loss, lowest at "
        f"w = {num(minimum.w[0], 7)}.",
    )


def tangent(curve: Curve, fit: Fit, minimum: Minimum, slope: float) -> go.Figure:
    """The loss with its tangent at the learner's weight. The tangent reaches a fifth of the picture to either side."""
    half = 0.2 * (curve.w[-1] - curve.w[0])
    reach = np.array([fit.w[0] - half, fit.w[0] + half])
    touching = trace(
        "scatter",
        x=reach,
        y=fit.mse + slope * (reach - fit.w[0]),
        mode="lines",
        line={"color": palette.CHOICE, "width": 3},
        hoverinfo="skip",
    )
    loss = line(curve.w, curve.mse, "loss", palette.LOSS, 3)
    best = palette.mark(minimum.w, [minimum.mse], palette.STAR)
    pin = palette.mark(fit.w, [fit.mse], palette.PIN)
    top = float(curve.mse.max())
    figure = palette.canvas(
        loss,
        touching,
        pin,
        best,
        x="weight w",
        y="loss L(w)",
        title="The slope at your weight",
        xaxis={"range": [curve.w[0], curve.w[-1]]},
        yaxis={"range": [-0.2 * top, 1.05 * top]},
    )
    return described(
        figure,
        f"The loss over w from {num(curve.w[0])} to {num(curve.w[-1])} with its tangent at w = {num(fit.w[0])}, whose "
        f"slope is {num(slope)}. The slope is zero at w = {num(minimum.w[0], 7)}.",
    )


def predicted(
    before: Curve, bottom: Minimum, guess: float, after: tuple[Curve, Minimum, Fit] | None = None
) -> go.Figure:
    """Today's loss and its minimum, and the learner's `guess` where the minimum will go: an upright line and a pin.

    With `after`, the answer: the new loss, with its penalty if it has one, its minimum, and the pin on it, with what it
    pays too much.
    """
    top = 1.1 * float(max(before.mse.max(), after[0].total.max() if after else 0.0))
    upright = trace(
        "scatter",
        x=[guess, guess],
        y=[0, top],
        mode="lines",
        line={"color": palette.CHOICE, "width": 2, "dash": "dash"},
    )
    foot = after[2].total if after else 0.0
    answer, best, named = [], [], {"today": before.mse[-1]}
    labels = [palette.label(bottom.w[0], bottom.mse, "bottom today", ay=28)]
    said = (
        f"Today’s loss over w from {num(before.w[0])} to {num(before.w[-1])}, lowest at {num(bottom.w[0])}. Your pin "
        f"is at {num(guess)}."
    )
    if after:
        curve, minimum, _ = after
        said += f" Then the bottom is at {num(minimum.w[0])}, and your pin pays {num(foot)}."
        colour, dash, look = (
            (palette.TOTAL, "dot", palette.DIAMOND) if curve.lam else (palette.LOSS, "solid", palette.STAR)
        )
        best = [palette.mark(minimum.w, [minimum.total], look)]
        answer = [
            line(curve.w, curve.total, "new loss", colour, 4, dash),
            trace(
                "scatter",
                x=[guess, guess],
                y=[minimum.total, foot],
                mode="lines",
                line={"color": palette.CHOICE, "width": 6},
            ),
        ]
        named["then"] = curve.total[-1]
        labels.append(palette.label(minimum.w[0], minimum.total, "bottom then", ay=-48))
    names = ends(before.w, named, top)
    figure = palette.canvas(
        line(before.w, before.mse, "loss today", palette.LOSS, 2 if after else 3, "dash" if after else "solid"),
        *answer,
        upright,
        palette.mark(bottom.w, [bottom.mse], palette.STAR),
        palette.mark(np.array([guess]), [foot], palette.PIN),
        *best,
        x="weight w",
        y="loss",
        title="Then" if after else "Today, and your pin",
        yaxis={"range": [-0.2 * top, top]},
        **names | {"annotations": [*labels, *names["annotations"]]},
    )
    return described(figure, said)


def cuts(named: dict[str, Curve], fit: Fit, curvatures: dict[str, float]) -> go.Figure:
    """Three straight cuts through a landscape over the distance from the pin of `fit`, told apart by their dashes, and
    how strongly each bends."""
    lines = [cut(name, curve, 3, dash) for (name, curve), dash in zip(named.items(), palette.CUTS, strict=True)]
    any_cut = next(iter(named.values()))
    top = max(float(curve.mse.max()) for curve in named.values())
    figure = palette.canvas(
        *lines,
        palette.mark(np.zeros(1), [any_cut.mse[len(any_cut.w) // 2]], palette.PIN),
        x="distance from the pin",
        y="loss",
        title="The same cuts from the side",
        height=500,
        yaxis={"range": [-0.05 * top, 1.08 * top]},
        **ends(any_cut.w, {name: curve.mse[-1] for name, curve in named.items()}, top),
    )
    return described(
        figure, f"Three cuts through the pin's loss {num(fit.mse)}. Their curvatures: {bends(curvatures)}."
    )


def many_cuts(named: dict[str, Curve], minimum: Minimum) -> go.Figure:
    """A straight cut along each weight of a landscape that nobody can draw, over the distance from its minimum."""
    top = max(float(curve.mse.max()) for curve in named.values())
    figure = palette.canvas(
        *(cut(name, curve, 1, "solid") for name, curve in named.items()),
        palette.mark(np.zeros(1), [minimum.mse], palette.STAR),
        x="distance from the minimum",
        y="loss",
        title=f"{len(named)} cuts through a bowl in {len(named)} dimensions",
        yaxis={"range": [-0.05 * top, 1.08 * top]},
    )
    return described(
        figure,
        f"{len(named)} cuts, one along each weight, all lowest at the minimum, where the loss is {num(minimum.mse)}.",
    )


def cut(name: str, curve: Curve, width: float, dash: str) -> palette.Trace:
    """The loss along a straight line."""
    return trace(
        "scatter",
        x=curve.w,
        y=curve.mse,
        mode="lines",
        line={"color": palette.LOSS, "width": width, "dash": dash, "simplify": False},
        hovertemplate=f"{name}<br>distance %{{x:.3g}}<br>loss %{{y:.4g}}<extra></extra>",
    )


def bottoms(plain: Minimum, penalised: Minimum) -> list[palette.Trace]:
    """The star at the minimum of the loss and the diamond at that of its sum with the penalty."""
    return [
        palette.mark(plain.w, [plain.mse], palette.STAR),
        palette.mark(penalised.w, [penalised.total], palette.DIAMOND),
    ]


def both_lowest(lam: float, plain: Minimum, penalised: Minimum) -> str:
    """Where the loss and its sum with the penalty are lowest, in words."""
    return f"At λ = {num(lam)} the loss is lowest at w = {num(plain.w[0], 7)}, the sum at w = {num(penalised.w[0], 7)}."


def plain_and_penalised(curve: Curve, plain: Minimum, penalised: Minimum) -> go.Figure:
    """The loss, the penalty and their sum over one weight. The minima of the loss and of the sum are marked."""
    top = float(curve.total.max())
    figure = palette.canvas(
        line(curve.w, curve.mse, "loss", palette.LOSS),
        line(curve.w, curve.penalty, "penalty", palette.PENALTY, dash="dash"),
        line(curve.w, curve.total, "sum", palette.TOTAL, dash="dot"),
        *bottoms(plain, penalised),
        x="weight w",
        y="loss",
        title="Loss, penalty and their sum",
        yaxis={"range": [-0.06 * top, 1.1 * top]},
        **ends(curve.w, {"loss": curve.mse[-1], "penalty": curve.penalty[-1], "sum": curve.total[-1]}, top),
    )
    return described(
        figure,
        f"Loss, penalty and their sum over w from {num(curve.w[0])} to {num(curve.w[-1])}. "
        f"{both_lowest(curve.lam, plain, penalised)}",
    )


def two_bottoms(curve: Curve, plain: Minimum, penalised: Minimum) -> go.Figure:
    """The loss and the sum of loss and penalty, so close that their two minima are told apart."""
    low, high = plain.mse, float(curve.total.max())
    span = (high - low) or 1.0
    figure = palette.canvas(
        line(curve.w, curve.mse, "loss", palette.LOSS),
        line(curve.w, curve.total, "sum", palette.TOTAL, dash="dot"),
        *bottoms(plain, penalised),
        x="weight w",
        y="loss",
        title="The two minima, from close by",
        yaxis={"range": [low - 0.1 * span, high + 0.1 * span]},
        **ends(curve.w, {"loss": curve.mse[-1], "sum": curve.total[-1]}, span),
    )
    return described(
        figure,
        f"Loss and sum over w from {num(curve.w[0])} to {num(curve.w[-1])}, close to their minima. "
        f"{both_lowest(curve.lam, plain, penalised)}",
    )


def conventions(curve: Curve, minimum: Minimum, n: int) -> go.Figure:
    """One penalised loss written three ways: averaged, summed over n points, and halved. All have one `minimum`.

    The axis is logarithmic: multiplying by a number then shifts a curve up or down and leaves its shape. A minimum of
    zero has no place on such an axis; then it is an ordinary one.
    """
    ways = {"summed": n, "averaged": 1, "halved": 0.5}
    top, low = n * float(curve.total.max()), 0.5 * minimum.total
    logarithmic = low > 1e-12 * top
    # On a logarithmic axis Plotly takes a label's place as the logarithm.
    place = np.log10 if logarithmic else float
    heights = {name: float(place(factor * curve.total[-1])) for name, factor in ways.items()}
    axis = {"type": "log", "dtick": "D2", "tickformat": "~g"} if logarithmic else {"range": [-0.06 * top, 1.1 * top]}
    figure = palette.canvas(
        *(line(curve.w, factor * curve.total, name, palette.TOTAL, 3, "dot") for name, factor in ways.items()),
        *(palette.mark(minimum.w, [factor * minimum.total], palette.DIAMOND) for factor in ways.values()),
        x="weight w",
        y="penalised loss, logarithmic" if logarithmic else "penalised loss",
        title="Three heights, one bottom",
        yaxis=axis,
        **ends(curve.w, heights, float(np.log10(top / low)) if logarithmic else top),
    )
    return described(
        figure,
        f"The same penalised loss averaged, summed and halved: three curves of different height, all lowest at "
        f"w = {num(minimum.w[0], 7)}.",
    )


def training_and_held_out(losses: HeldOut, train: int, n: int) -> go.Figure:
    """Both losses over λ on a logarithmic axis, and the λ that wins on the points held out, where `train` of n points
    are used to fit."""
    lines = [
        trace(
            "scatter",
            x=losses.lam,
            y=values,
            mode="lines",
            line={"color": palette.LOSS, "width": 3, "dash": dash},
            hovertemplate=f"λ %{{x:.3g}}<br>{name} %{{y:.4g}}<extra></extra>",
        )
        for name, values, dash in (
            ("training loss", losses.train, "solid"),
            ("held-out loss", losses.test, "longdash"),
        )
    ]
    at = losses.winner
    star = palette.mark(losses.lam[at : at + 1], [losses.test[at]], palette.STAR)
    upper, lower = sorted(((losses.train[8], "training"), (losses.test[8], "held out")), reverse=True)
    names = [
        palette.label(np.log10(losses.lam[8]), height, name, ay=ay)
        for (height, name), ay in ((upper, -28), (lower, 28))
    ]
    top = 1.2 * float(max(losses.test[0], losses.test[at], losses.train[40]))
    figure = palette.canvas(
        *lines,
        star,
        x="penalty weight λ",
        y="plain loss",
        title="Loss on points seen and on points not seen",
        annotations=names,
        xaxis={"type": "log", "dtick": 1, "tickformat": "~g"},
        yaxis={"range": [-0.1 * top, top]},
    )
    return described(
        figure,
        f"Training and held-out loss over λ from {num(losses.lam[0])} to {num(losses.lam[-1])} with {train} of {n} "
        f"points to fit. The held-out loss is lowest, {num(losses.test[at])}, at λ = {num(losses.lam[at], 2)}.",
    )
