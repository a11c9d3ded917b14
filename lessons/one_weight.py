"""Lesson 1. One weight: the loss is a curve."""

from __future__ import annotations

import streamlit as st

from engine import cached
from lessons.figures import curves, points
from lessons.kit.controls import dataset, points_table, show, slider, span, whole
from lessons.kit.lesson import Lesson
from lessons.kit.words import bracket, num, polynomial, squares, tex

SHOWN = 6
"""How many squares are drawn where there are many points."""


def choose_w() -> float:
    """The learner's weight, the same in every step."""
    reach = cached.reach(dataset(1))
    return slider("w", "Weight w", -reach, reach, 0.1 * reach)


def one_guess() -> None:
    r"""
    ### One guess, one number

    The model is $\hat y = w\,x$: a line through the origin. The weight $w$ is its slope, and you choose it.

    Each point then has an **error**, $y - \hat y$: how far it lies above the line, negative if it lies below. Square
    every error and take the average. That one number says how wrong the guess is. It is the **mean squared error**,
    and it is the loss.

    Turn the line. Watch which square grows fastest.
    """
    data = cached.dataset(dataset(1))
    w = choose_w()
    fit = cached.fit_at(dataset(1), (w,))
    n = len(data.y)
    shown = min(n, SHOWN)
    worst = int(fit.squared.argmax())
    share = fit.squared / fit.squared.sum() if fit.mse else fit.squared
    all_squares = "the squares" if shown == n else f"all {n} squares, of which the {shown} largest are drawn,"

    picture, numbers = st.columns([3, 2])
    with picture:
        show(
            points.squares(data, fit, shown),
            alt=f"{n} points and the line ŷ = {num(w)} x. At this weight {all_squares} average {num(fit.mse)}.",
        )
    with numbers:
        st.markdown(r"$$L(w) = \frac1N \sum_i (y_i - w\,x_i)^2$$")
        st.markdown(rf"$$L({tex(w)}) = \frac{{1}}{{{n}}}\left({squares(fit.error)}\right) = {tex(fit.mse)}$$")
        st.dataframe(
            {
                data.features[0]: data.X[:, 0],
                data.target: data.y,
                "ŷ": fit.prediction,
                "error": fit.error,
                "squared": fit.squared,
                "share": share,
            },
            hide_index=True,
            height=180,
            column_config={name: st.column_config.NumberColumn(format="%.4g") for name in ("ŷ", "error", "squared")}
            | {"share": st.column_config.NumberColumn(format="percent", help="This point's part of the loss")},
            alt=f"Prediction, error, squared error and share of the loss for each of the {n} points.",
        )
        st.caption(data.origin)
    st.markdown(
        f"At **w = {num(w)}** {all_squares} average **{num(fit.mse)}**. One point, {data.features[0]} = "
        f"{num(data.X[worst, 0])} and {data.target} = {num(data.y[worst])}, makes {share[worst]:.0%} of it."
    )


def every_guess() -> None:
    r"""
    ### Every guess, one curve

    One guess gave one number. Now make many guesses at once: sample $w$ along an interval and compute the loss of each.
    The numbers line up into a smooth **curve**, the same curve however you sample it.

    Your weight is the round pin. On the left it turns the line; on the right it moves along the curve. The star is the
    exact minimum $w^\ast$, which needs no sampling at all. How close does the lowest sample come?

    In the formula below the picture, a bar means an average over all points.
    """
    data = cached.dataset(dataset(1))
    reach = cached.reach(dataset(1))
    w = choose_w()
    left, right = st.columns(2)
    with left:
        count = whole("samples", "Number of samples", 5, 500, 100)
    with right:
        lo, hi = span("range", "Sample w from … to …", -2 * reach, 2 * reach, (-reach, reach))
    fit = cached.fit_at(dataset(1), (w,))
    curve = cached.curve(dataset(1), lo, hi, count)
    minimum = cached.minimum(dataset(1))
    lowest, best = curve.w[curve.lowest], minimum.w[0]
    excess = max(0.0, curve.total[curve.lowest] - minimum.total)

    picture, bowl = st.columns(2)
    with picture:
        show(
            points.line_through(data, fit, best),
            alt=f"{len(data.y)} points, your line ŷ = {num(w)} x and, dashed, the best line ŷ = {num(best)} x.",
        )
    with bowl:
        show(
            curves.loss_curve(curve, fit, minimum, reach),
            alt=f"The loss at {count} samples of w from {num(lo)} to {num(hi)}, the lowest at w = {num(lowest, 7)}. "
            f"The exact minimum is at w = {num(best)}, loss {num(minimum.mse)}. The pin is at w = {num(w)}, "
            f"loss {num(fit.mse)}.",
        )
    if not lo <= best <= hi:
        verdict = f"The range you sample does not reach it: its best sample pays {num(excess)} more."
    elif excess > 0:
        verdict = f"The best sample still pays {num(excess)} more: sampling almost never hits the minimum."
    else:
        verdict = "This time a sample hits it, which almost never happens."
    st.markdown(
        f"Your weight **w = {num(w)}** has loss **{num(fit.mse)}**. The lowest of the {count} samples is "
        f"w = {num(lowest, 7)}. The exact minimum is **w\\* = {num(best, 7)}** with loss **{num(minimum.mse, 7)}**. "
        f"{verdict}"
    )
    found = cached.quadratic(dataset(1))
    a, b, c = found.G[0, 0], found.b[0], found.c
    st.markdown(
        rf"$$L(w) = \overline{{x^2}}\,w^2 - 2\,\overline{{xy}}\,w + \overline{{y^2}} "
        rf"= {polynomial([(a, 'w^2'), (-2 * b, 'w'), (c, '')])}$$"
    )
    st.markdown(
        rf"$$w^\ast = \frac{{\overline{{xy}}}}{{\overline{{x^2}}}} = \frac{{{tex(b)}}}{{{tex(a)}}} = {tex(best, 7)}"
        rf"\qquad L({tex(w)}) = {tex(fit.mse)}$$"
    )
    points_table(data)


def where_the_bowl_comes_from() -> None:
    r"""
    ### Where the bowl comes from

    Look at one point alone. Its squared error, $(y_i - w\,x_i)^2$, is a parabola in $w$. It touches zero where the line
    meets the point, at $w = y_i / x_i$: the triangles.

    The loss is the **average of these parabolas**, and an average of parabolas is a parabola. That is the bowl. Its
    bottom lies between the triangles, drawn most to points with a large $x$, because theirs are the steepest.

    Mute a point. Where does the bottom go?
    """
    everything = cached.dataset(dataset(1))
    n = len(everything.y)
    muted = whole("mute", f"Mute point number (0 mutes none, {n} is the last)", 0, n, 0)
    parabolas = cached.parabolas(dataset(1), 100)
    lo, hi = parabolas.w[0], parabolas.w[-1]
    full, kept = cached.minimum(dataset(1)), cached.minimum(dataset(1, muted=muted))
    with_all = cached.curve(dataset(1), lo, hi, 100)
    curve = cached.curve(dataset(1, muted=muted), lo, hi, 100)
    before, after = full.w[0], kept.w[0]
    own = ", ".join(num(bottom) for bottom in parabolas.bottom[:4]) + ", …" * (n > 4)

    picture, words = st.columns([3, 2], gap="large")
    with picture:
        show(
            curves.own_parabolas(parabolas, curve, kept, muted, with_all if muted else None),
            alt=f"{n} thin parabolas, one a point, with own minima at w = {own}. Their average"
            + (f" without point {muted}" if muted else "")
            + f" is the loss, lowest at w = {num(after, 7)}.",
        )
    with words:
        if muted:
            x, y = everything.X[muted - 1, 0], everything.y[muted - 1]
            st.markdown(
                f"Without point {muted}, {everything.features[0]} = {num(x)} and {everything.target} = {num(y)}, the "
                f"bottom moves from {num(before, 7)} to **w\\* = {num(after, 7)}**. The dashed curve is the average of "
                f"all {n} points."
            )
        else:
            st.markdown(
                f"The {n} parabolas have their own minima at {own}. Their average has its minimum at "
                f"**w\\* = {num(after, 7)}**, with loss **{num(kept.mse, 7)}**."
            )
        found = cached.quadratic(dataset(1, muted=muted))
        a, b, c = found.G[0, 0], found.b[0], found.c
        st.markdown("Read three averages off the data, a bar for each average:")
        st.markdown(
            rf"$$a = \overline{{x^2}} = {tex(a)} \quad b = \overline{{xy}} = {tex(b)} \quad "
            rf"c = \overline{{y^2}} = {tex(c)}$$"
        )
        st.markdown(rf"$$L(w) = a w^2 - 2b w + c = {polynomial([(a, 'w^2'), (-2 * b, 'w'), (c, '')])}$$")
        st.markdown("Complete the square, and the bottom can be read off:")
        sign = "-" if after >= 0 else "+"
        st.markdown(r"$$L(w) = a\left(w - \tfrac{b}{a}\right)^2 + c - \tfrac{b^2}{a}$$")
        st.markdown(rf"$$= {tex(a)}\,(w {sign} {tex(abs(after), 7)})^2 + {tex(kept.mse, 7)}$$")


def the_slope() -> None:
    r"""
    ### The slope

    How does the loss answer a small step in $w$? The **slope** $dL/dw$ tells. Negative means that a larger $w$ lowers
    the loss, positive that it raises it, and zero marks the bottom. The pink line is the tangent: it has the slope of
    the curve at your weight.

    There are three ways to get it: a formula, PyTorch's autograd, and two losses close together, subtracted. They share
    little code, so where they agree you can believe them.
    """
    w = choose_w()
    reach = cached.reach(dataset(1))
    fit = cached.fit_at(dataset(1), (w,))
    minimum = cached.minimum(dataset(1))
    slopes = cached.slopes(dataset(1), (w,))
    slope, curvature = slopes.closed[0], cached.spectrum(dataset(1)).values[0]

    picture, words = st.columns([3, 2], gap="large")
    with picture:
        show(
            curves.tangent(cached.curve(dataset(1), -reach, reach, 100), fit, minimum, slope),
            alt=f"The loss over w from {num(-reach)} to {num(reach)} with its tangent at w = {num(w)}, "
            f"whose slope is {num(slope)}. The slope is zero at w = {num(minimum.w[0], 7)}.",
        )
    with words:
        if abs(slope) < 1e-9 * curvature * reach:
            way = "You are at the bottom."
        else:
            way = f"To go down, make w {'larger' if slope < 0 else 'smaller'}."
        st.markdown(f"At **w = {num(w)}** the slope is **{num(slope)}**. {way}")
        a, b = curvature / 2, cached.quadratic(dataset(1)).b[0]
        st.markdown(r"$$\frac{dL}{dw} = 2\,\overline{x^2}\,w - 2\,\overline{xy}$$")
        st.markdown(rf"$$= {tex(2 * a)} \cdot {bracket(w)} {'-' if b >= 0 else '+'} {tex(abs(2 * b))} = {tex(slope)}$$")
        st.dataframe(
            {
                "route": ["formula", "autograd", "difference"],
                "slope": [f"{value[0]:.12g}" for value in (slopes.closed, slopes.autograd, slopes.difference)],
            },
            hide_index=True,
            alt=f"The slope by three routes. Their largest disagreement is {num(slopes.disagreement, 2)}.",
        )
        st.markdown(
            f"The largest disagreement of the three is {num(slopes.disagreement, 2)}. The slope itself changes by "
            f"**{num(curvature)}** for each unit of w, everywhere: that is the **curvature**, twice the average of x². "
            f"Were every x twice as large, it would be {num(4 * curvature)}: large inputs make narrow bowls."
        )


LESSON = Lesson(
    name="one_weight",
    title="One weight",
    claim="The loss is a curve",
    goal="read a loss off a picture of squared errors, build its bowl point by point, and say where the bottom is",
    icon=":material/show_chart:",
    minutes=20,
    data=("article", "tips"),
    steps=(one_guess, every_guess, where_the_bowl_comes_from, the_slope),
)
