"""Lesson 1. One weight: the loss is a curve."""

from __future__ import annotations

from functools import partial
from math import inf, isfinite

import streamlit as st

from engine import cached
from engine.records import Array, Curve, Dataset, Fit, Minimum, Quadratic, Slopes, Source
from lessons.figures import curves, motion, points
from lessons.kit.controls import (
    dataset,
    slider,
    span,
    together,
    whole,
)
from lessons.kit.lesson import Lesson, Note
from lessons.kit.predict import (
    AT_ZERO,
    TODAY,
    Prediction,
    Question,
    Slip,
    ask,
    guess_weight,
    judge,
    not_asked,
    revealed,
    show_guess,
    show_verdict,
    why_not,
)
from lessons.kit.quiz import Claim, Claims, Number, quiz
from lessons.kit.stage import behind, points_table, show, takeaway, worked_out
from lessons.words import (
    average_of_squares,
    averaged,
    bracket,
    equals,
    exactly,
    meaning,
    num,
    own_minima,
    percent,
    polynomial,
    tex,
    written,
)

SHOWN = 6
"""How many squares are drawn where there are many points."""


GUESS = "guess"
"""The name in the link of the control for the predicted weight: a slider and a click move it."""


def choose_w() -> float:
    """The learner's weight, the same in every step."""
    reach = cached.reach(dataset(1))
    return slider("w", "Weight w", -reach, reach, 0.1 * reach)


def one_guess() -> None:
    r"""
    ### One guess, one number

    Each point has a **feature** $x$, which is known, and a **target** $y$, to be guessed from it. The model
    $\hat y = w\,x$ is a line through the origin. Its slope, the **weight** $w$, is yours to choose.

    A point's **error**, $y - \hat y$, is how far it lies above the line. Square every error and average: that number,
    the **mean squared error**, is the **loss**: how wrong the guess is.

    **Turn the line. Which square grows fastest?**
    """
    source = dataset(1)
    w = choose_w()
    data, fit = cached.dataset(source), cached.fit_at(source, (w,))
    shown = min(len(data.y), SHOWN)
    show(points.squares(data, fit, shown))
    with worked_out():
        st.markdown(r"$$L(w) = \dfrac1N \sum_i (y_i - w\,x_i)^2$$")
        st.markdown(rf"$$L({tex(w)}) = {average_of_squares(fit.error, fit.mse)}$$")
        each_error(data, fit)
        st.caption(data.origin)
    all_squares = averaged(len(data.y), shown)
    takeaway(f"At **w = {num(w)}** {all_squares} average **{num(fit.mse)}**. {worst(data, fit)}")
    behind("one_weight/one_guess", source, {"loss": fit.mse}, w=w)


def each_error(data: Dataset, fit: Fit) -> None:
    """The table of what each point adds to the loss."""
    st.dataframe(
        {
            data.features[0]: data.X[:, 0],
            data.target: data.y,
            "ŷ": fit.prediction,
            "error": fit.error,
            "squared": fit.squared,
            "share": shares(fit),
        },
        hide_index=True,
        column_config={name: st.column_config.NumberColumn(format="%.4g") for name in ("ŷ", "error", "squared")}
        | {"share": st.column_config.NumberColumn(format="percent", help="This point's part of the loss")},
        alt=f"Prediction, error, squared error and share of the loss for each of the {len(data.y)} points.",
    )


def shares(fit: Fit) -> Array:
    """Each point's part of the loss, (n,); all 0 where there is no loss."""
    return fit.squared / fit.squared.sum() if fit.mse else fit.squared


def worst(data: Dataset, fit: Fit) -> str:
    """Which point makes most of the loss, in words."""
    if fit.mse == 0:
        return "The line meets every point: no error is left."
    i = int(fit.squared.argmax())
    return (
        f"One point, {data.features[0]} = {num(data.X[i, 0])} and {data.target} = {num(data.y[i])}, makes "
        f"{percent(shares(fit)[i])} of the loss."
    )


def every_guess() -> None:
    r"""
    ### Every guess, one curve

    Sample many weights $w$ along an interval: their losses line up into a smooth **curve**, the same however you sample
    it.

    Above, your weight turns the line; below, it is the round pin that rides along the curve. The star is the exact
    minimum $w^\ast$, which needs no sampling, and the dashed line is its line.

    **Press play and watch both. How close does the lowest sample come?**
    """
    source = dataset(1)
    reach = cached.reach(source)
    w = choose_w()
    count, (lo, hi) = together(
        lambda: whole("samples", "Number of samples", 5, 500, 100),
        lambda: span("range", "Sample w from … to …", -2 * reach, 2 * reach, (-reach, reach)),
    )
    data, fit = cached.dataset(source), cached.fit_at(source, (w,))
    curve, minimum = cached.curve(source, lo, hi, count), cached.minimum(source)
    every = cached.curve(source, min(lo, -reach), max(hi, reach), 101)
    show(
        motion.line_and_loss(data, fit, minimum, curve, every),
        caption="Playing moves the picture. The words speak of the weight on the slider.",
    )
    found = cached.quadratic(source)
    with worked_out():
        st.markdown(
            f"The lowest of the {count} samples is w = {num(curve.w[curve.lowest], 7)}. The exact minimum is "
            f"**w\\* = {num(minimum.w[0], 7)}** with loss **{num(minimum.mse, 7)}**: "
            f"{meaning(data.each, data.brings, minimum.w)}."
        )
        three_averages(found, fit, minimum)
        points_table(data)
    lowest = curve.w[curve.lowest]
    takeaway(f"Your weight **w = {num(w)}** has loss **{num(fit.mse)}**. {how_near(curve, found, minimum)}")
    numbers = {"lowest sample": lowest, "w*": minimum.w[0], "loss at w*": minimum.mse}
    behind("one_weight/every_guess", source, numbers, w=w, lo=lo, hi=hi, count=count)


def three_averages(found: Quadratic, fit: Fit, minimum: Minimum) -> None:
    """The loss multiplied out, at the weight of `fit` and in general, and where that puts the minimum."""
    a, b, c = found.G[0, 0], found.b[0], found.c
    w, best = fit.w[0], minimum.w[0]
    st.markdown("Multiply the squares out, and the loss is made of three averages. A bar marks an average:")
    st.markdown(r"$$L(w) = \overline{x^2}\,w^2 - 2\,\overline{xy}\,w + \overline{y^2}$$")
    st.markdown(rf"$${multiplied_out(found)}$$")
    again = written(a) * written(w) ** 2 - written(2 * b) * written(w) + written(c)
    st.markdown(rf"$$L({tex(w)}) {equals(again, fit.mse)} {tex(fit.mse)}$$")
    st.markdown("Two of them place the minimum:")
    st.markdown(r"$$w^\ast = \dfrac{\overline{xy}}{\overline{x^2}}$$")
    again = written(b, 7) / written(a, 7)
    st.markdown(rf"$$= \dfrac{{{tex(b, 7)}}}{{{tex(a, 7)}}} {equals(again, best, 7)} {tex(best, 7)}$$")


def multiplied_out(found: Quadratic) -> str:
    """The loss of one weight with its three averages put in, as a formula."""
    a, b, c = found.G[0, 0], found.b[0], found.c
    return f"{exactly((a, 2 * b, c))} {polynomial([(a, 'w^2'), (-2 * b, 'w'), (c, '')])}"


def how_near(curve: Curve, found: Quadratic, minimum: Minimum) -> str:
    """How much more the lowest sample of `curve` pays than the minimum, and why, in words."""
    lo, hi, lowest, best = curve.w[0], curve.w[-1], curve.w[curve.lowest], minimum.w[0]
    # L(w) − L* = a(w − w*)². The difference of two losses would be their rounding.
    excess = found.G[0, 0] * (lowest - best) ** 2
    if not lo <= best <= hi:
        return f"The range you sample does not reach it: its best sample pays {num(excess)} more."
    if abs(lowest - best) > 1e-9 * (hi - lo):
        return f"The best sample still pays {num(excess)} more: sampling almost never hits the minimum."
    return "This time a sample hits it, which almost never happens."


def where_the_bowl_comes_from() -> None:
    r"""
    ### Where the bowl comes from

    One point alone: its squared error, $(y_i - w\,x_i)^2$, is a parabola in $w$. It touches zero where the line meets
    the point, at $w = y_i / x_i$: the triangles.

    The loss is the **average of these parabolas**, and that is a parabola again: the bowl. Its bottom lies between the
    triangles, drawn most to points whose $x$ is far from zero: theirs are the steepest.

    **Mute a point. Where does the bottom go?**
    """
    source = dataset(1)
    muted = choose_muted(cached.dataset(source))
    without = dataset(1, muted=muted)
    parabolas = cached.parabolas(source, 300)
    lo, hi = parabolas.w[0], parabolas.w[-1]
    kept = cached.minimum(without)
    curve, with_all = cached.curve(without, lo, hi, 300), cached.curve(source, lo, hi, 300)
    show(curves.own_parabolas(parabolas, curve, kept, muted, with_all if muted else None))
    with worked_out():
        n = len(parabolas.squared)
        if n > curves.FEW:
            st.markdown(f"The band holds all {n} parabolas; {curves.FEW} of them are drawn as lines.")
        level = n - sum(isfinite(bottom) for bottom in parabolas.bottom)
        if level:
            st.markdown(
                f"{level} of the {n} points {'has' if level == 1 else 'have'} x = 0: there every weight makes the same "
                f"error, a level line without a minimum of its own."
            )
        complete_the_square(cached.quadratic(without), kept)
    if muted:
        takeaway(without_point(cached.dataset(source), muted, cached.minimum(source), kept))
    else:
        takeaway(
            f"The points have their own minima at {own_minima(parabolas)} The average of the parabolas has its minimum "
            f"at **w\\* = {num(kept.w[0], 7)}**, with loss **{num(kept.mse, 7)}**."
        )
    numbers = {"w*": kept.w[0], "loss at w*": kept.mse}
    behind("one_weight/where_the_bowl_comes_from", source, numbers, muted=muted, lo=lo, hi=hi)


def choose_muted(data: Dataset) -> int:
    """The number of the point to leave out, or 0. One without which no weight would matter stays in, and that is
    said."""
    n = len(data.y)
    muted = whole("mute", f"Mute point number (0 mutes none, {n} is the last)", 0, n, 0)
    if muted and not any(x for i, x in enumerate(data.X[:, 0], 1) if i != muted):
        st.info(
            f"Point {muted} stays in: it alone has an x that is not 0. Without it no weight changes the loss, and the "
            f"curve is a level line. Mute another point.",
            icon=":material/info:",
        )
        return 0
    return muted


def complete_the_square(found: Quadratic, kept: Minimum) -> None:
    """The loss by its three averages, and rewritten so that its bottom can be read off."""
    a, b, c = found.G[0, 0], found.b[0], found.c
    best = kept.w[0]
    st.markdown("The three averages again, with a letter each:")
    # Three formulas, so that a line may end between them.
    st.markdown(
        rf"${{a = \overline{{x^2}} {exactly([a])} {tex(a)}\text{{,}}}}$ "
        rf"${{b = \overline{{xy}} {exactly([b])} {tex(b)}\text{{,}}}}$ "
        rf"${{c = \overline{{y^2}} {exactly([c])} {tex(c)}}}$"
    )
    st.markdown("$$L(w) = a w^2 - 2b w + c$$")
    st.markdown(rf"$${multiplied_out(found)}$$")
    st.markdown("Complete the square, and the bottom can be read off:")
    sign = "-" if best >= 0 else "+"
    st.markdown(r"$$L(w) = a\left(w - \tfrac{b}{a}\right)^2 + c - \tfrac{b^2}{a}$$")
    said = "=" if exactly([a]) == exactly((best, kept.mse), 7) == "=" else r"\approx"
    st.markdown(rf"$${said} {tex(a)}\,(w {sign} {tex(abs(best), 7)})^2 + {tex(kept.mse, 7)}$$")


def without_point(data: Dataset, muted: int, full: Minimum, kept: Minimum) -> str:
    """Where the bottom goes without the point number `muted`, in words."""
    x, y = data.X[muted - 1, 0], data.y[muted - 1]
    before, after = num(full.w[0], 7), num(kept.w[0], 7)
    goes = f"moves from {before} to" if before != after else "stays at"
    return (
        f"Without point {muted}, {data.features[0]} = {num(x)} and {data.target} = {num(y)}, the bottom {goes} "
        f"**w\\* = {after}**. The dashed curve is the average of all {len(data.y)} points."
    )


def the_slope() -> None:
    """
    ### The slope

    How does the loss answer a small step in $w$? The **slope** $dL/dw$ tells. Negative means that a larger $w$ lowers
    the loss, positive that it raises it, and zero marks the bottom. The pink line is the tangent: it has the slope of
    the curve at your weight.

    **Move the weight. How fast does the slope change?**
    """
    source = dataset(1)
    w = choose_w()
    reach = cached.reach(source)
    fit, minimum, slopes = cached.fit_at(source, (w,)), cached.minimum(source), cached.slopes(source, (w,))
    slope, curvature = slopes.closed[0], cached.spectrum(source).values[0]
    show(curves.tangent(cached.curve(source, -reach, reach, 300), fit, minimum, slope))
    with worked_out():
        a, b = curvature / 2, cached.quadratic(source).b[0]
        st.markdown(r"$$\dfrac{dL}{dw} = 2\,\overline{x^2}\,w - 2\,\overline{xy}$$")
        st.markdown(
            f"The slope changes by the same amount for each unit of w, everywhere: that is the curvature, twice the "
            f"average of x². Were every x twice as large, it would be {num(4 * curvature)}: large inputs make narrow "
            f"bowls."
        )
        again = equals(written(2 * a) * written(w) - written(2 * b), slope)
        minus = "-" if b >= 0 else "+"
        st.markdown(rf"$$= {tex(2 * a)} \cdot {bracket(w)} {minus} {tex(abs(2 * b))} {again} {tex(slope)}$$")
        three_routes(slopes)
    if abs(slope) < 1e-9 * curvature * reach:
        way = "You are at the bottom."
    else:
        way = f"To go down, make w {'larger' if slope < 0 else 'smaller'}."
    takeaway(
        f"At **w = {num(w)}** the slope is **{num(slope)}**. {way} The slope itself changes by **{num(curvature)}** "
        f"for each unit of w: that is the **curvature**."
    )
    behind("one_weight/the_slope", source, {"slope": slope, "curvature": curvature}, w=w, reach=reach)


def three_routes(slopes: Slopes) -> None:
    """One slope by three routes, and how far they are apart."""
    st.markdown(
        "There are three ways to get the slope: a formula; autograd, which is PyTorch working the slope out of the "
        "code of the loss; and two losses close together, subtracted. They share little, so where they agree you can "
        "believe them."
    )
    st.dataframe(
        {
            "route": ["formula", "autograd", "difference"],
            "slope": [num(value[0], 12) for value in (slopes.closed, slopes.autograd, slopes.difference)],
        },
        hide_index=True,
        alt=f"The slope by three routes. Their largest disagreement is {num(slopes.disagreement, 2)}.",
    )
    st.markdown(f"The largest disagreement of the three is {num(slopes.disagreement, 2)}.")


UNIT = 2.54
"""Inches in centimetres: the factor of the prediction about units."""


def predict() -> None:
    """
    ### Predict

    Change the data in your head: where will the bottom be **then**? A hint: every point pulls it to its own minimum
    $y_i / x_i$, with the strength $x_i^2$.

    **Click on the picture where you expect the new minimum, or use the slider. Then reveal.** The score is your pin's
    excess loss: how much more it pays than the new bottom.
    """
    ask("one_weight", "What changes?", PREDICTIONS)


def what_changes(asked: str) -> None:
    """Ask about the change `asked` in the link, on data that allow it."""
    said = announced(dataset(1), asked)
    if why := unasked(dataset(1), asked):
        not_asked(why, [kind for kind in cached.kinds(1) if not unasked(Source(kind.name, 1), asked)])
        return
    where_will_it_be(asked, said)


def announced(source: Source, asked: str) -> str:
    """A change of the data, in the words of the page."""
    data, outlier = cached.dataset(source), cached.outlier(source)
    return {
        "double": f"Every {data.target} becomes twice as large.",
        "outlier": f"One more point joins the {len(data.y)}: {data.features[0]} = {num(max(data.X[:, 0], key=abs))}, "
        f"{data.target} = {num(outlier)}.",
        "units": f"The unit of {data.features[0]} becomes {UNIT} times as small, as from inches to centimetres: every "
        f"number in that column becomes {UNIT} times as large.",
    }[asked]


def where_will_it_be(asked: str, said: str) -> None:
    """One prediction: what changes is `asked` in the link and `said` on the page."""
    source = dataset(1)
    data, reach, today = cached.dataset(source), cached.reach(source), cached.minimum(source)
    w, then = today.w[0], changed(source, asked)
    guess, lo, hi = guess_weight(GUESS, reach, today)
    st.markdown(f"**{said}** Today the minimum is at w\\* = {num(w)}. Your pin is at **{num(guess)}**.")
    opened = revealed(f"one_weight/{asked}", source)
    best, fit = cached.minimum(then), cached.fit_at(then, (guess,))
    before, after = (cached.curve(each, lo, hi, 361) for each in (source, then))
    show_guess(GUESS, guess, before, today, (after, best, fit) if opened else None)
    if not opened:
        with worked_out():
            st.markdown(r"$$w^\ast = \dfrac{\sum_i x_i y_i}{\sum_i x_i^2}$$")
        takeaway("Which of these sums does the change touch, and by how much?")
        return
    show_verdict(judge(question(source, asked), (guess,), elsewhere(asked, guess / w, best.w[0] / w)))
    changed_data = cached.dataset(then)
    x, y = changed_data.X[:, 0], changed_data.y
    top, below = float(x @ y), float(x @ x)
    again = equals(written(top, 7) / written(below, 7), best.w[0], 7)
    with worked_out():
        st.markdown(
            r"$$w^\ast = \dfrac{\sum_i x_i y_i}{\sum_i x_i^2}"
            rf" = \dfrac{{{tex(top, 7)}}}{{{tex(below, 7)}}} {again} {tex(best.w[0], 7)}$$"
        )
    words = ", in the new unit" if asked == "units" else f": {meaning(data.each, data.brings, best.w)}"
    takeaway(f"The bottom goes from {num(w)} to **{num(best.w[0])}**{words}. {lowest(asked, today.mse, best.mse)}")
    numbers = {"bottom then": best.w[0], "excess loss of the pin": fit.mse - best.mse}
    behind("one_weight/predict", then, numbers, X_today=data.X, y_today=data.y, guess=guess, lo=float(lo), hi=float(hi))


def changed(source: Source, asked: str) -> Source:
    """`source` after the change that a prediction asks about."""
    return {
        "double": source._replace(y_times=2.0),
        "outlier": source._replace(outlier=cached.outlier(source)),
        "units": source._replace(x_times=UNIT),
    }[asked]


def question(source: Source, asked: str) -> Question:
    """The prediction about `source`, with its answer and its misconceptions."""
    w, then = cached.minimum(source).w[0], changed(source, asked)
    own = cached.outlier(source) / max(cached.dataset(source).X[:, 0], key=abs)
    return Question(cached.minimum(then), cached.spectrum(then).hessian, cached.reach(source), slips(asked, w, own))


def unasked(source: Source, asked: str) -> str:
    """Why a prediction is not asked about `source`; empty where it is."""
    if abs(cached.minimum(source).w[0]) < 1e-9 * cached.reach(source):
        return AT_ZERO
    return why_not(question(source, asked))


ONE_POINT = "It counts with x², and no point’s x is farther from zero."
SQUARED = "Too far. The loss is a square and grows fourfold; the weight is not squared."
FLAT = "Too far. At zero the line is flat, and beyond it turns the other way."
SQUARED_UNIT = f"Too far. The curvature changes by {UNIT}², the place of the bottom by {UNIT}."
OTHER_WAY = {
    "double": "That is the other way. Larger targets need a steeper line.",
    "outlier": "That is the other way. The new point asks for a steeper line and pulls it there.",
    "units": "That is the other way. As x grows, w must shrink, so that w·x still meets the same y.",
}
HELD_BACK = "Too far. Were the new point alone, the line would run through it. The others hold it back."


def slips(asked: str, w: float, own: float) -> tuple[Slip, ...]:
    """The misconceptions of a prediction and where each puts the minimum. Today it is at `w`; `own` is the minimum of
    the outlier alone."""
    return {
        "double": (
            Slip(TODAY, (w,), "You expect no move. But each point’s own minimum is y/x, and every y has doubled."),
            Slip("four times today’s minimum", (4 * w,), SQUARED),
        ),
        "outlier": (
            Slip(TODAY, (w,), f"You expect no move, as if one point could do little. {ONE_POINT}"),
            Slip("the new point’s own minimum", (own,), HELD_BACK),
        ),
        "units": (
            Slip(
                TODAY,
                (w,),
                "You expect no move. But w says how much y one unit of x brings, and the unit has become smaller.",
            ),
            Slip(f"{UNIT} times today’s minimum", (UNIT * w,), OTHER_WAY["units"]),
            Slip(f"today’s minimum divided by {UNIT}²", (w / UNIT**2,), SQUARED_UNIT),
            Slip("zero", (0.0,), FLAT),
        ),
    }[asked]


def elsewhere(asked: str, guess: float, best: float) -> str:
    """The reply to a guess at no known place; `guess` and `best` are in multiples of today’s minimum."""
    up_to = {
        "double": (
            (1, OTHER_WAY["double"]),
            (best, "The direction is right. Every own minimum y/x doubles, and so does what they average to."),
            (1.5 * best, "Too far. Every own minimum y/x doubles, and no more than that."),
            (inf, SQUARED),
        ),
        "outlier": (
            (1, OTHER_WAY["outlier"]),
            (best, f"The direction is right, but it is not far enough. {ONE_POINT}"),
            (inf, HELD_BACK),
        ),
        "units": (
            (0, FLAT),
            (best, SQUARED_UNIT),
            (1, f"The direction is right. For w·x to meet the same y, w must shrink as x grows: by {UNIT}."),
            (inf, OTHER_WAY["units"]),
        ),
    }[asked]
    return next(reply for end, reply in up_to if guess <= end)


def lowest(asked: str, before: float, after: float) -> str:
    """What the change does to the lowest loss."""
    if asked == "units" or num(before) == num(after):
        return f"The lowest loss stays {num(after)}."
    return f"The lowest loss goes from {num(before)} to {num(after)}."


def check_yourself() -> None:
    """
    ### Check yourself

    Four questions about this lesson: the loss, how it rises, where its bottom lies, and what units do to it. They are
    about the data you chose, so other data have other answers.
    """
    quiz("one_weight", dataset(1), CHECKS)


PREDICTIONS = (
    Prediction("double", "Every y doubles", partial(what_changes, "double"), "one_weight/predict"),
    Prediction("outlier", "An outlier appears", partial(what_changes, "outlier"), "one_weight/predict"),
    Prediction("units", "Another unit for x", partial(what_changes, "units"), "one_weight/predict"),
)


def loss_at_a_weight(source: Source) -> Number:
    """What is the loss at a weight that is given?"""
    at = 0.2 * cached.reach(source)
    fit = cached.fit_at(source, (at,))
    return Number(
        f"What is the loss at w = {num(at)}?",
        one_guess,
        fit.mse,
        (
            (float(fit.squared.sum()), "You added the squares up. The loss is their average: divide by N."),
            (fit.mse**0.5, "You took the root at the end. This loss stays squared."),
            (fit.mse / 2, "You put a ½ in front. Some books do; this course does not."),
            (float(abs(fit.error).mean()), "You averaged the sizes of the errors. Square them first."),
        ),
        zero=1e-24 * cached.quadratic(source).c,
    )


def rise_beside_the_minimum(source: Source) -> Number:
    """By how much does the loss rise beside the minimum?"""
    off, a = 0.04 * cached.reach(source), cached.quadratic(source).G[0, 0]
    return Number(
        f"Start at the minimum w\\* and step {num(off)} to the side. By how much does the loss rise?",
        where_the_bowl_comes_from,
        a * off**2,
        (
            (2 * a * off**2, "That is the curvature times the step squared. The rise is half of it."),
            (2 * a * off, "That is the slope where you arrive. The slope grew on the way there from zero."),
            (a * off, "The step comes in squared: a·(w − w\\*)²."),
            (a * off**2 + cached.minimum(source).mse, "That is the loss where you arrive, not the rise."),
        ),
    )


CHECKS = (
    loss_at_a_weight,
    rise_beside_the_minimum,
    Claims(
        "What holds for the minimum w\\* of **any** points, whatever they are? (A point with x = 0 has no own "
        "minimum: no w changes its error.)",
        where_the_bowl_comes_from,
        (
            Claim(
                "It is never below the smallest nor above the largest of the points’ own minima.",
                True,
                "True: it is an average of them, and no average leaves the range of what it averages.",
            ),
            Claim(
                "It is the plain average of the points’ own minima.",
                False,
                "False: that counts all points alike. Each counts with x², as steep as its parabola is.",
            ),
            Claim(
                "At w*, the errors add up to zero.",
                False,
                "False: that takes a second weight, to lift the line. Here the errors times x add up to zero.",
            ),
            Claim(
                "Muting a point whose own minimum is exactly w* leaves w* where it is, if the other points are "
                "not all at x = 0.",
                True,
                "True: its parabola has slope zero there, so it pulls neither way.",
            ),
        ),
    ),
    Claims(
        "Every x is divided by 10, and nothing else changes. What follows?",
        the_slope,
        (
            Claim(
                "The minimum w* becomes 10 times as large.",
                True,
                "True: w·x must stay what it was to predict the same.",
            ),
            Claim(
                "The curvature becomes 10 times as small.",
                False,
                "False: it goes with x², so it becomes 100 times as small.",
            ),
            Claim(
                "The lowest loss stays the same.",
                True,
                "True: the same predictions are within reach, by another w.",
            ),
            Claim("The bowl becomes wider.", True, "True: large inputs make narrow bowls, small ones wide."),
        ),
    ),
)

NOTES = {
    one_guess: Note(
        3,
        "Whose error changes fastest when I turn the line?",
        "That of the point whose x is farthest from zero: each unit of w changes an error by x.",
        "That of the point with the largest error. How large an error is says nothing about how fast it changes.",
    ),
    every_guess: Note(
        3,
        "Will the lowest of 100 samples be the minimum? And of 500?",
        "Almost never. It comes near. The exact minimum needs no samples.",
        "Yes, with enough samples. But the curve is there before anybody samples it.",
    ),
    where_the_bowl_comes_from: Note(
        4,
        "I mute one point. Which one moves the bottom farthest?",
        "One whose x is far from zero and whose own minimum is away from the bottom. It pulls with x².",
        "The one whose own minimum is farthest away. That forgets how steep its parabola is.",
    ),
    the_slope: Note(
        3,
        "What is the slope at the bottom? If I go twice as far from it, how much steeper is it?",
        "Zero at the bottom. Twice as far, twice as steep; the factor is the curvature.",
        "Four times as steep. It is the excess loss that grows fourfold.",
    ),
    predict: Note(
        4,
        "Everybody point at a place: where will the bottom be? Then I reveal.",
        "Twice y, twice w\\*. Larger numbers for x, a smaller w\\*. An outlier pulls, but not all the way to itself.",
        "Four times w\\*, because the loss is a square. Or no move, because one point is only one of many.",
    ),
    check_yourself: Note(
        3,
        "Which claim did you and your neighbour disagree about?",
        "Often the plain average of the own minima. It is an average, but each point counts with x².",
        "The errors add up to zero. That takes a second weight, to lift the line, and this model has one.",
    ),
}

LESSON = Lesson(
    name="one_weight",
    title="One weight",
    claim="The loss is a curve",
    goal="read a loss off a picture of squared errors, build its bowl point by point, and say where the bottom is",
    icon=":material/show_chart:",
    minutes=20,
    weights=1,
    steps=(one_guess, every_guess, where_the_bowl_comes_from, the_slope, predict, check_yourself),
    notes=NOTES,
    predictions={predict: PREDICTIONS},
    checks={check_yourself: CHECKS},
)
