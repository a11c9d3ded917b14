"""Lesson 2. Two weights: the loss is a landscape."""

from __future__ import annotations

from math import asin, atan2, cos, hypot, isfinite, radians, sin, sqrt
from math import degrees as degrees_of

import streamlit as st

from engine import cached
from engine.records import Array, Curve, Dataset, Fit, Minimum, Quadratic, Source, Spectrum, Surface
from lessons.figures import curves, planes
from lessons.kit import scripts
from lessons.kit.controls import (
    Pin,
    brings_data,
    camera,
    dataset,
    pin,
    whole,
)
from lessons.kit.lesson import Lesson, Note
from lessons.kit.predict import (
    FINGER,
    TODAY,
    Prediction,
    Question,
    Slip,
    Verdict,
    ask,
    judge,
    not_asked,
    opened,
    revealed,
    show_verdict,
    why_not,
)
from lessons.kit.quiz import Claim, Claims, Number, quiz
from lessons.kit.stage import (
    aside,
    at_pin,
    behind,
    code_to_compare,
    fold,
    leave_room,
    points_table,
    save,
    show,
    takeaway,
    worked_out,
)
from lessons.words import (
    average_of_squares,
    bends,
    bottom,
    bracket,
    count,
    equals,
    exactly,
    gradient,
    meaning,
    memory,
    num,
    pinned,
    polynomial,
    rounded,
    tex,
    vector,
    written,
)

PIN = Pin(("w1", "w2"), ("Weight w₁", "Weight w₂"))
DIRECTION = "aim"
"""The name in the link of the control that says which way is down: a slider and a click move it."""


def choose_pin() -> tuple[float, float]:
    """The learner's pair of weights, the same in every step."""
    return pin(PIN, cached.reach(dataset(2)))


def brings(data: Dataset, minimum: Minimum) -> str:
    """What the weights at the minimum say, in the words of the data."""
    if len(minimum.flat):
        return "The points tell what the features bring together, not what each one brings."
    return f"There {meaning(data.each, data.brings, minimum.w)}."


def entries(spectrum: Spectrum) -> tuple[float, float, float]:
    """H₁₁, H₁₂ and H₂₂, the second 0 where it is rounding beside the root of the product of the others."""
    (h11, h12), (_, h22) = spectrum.hessian.tolist()
    return h11, rounded([h12], sqrt(h11 * h22))[0], h22


def valley_note(minimum: Minimum) -> None:
    """Where the rings never close, say so: the words beside the picture speak of rings."""
    if len(minimum.flat):
        st.caption(
            "On these points the rings never close: they are parallel lines, and the bowl is a valley. To see rings, "
            "choose “Slope and intercept” above."
        )


def sample_the_plane() -> None:
    r"""
    ### Sample the plane

    With two features the model is $\hat y = w_1 x_1 + w_2 x_2$: a guess is a pair of weights, a point in a plane. Above
    every point stands a loss, so the curve of lesson 1 becomes a landscape. From above, deep blue is low, and each ring
    joins pairs with the same loss. The star is the minimum.

    **Click anywhere: that puts your pin there.** Then make the grid coarse. What does it miss?
    """
    source = dataset(2)
    reach = cached.reach(source)
    w = choose_pin()
    n = whole("grid", "Samples along each axis", 5, 200, 100)
    data, fit = cached.dataset(source), cached.fit_at(source, w)
    surface, minimum = cached.surface(source, -reach, reach, n), cached.minimum(source)
    seen = planes.sampled(surface, cached.surface(source, -reach, reach, 100), fit, minimum)
    show(seen, put=at_pin(PIN, reach))
    takeaway(f"{pinned(fit)} {found_on_grid(source, surface, minimum)}")
    with worked_out():
        st.markdown(f"{bottom(minimum)} {brings(data, minimum)}")
        st.markdown(
            "The line everybody knows is such a model too: the second feature is then 1 for every point, $w_1$ is the "
            "slope, and $w_2$ is where the line meets the $y$ axis, its **intercept**."
        )
        st.markdown(r"$$L(w_1, w_2) = \dfrac1N \sum_i (y_i - w_1 x_{i1} - w_2 x_{i2})^2$$")
        st.markdown(rf"$$L({tex(w[0])}, {tex(w[1])}) = {average_of_squares(fit.error, fit.mse)}$$")
        valley_note(minimum)
        points_table(data)
        cost_of_a_grid(n)
        from_loop_to_batch(source, reach, n)
    numbers = {"loss at the pin": fit.mse, "lowest loss on the grid": surface.lowest[2], "lowest loss": minimum.mse}
    behind("two_weights/sample_the_plane", source, numbers, w=w, reach=reach, n=n)


def found_on_grid(source: Source, surface: Surface, minimum: Minimum) -> str:
    """The lowest sample of a grid, and how far above the minimum it is, in words."""
    n = len(surface.w1)
    low1, low2, _ = surface.lowest
    excess = cached.spectrum(source).rise(minimum.w - (low1, low2))
    # What rounding leaves of errors that are as large as the targets.
    hit = excess <= 1e-26 * cached.quadratic(source).c
    above = "on the minimum" if hit else f"{num(excess)} above the minimum"
    return (
        f"The lowest of the {n} × {n} = {count(n * n)} grid points, the open square, is ({num(low1)}, {num(low2)}): "
        f"{above}."
    )


def cost_of_a_grid(n: int) -> None:
    """What n samples along each axis cost, for more and more weights."""
    st.markdown(
        f"**What does a grid cost?** With {n} samples along each axis, every further weight multiplies the work by "
        f"{n}. Ten weights take {count(n**10)} losses and {memory(8 * n**10)}."
    )
    dimensions = (1, 2, 3, 4, 6, 10)
    st.dataframe(
        {
            "weights": dimensions,
            "losses to compute": [count(n**d) for d in dimensions],
            "memory for them": [memory(8 * n**d) for d in dimensions],
        },
        hide_index=True,
        alt=f"Losses and memory for grids of 1 to 10 weights. Two weights: {n**2} losses, {memory(8 * n**2)}.",
    )


def from_loop_to_batch(source: Source, reach: float, n: int) -> None:
    """The article's loop, the batched call and the boiled-down one, side by side, and raced when asked."""
    inside = fold("From loop to batch", "timer", "loop and batch")
    if inside is None:
        return
    data = cached.dataset(source)
    with inside:
        given = {"X": data.X, "y": data.y, "features": data.features, "target": data.target, "reach": reach, "n": n}
        script = scripts.script("two_weights/loop_and_batch", given)
        _, *ways, _ = scripts.cells(script)
        code_to_compare(ways)
        save("All three, to run", lambda: script, "loop_and_batch.py", "text/x-python")
        if st.button("Race the article’s loop against the other two", icon=":material/timer:"):
            timing = cached.race(source, -reach, reach, n)
            st.markdown(
                f"On this machine, just now: the loop, one pair of weights at a time, took "
                f"{num(1000 * timing.loop, 3)} ms. The same formula in one batched call took "
                f"{num(1000 * timing.batch, 3)} ms: **{num(timing.loop / timing.batch, 2)} times faster**. Boiled "
                f"down, as this course does it, {num(1000 * timing.boiled, 3)} ms: "
                f"**{num(timing.loop / timing.boiled, 2)} times faster**. Their losses differ by at most "
                f"{num(timing.difference, 2)}."
            )


def read_the_rings() -> None:
    r"""
    ### Read the rings

    The pink ring joins all pairs with the pin's loss. The arrow is the **gradient**: straight uphill, across the ring
    at a right angle.

    Rings stand at even steps of $\sqrt{L - L^\ast}$, where $L^\ast$ is the lowest loss, so they lie evenly apart. The
    dashed axes point in the steepest and the flattest direction. Long thin rings: one is much flatter. Perfectly flat:
    the bowl is a valley.

    **Move the pin. Where is the arrow longest?**
    """
    source = dataset(2)
    reach = cached.reach(source)
    w = choose_pin()
    fit, surface = cached.fit_at(source, w), cached.surface(source, -reach, reach, 100)
    minimum, spectrum = cached.minimum(source), cached.spectrum(source)
    view = camera(list(planes.CAMERAS))
    seen = planes.rings(surface, fit, minimum, spectrum)
    show(seen, put=at_pin(PIN, reach))
    eye = planes.CAMERAS.get(view, planes.CAMERAS["corner"])
    show(planes.bowl(surface, fit, minimum, "From the side: the height is the loss", eye))
    flat, steep = spectrum.values
    takeaway(
        f"{pinned(fit)} The gradient at the pin is **{gradient(fit, spectrum, reach)}**. The steepest curvature is "
        f"**{num(spectrum.condition)}** times the flattest: the **condition number**."
    )
    with worked_out():
        st.markdown(
            f"{bottom(minimum)} The curvature is {num(flat)} in the flattest direction and {num(steep)} in the "
            f"steepest."
        )
        valley_note(minimum)
        hessian_and_loss(spectrum, cached.quadratic(source))
        points_table(cached.dataset(source))
    numbers = {
        "gradient": fit.gradient.tolist(),
        "curvatures": spectrum.values.tolist(),
        "condition number": spectrum.condition,
    }
    behind("two_weights/read_the_rings", source, numbers, w=w, reach=reach)


def hessian_and_loss(spectrum: Spectrum, found: Quadratic) -> None:
    """The Hessian with its eigenvalues, and the loss multiplied out."""
    h11, h12, h22 = entries(spectrum)
    st.markdown(
        "The **Hessian** H is one table from which the curvature in every direction follows. Its "
        "**eigenvalues** are the curvatures along the two dashed axes. X is the table of the features, one row a "
        "point, and Xᵀ is the same table laid on its side."
    )
    st.markdown(
        rf"$$H = \dfrac2N X^{{\mathsf T}} X {exactly((h11, h12, h22))} "
        rf"\begin{{pmatrix}} {tex(h11)} & {tex(h12)} \\ {tex(h12)} & {tex(h22)} \end{{pmatrix}}"
        r"$$"
    )
    flat, steep = spectrum.values
    st.markdown(rf"$$\text{{eigenvalues }} {tex(flat)} \text{{ and }} {tex(steep)}$$")
    b1, b2 = found.b
    terms = [
        (h11 / 2, "w_1^2"),
        (h12, "w_1 w_2"),
        (h22 / 2, "w_2^2"),
        (-2 * b1, "w_1"),
        (-2 * b2, "w_2"),
        (found.c, ""),
    ]
    said = exactly([value for value, _ in terms])
    st.markdown(rf"$$L(w_1, w_2) {said} {polynomial(terms)}$$")


def cut_it() -> None:
    r"""
    ### Cut it

    Cut the landscape straight through the pin, as with a knife. Along any direction the edge of the cut is a parabola,
    lesson 1 again; only along a valley it is a level line. A landscape is a bowl when **every** cut is a parabola.

    How strongly a cut bends follows from the Hessian $H$ and the cut's direction $v$, an arrow of length 1:
    $v^{\mathsf T} H v\text{.}$

    **Turn the third cut. Which way is it flattest?**
    """
    source = dataset(2)
    reach = cached.reach(source)
    w = choose_pin()
    angle = whole("angle", "Direction of the third cut, in degrees from the w₁ axis", 0, 179, 45)
    fit = cached.fit_at(source, w)
    slanted = f"at {angle}°"
    directions = {
        "along w₁": (1.0, 0.0),
        "along w₂": (0.0, 1.0),
        slanted: (cos(radians(angle)), sin(radians(angle))),
    }
    cuts = {name: cached.cut(source, w, along, reach, 101) for name, along in directions.items()}
    shape = entries(cached.spectrum(source))
    bent = {name: bend(shape, along) for name, along in directions.items()}
    map_of_cuts = planes.three_cuts(cached.surface(source, -reach, reach, 100), fit, cached.minimum(source), directions)
    show(map_of_cuts, put=at_pin(PIN, reach))
    show(curves.cuts(cuts, fit, bent))
    level = " The one with curvature 0 is a level line: it runs along the valley." if 0 in bent.values() else ""
    takeaway(f"{pinned(fit)} The cuts through it have curvature {bends(bent)}.{level}")
    with worked_out():
        st.markdown(slanted_bend(shape, angle, bent[slanted]))
        st.markdown(
            "Nobody can draw a landscape of twenty weights. But it can be cut, and the cuts are of the same kind. Here "
            "are some through a landscape that has no picture."
        )
        many = more_weights()
        show(curves.many_cuts(along_each_weight(many), cached.minimum(many)))
        st.markdown(every_curvature(many))
    numbers = {f"curvature {name.replace(' ', '_')}": each for name, each in bent.items()}
    numbers["loss at the pin"] = fit.mse
    behind("two_weights/cut_it", source, numbers, w=w, angle=angle, reach=reach)


def bend(shape: tuple[float, float, float], along: tuple[float, float]) -> float:
    """The curvature vᵀHv of a cut in the direction `along`, of length 1, with the `entries` of H."""
    h11, h12, h22 = shape
    a, b = along
    # What is left of terms that cancel may be their rounding.
    straight, mixed = h11 * a * a + h22 * b * b, 2 * h12 * a * b
    return rounded([straight + mixed], straight)[0]


def slanted_bend(shape: tuple[float, float, float], angle: int, slant: float) -> str:
    """The curvature `slant` of the cut at an angle in degrees, as a formula with the `entries` of H."""
    h11, h12, h22 = shape
    form = [
        (h11, rf"\cos^2 {angle}^\circ"),
        (2 * h12, rf"\cos {angle}^\circ \sin {angle}^\circ"),
        (h22, rf"\sin^2 {angle}^\circ"),
    ]
    c, s = cos(radians(angle)), sin(radians(angle))
    again = sum(written(h) * part for (h, _), part in zip(form, (c * c, c * s, s * s), strict=True))
    return (
        rf"$$v^{{\mathsf T}} H v = {polynomial(form)} {equals(again, slant)} {tex(slant)}"
        rf"\quad\text{{for }} v = (\cos {angle}^\circ, \sin {angle}^\circ)$$"
    )


def along_each_weight(source: Source) -> dict[str, Curve]:
    """A cut through the minimum along each weight, by the name of the weight."""
    d, far, best = source.weights, cached.reach(source), tuple(cached.minimum(source).w)
    axes = {f"w{j + 1}": tuple(float(i == j) for i in range(d)) for j in range(d)}
    return {name: cached.cut(source, best, axis, far, 101) for name, axis in axes.items()}


def every_curvature(source: Source) -> str:
    """How strongly cuts bend in a landscape that has no picture: along the weights, and in any direction."""
    spectrum = cached.spectrum(source)
    along = spectrum.hessian.diagonal()
    return (
        f"With **{source.weights}** weights the loss at the minimum is **{num(cached.minimum(source).mse)}** and the "
        f"cuts along the weights have curvatures from {num(along.min())} to {num(along.max())}. No cut in any "
        f"direction is flatter than {num(spectrum.values[0])} or steeper than {num(spectrum.values[-1])}: those are "
        f"the smallest and the largest eigenvalue."
    )


def more_weights() -> Source:
    """Data of more features than a picture has room for: the visitor's own where they are such, else the course's."""
    if brings_data() and (features := cached.own_features()) > 2:
        st.caption(f"Your data have {features} features. Here are the cuts along all their weights.")
        return dataset(features)
    source = Source("many", whole("many", "Number of weights", 3, 20, 10))
    st.caption(cached.dataset(source).origin)
    return source


def troughs_make_the_bowl() -> None:
    """
    ### Troughs make the bowl

    One point alone cannot choose: all pairs on the line $y_i = w_1 x_{i1} + w_2 x_{i2}$ fit it perfectly. Its squared
    error is a straight **trough** along that line.

    The loss is the average of these troughs. Two that cross already close into a bowl. Troughs that all run the same
    way never do: their average is a flat valley, and every pair on its floor makes the same predictions.

    **Average the first $k$ points. Does a bowl close?**
    """
    source = dataset(2)
    data, reach = cached.dataset(source), cached.reach(source)
    n = len(data.y)
    k = whole("points", "Average the first k points: k", 1, n, min(2, n))
    minimum, flattest = cached.minimum(source), cached.spectrum(source).values[0]
    alone, together = (cached.part(source, start, k, -reach, reach, 60) for start in (k - 1, 0))
    levels = 0.0, float(max(alone.total.max(), together.total.max()))
    x, y = data.X[k - 1], data.y[k - 1]
    show(planes.trough(alone, k, x, y, levels))
    show(planes.average_of_troughs(together, k, n, levels))
    takeaway(whether_a_bowl_closes(source, flattest))
    with worked_out():
        fits_perfectly(k, x, y)
        st.markdown(floor(source, minimum, flattest))
        the_dtype_trap()
    numbers = {"lowest sample of the average": together.lowest[2], "flattest curvature": flattest}
    behind("two_weights/troughs_make_the_bowl", source, numbers, k=k, reach=reach)


def the_dtype_trap() -> None:
    """Where the article's own code stops, run for real, and the word that mends it."""
    with aside("The article’s code stops here", "bug_report"):
        trap = cached.dtype_trap()
        st.markdown("Example 2 of the article builds its table from whole numbers. Run as printed, it stops:")
        st.code("X = torch.tensor([[1, 1], [2, 2], [3, 3]])\nw = torch.tensor([1.0, 1.0])\nX @ w", language="python")
        st.code(f"RuntimeError: {trap.message}", language=None)
        st.markdown(
            "PyTorch made X a tensor of integers and w one of floats, and it does not mix them. One word mends it: "
            "`X = torch.tensor([[1, 1], [2, 2], [3, 3]], dtype=torch.float)`. "
            f"Then the predictions are {vector(trap.mended)}."
        )


def fits_perfectly(k: int, x: Array, y: float) -> None:
    """Which weights fit point k, with the features `x` (2,) and the target `y`, as a formula."""
    x1, x2 = x
    point = rf"$$(y_i - w_1 x_{{i1}} - w_2 x_{{i2}})^2 {exactly((x1, x2, y))} "
    if x1 or x2:
        st.markdown(
            rf"{point}({polynomial([(y, ''), (-x1, 'w_1'), (-x2, 'w_2')])})^2 = 0 \text{{ wherever }} "
            rf"{polynomial([(x1, 'w_1'), (x2, 'w_2')])} = {tex(y)}$$"
        )
    else:
        st.markdown(rf"{point}{bracket(y)}^2 {equals(written(y) ** 2, y * y)} {tex(y * y)}$$")
        st.markdown(f"Both features of point {k} are 0, so no weight changes its error: a level plain, not a trough.")


def whether_a_bowl_closes(source: Source, flattest: float) -> str:
    """What all troughs make together, in words: a bowl, whose curvature is `flattest` or more, or a valley."""
    if not len(cached.minimum(source).flat):
        return (
            f"All {len(cached.dataset(source).y)} troughs together make the bowl of this lesson. Its flattest "
            f"curvature is {num(flattest)}: above 0, so no direction is left open."
        )
    return (
        "On these data all troughs run the same way: one feature is a multiple of the other. However many you average, "
        "no bowl closes."
    )


def floor(source: Source, minimum: Minimum, flattest: float) -> str:
    """Where the bottom is that all troughs make together, in words; and what holds on it where it is flat."""
    if not len(minimum.flat):
        return bottom(minimum)
    elsewhere = tuple(minimum.w + cached.reach(source) / 2 * minimum.flat[0])
    here, there = (cached.fit_at(source, w).prediction[:3] for w in (tuple(minimum.w), elsewhere))
    return (
        f"{bottom(minimum)} The flattest curvature is {num(flattest)}. All pairs on the floor predict the same: for "
        f"the first points, {vector(minimum.w)} gives {vector(here)} and {vector(elsewhere)} gives {vector(there)}."
    )


def predict() -> None:
    r"""
    ### Predict

    **Which way is down?** You want to lower the loss as fast as you can with a small step from the pin. The answer is
    the opposite of the gradient, which holds the slope along each weight: $\nabla L\text{.}$

    **What do units do?** One feature is written in another unit. Where will the minimum be **then**?

    **Answer on the map or with the sliders, then reveal.**
    """
    ask("two_weights", "Question", PREDICTIONS, choose_pin())


def which_way_is_down(w: tuple[float, float]) -> None:
    """The first prediction: a direction at the pin `w`, judged by its angle to the steepest way down."""
    source = dataset(2)
    reach, shape = cached.reach(source), cached.spectrum(source)
    degrees = whole(DIRECTION, "Your direction, in degrees from the w₁ axis", 0, 359, 90)
    fit, minimum = cached.fit_at(source, w), cached.minimum(source)
    steepest = hypot(*fit.gradient)
    if steepest < 1e-9 * shape.values[-1] * reach:
        takeaway(f"The pin {vector(w)} is on the bottom, where no way leads down. Move it, and ask again.")
        return
    if round_bowl(shape.condition):
        kinds = [kind for kind in cached.kinds(2) if not round_bowl(cached.spectrum(Source(kind.name, 2)).condition)]
        not_asked(TOO_ROUND, kinds)
        return
    if between(-fit.gradient, minimum.w - fit.w) < AIMED:
        takeaway(TOO_STRAIGHT)
        return
    downhill = -fit.gradient
    aim = cos(radians(degrees)), sin(radians(degrees))
    known = opened("two_weights/down", source, w)
    surface = cached.surface(source, -reach, reach, 60)
    show(
        planes.aimed(surface, fit, minimum, degrees, downhill / steepest if known else None),
        put=lambda x, y: {DIRECTION: round(degrees_of(atan2(y - w[1], x - w[0]))) % 360},
    )
    if not known:
        takeaway(f"You stand at **{vector(w)}** and go at **{degrees}°**.")
    if revealed("two_weights/down", source, w):
        show_verdict(judge_way(aim, fit, minimum))
    with worked_out():
        st.markdown(
            r"$$\nabla L = \left(\dfrac{\partial L}{\partial w_1}, \dfrac{\partial L}{\partial w_2}\right)"
            + (rf" = {vector(fit.gradient)}$$" if known else "$$")
        )
    if known:
        takeaway(
            f"Steepest down at {vector(w)} is along {vector(downhill)}, the opposite of the gradient; "
            f"{to_minimum(fit, minimum, shape.values[-1] * reach)}."
        )
        numbers = {"steepest fall": steepest, "fall your way": float(downhill @ aim)}
        behind("two_weights/which_way_is_down", source, numbers, w=w, degrees=degrees, reach=reach)


AIMED = degrees_of(atan2(FINGER, planes.AIM))
"""A finger's width at the head of the arrow, in degrees."""

TOO_ROUND = (
    f"The question is not asked on these data: the bowl is so round that from everywhere the steepest way leads within "
    f"{AIMED:.0f}° of straight at the star, and no arrow could tell the two apart."
)
TOO_STRAIGHT = (
    f"The question is not asked from this pin: the steepest way leads within {AIMED:.0f}° of straight at the star, and "
    f"no arrow could tell the two apart. Move the pin away from the axes of the rings, and ask again."
)


def between(a: Array | tuple[float, float], b: Array | tuple[float, float]) -> float:
    """The angle between two directions, from 0 to 180 degrees."""
    return degrees_of(atan2(abs(a[0] * b[1] - a[1] * b[0]), a[0] * b[0] + a[1] * b[1]))


def round_bowl(condition: float) -> bool:
    """Whether the steepest way down is nowhere farther than AIMED from the way to the minimum.

    The largest angle between them anywhere is arcsin((κ − 1)/(κ + 1)) for the condition number κ (Wielandt's
    inequality; Horn and Johnson, Matrix Analysis, 2nd ed., §7.4).
    """
    return isfinite(condition) and degrees_of(asin((condition - 1) / (condition + 1))) < AIMED


def judge_way(aim: tuple[float, float], fit: Fit, minimum: Minimum) -> Verdict:
    """The verdict on the direction `aim`, of length 1, from the pin of `fit`. It is right within AIMED of the steepest
    way down, where that is nearer than the way to the star."""
    off, beside_star = between(aim, -fit.gradient), between(aim, minimum.w - fit.w)
    steepest, kept = hypot(*fit.gradient), cos(radians(off))
    moves = f"{'rises' if kept < 0 else 'falls'} by **{num(abs(kept) * steepest)}** for each unit of a small step"
    if abs(kept) < 1e-9:
        moves = "neither rises nor falls at first"
    right = off <= min(AIMED, beside_star)
    praise = (
        f"You keep {num(100 * kept)} % of the steepest fall. Down is square to the ring; a finger’s width aside costs "
        f"next to nothing."
    )
    return Verdict(
        right,
        f"Your way, the loss {moves}; the steepest way, it falls by **{num(steepest)}**.",
        praise if right else way_reply(off, beside_star, len(minimum.flat)),
    )


def way_reply(off: float, beside_star: float, flat: int) -> str:
    """The reply to a wrong direction, `off` degrees from the steepest way down and `beside_star` from the way to the
    star, on a bowl with so many `flat` directions."""
    if beside_star <= AIMED and flat:
        return (
            "Straight at the star, the shortest of the minima. The steepest way leads square across the valley, to the "
            "nearest of them."
        )
    if beside_star <= AIMED:
        return "Straight at the star. That is the steepest way only from an axis of the rings, and you are on neither."
    if off >= 180 - AIMED:
        return "That is the gradient itself. It points straight uphill; down is the other way."
    if abs(off - 90) <= AIMED:
        return "You go nearly along the ring. On it the loss does not change."
    if off > 90:
        return "That way is up. Down is the side of the ring where the map is darker."
    return "It goes down, but not as fast as it could. The steepest way is square to the ring."


def to_minimum(fit: Fit, minimum: Minimum, size: float) -> str:
    """Where the nearest minimum lies, seen along the steepest way down from the pin of `fit`. `size` is that of the
    numbers the gradient was made from: what is below their rounding is not an angle."""
    gap = fit.w - minimum.w
    to_nearest = minimum.flat.T @ (minimum.flat @ gap) - gap
    beside = between(-fit.gradient, to_nearest)
    which = "the nearest minimum" if len(minimum.flat) else "the minimum"
    if radians(beside) <= 1e-12 * size / hypot(*fit.gradient):
        return f"here also the way to {which}"
    return f"{which} lies along {vector(to_nearest)}, {num(beside, 2)}° beside it"


def what_do_units_do(w: tuple[float, float]) -> None:
    """The second prediction: where the minimum goes when x₁ is divided by k; the pin `w` is the guess."""
    source, reach, today = dataset(2), cached.reach(dataset(2)), cached.minimum(dataset(2))
    if why := why_not(units_question(source)):
        not_asked(why, [kind for kind in cached.kinds(2) if not why_not(units_question(Source(kind.name, 2)))])
        return
    k = times(today.w[0], reach)
    then = source._replace(x_times=1 / k)
    best, fit = cached.minimum(then), cached.fit_at(then, w)
    name, now = cached.dataset(source).features[0], bottom(today)
    st.markdown(
        f"**The unit of {name} becomes {k} times as large, so every number there becomes {k} times as small.** "
        f"Today {now[0].lower()}{now[1:]} Your pin is at **{vector(w)}**."
    )
    known = revealed("two_weights/units", source)
    before = planes.today(cached.surface(source, -reach, reach, 100), cached.fit_at(source, w), today)
    show(before, put=at_pin(PIN, reach))
    if not known:
        leave_room()
        with worked_out():
            st.markdown(r"$$\hat y = w_1 x_1 + w_2 x_2$$")
        takeaway("The predictions can stay what they are. What must happen to w₁, and to w₂?")
        return
    show(planes.then(cached.surface(then, -reach, reach, 100), fit, best))
    show_verdict(judge(units_question(source), w, every_minimum(k)))
    before_shape, after_shape = cached.spectrum(source), cached.spectrum(then)
    with worked_out():
        st.markdown(
            rf"$$w_1 \cdot x_1 = ({k}\,w_1) \cdot \dfrac{{x_1}}{{{k}}} \qquad \text{{curvature along }} w_1\text{{: }} "
            rf"{tex(before_shape.hessian[0, 0])} \;\to\; {tex(after_shape.hessian[0, 0])}$$"
        )
    takeaway(
        f"{bottom(best)} Along w₁ the bowl is {k} times as long, so its curvature there is {k}² times as small. "
        f"{new_shape(before_shape.condition, after_shape.condition)}"
    )
    numbers = {"minimum then": best.w.tolist(), "excess loss of the pin": fit.mse - best.mse}
    behind("two_weights/what_do_units_do", source, numbers, k=k, w=w, reach=reach)


def times(w1: float, reach: float) -> int:
    """By how much the unit of x₁ grows: as much as keeps w₁ well inside the picture. A reach always has room for 2."""
    return next(k for k in (10, 5, 2) if k * abs(w1) <= 0.85 * reach)


def units_question(source: Source) -> Question:
    """The prediction about the unit of x₁, with its answer and its misconceptions."""
    today, reach = cached.minimum(source), cached.reach(source)
    k = times(today.w[0], reach)
    then = source._replace(x_times=1 / k)
    return Question(cached.minimum(then), cached.spectrum(then).hessian, reach, unit_slips(k, today, reach))


def unit_slips(k: int, today: Minimum, reach: float) -> tuple[Slip, ...]:
    """The misconceptions about a unit k times as large, and where each puts the minimum. In a valley, who expects no
    move may stand anywhere on it."""
    w1, w2 = (float(each) for each in today.w)
    stays = f"You expect no move. But w₁ says what one unit of x₁ brings, and that unit is now {k} times as large."
    not_its_weight = "You moved w₂. It belongs to x₂, whose unit is what it was."
    ends: list[tuple[float, ...]] = [
        (w1 + far * v1, w2 + far * v2) for v1, v2 in today.flat.tolist() for far in (-3 * reach, 3 * reach)
    ]
    return (
        *(Slip(TODAY, (w1, w2), stays, end) for end in ends or [()]),
        Slip(
            f"where w₁ is divided by {k}",
            (w1 / k, w2),
            "That is the other way. Each of the fewer units must bring more, not less.",
        ),
        Slip(f"where w₂ becomes {k} times as large", (w1, k * w2), not_its_weight),
        Slip(f"where w₂ is divided by {k}", (w1, w2 / k), not_its_weight),
        Slip(
            f"where both weights become {k} times as large",
            (k * w1, k * w2),
            "You moved both. Only the unit of x₁ has changed.",
        ),
    )


def every_minimum(k: int) -> str:
    """What holds wherever the pin is."""
    return f"For w₁·x₁ to stay what it is, every minimum gets a w₁ {k} times as large and keeps its w₂."


def new_shape(before: float, after: float) -> str:
    """What another unit did to the shape, by the condition numbers before and after."""
    if not isfinite(after):
        return "The valley turns. The shortest pair is another one, because length is measured in the new units."
    if num(before) == num(after):
        return f"The condition number happens to stay {num(after)}: by another factor, it would not."
    return (
        f"The condition number goes from {num(before)} to **{num(after)}**: units alone can make a bowl rounder or "
        f"thinner."
    )


def check_yourself() -> None:
    """
    ### Check yourself

    Four questions about this lesson: the curvature of a cut, the rise along an axis, the gradient, and valleys. The
    first two are about the data you chose, so other data have other answers.
    """
    quiz("two_weights", dataset(2), CHECKS)


PREDICTIONS = (
    Prediction("down", "Which way is down?", which_way_is_down, "two_weights/which_way_is_down"),
    Prediction("units", "What do units do?", what_do_units_do, "two_weights/what_do_units_do"),
)


def curvature_of_a_cut(source: Source) -> Number:
    """What is the curvature along the first weight?"""
    shape = cached.spectrum(source)
    flat, steep = shape.values
    return Number(
        "What is the curvature of a cut along w₁?",
        cut_it,
        shape.hessian[0, 0],
        (
            (shape.hessian[0, 0] / 2, "That is the average of x₁². The curvature is twice that."),
            (steep, "That is the curvature in the steepest direction, which need not be along w₁."),
            (flat, "That is the curvature in the flattest direction, which need not be along w₁."),
            (shape.hessian[1, 1], "That is the cut along w₂."),
        ),
    )


def rise_along_the_steepest(source: Source) -> Number:
    """By how much does the loss rise along the steepest axis?"""
    off, (flat, steep) = 0.1 * cached.reach(source), cached.spectrum(source).values
    return Number(
        f"Start at a minimum and go {num(off)} in the steepest direction. By how much does the loss rise?",
        read_the_rings,
        steep * off**2 / 2,
        (
            (steep * off**2, "That is the curvature times the step squared. The rise is half of it."),
            (steep * off, "That is the slope where you arrive. The slope grew on the way there from zero."),
            (flat * off**2 / 2, "That is the rise in the flattest direction."),
            (steep * off**2 / 2 + cached.minimum(source).mse, "That is the loss where you arrive, not the rise."),
        ),
    )


CHECKS = (
    curvature_of_a_cut,
    rise_along_the_steepest,
    Claims(
        "What holds at **any** pin that is not on the bottom?",
        read_the_rings,
        (
            Claim(
                "The gradient is square to the ring through the pin.",
                True,
                "True: along the ring the loss does not change, so the steepest way has no part along it.",
            ),
            Claim(
                "Against the gradient, the way leads straight to the minimum.",
                False,
                "False: it does in a round bowl, from an axis of the rings, and in a valley, to the nearest "
                "minimum. Elsewhere it misses.",
            ),
            Claim(
                "Twice as far from the minimum, on the same straight line, the gradient is four times as long.",
                False,
                "False: the excess loss is four times as large; the slope grows in step with the distance.",
            ),
            Claim(
                "Only the cut along the gradient is a parabola.",
                False,
                "False: every straight cut through this loss is one, or a straight line along a valley.",
            ),
        ),
    ),
    Claims(
        "One feature is exactly twice another. What follows?",
        troughs_make_the_bowl,
        (
            Claim(
                "The loss has no minimum.",
                False,
                "False: it has more than enough of them, a whole line.",
            ),
            Claim(
                "All minima make the same predictions.",
                True,
                "True: along the valley, what one weight gains the other gives back.",
            ),
            Claim(
                "Enough more points of the same kind would close the valley.",
                False,
                "False: their troughs all run the same way, and an average of them runs that way too.",
            ),
            Claim(
                "The condition number is infinite.",
                True,
                "True: the flattest curvature is 0, and the steepest is divided by it.",
            ),
        ),
    ),
)

NOTES = {
    sample_the_plane: Note(
        4,
        "A hundred samples for each weight, and ten weights: how many losses is that?",
        "Ten hundreds multiplied together: a 1 with twenty zeros.",
        "A thousand. That tries one weight at a time, and the weights depend on each other.",
    ),
    read_the_rings: Note(
        4,
        "Which way is steepest uphill from the pin? Does the opposite way lead to the star?",
        "Square to the ring. Its opposite meets the star only if the pin is on an axis of the rings.",
        "Downhill always points at the star. That is so in a round bowl only.",
    ),
    cut_it: Note(
        4,
        "I cut through the pin in any direction you like. Can the edge have two dips?",
        "No. Every straight cut is a parabola, or a level line along a valley.",
        "Yes, at a slant. But the loss along any straight line is that of one weight again.",
    ),
    troughs_make_the_bowl: Note(
        4,
        "How many points does it take until two weights have one answer?",
        "Two, if their troughs cross. If all troughs run the same way, no number is enough.",
        "As many as possible. But more points of the same kind leave the same valley.",
    ),
    predict: Note(
        5,
        "Point with your arm: which way is down from here?",
        "Square to the ring, to its darker side.",
        "Straight at the star. The star says where the loss is lowest, the ring at the pin where it falls fastest.",
    ),
    check_yourself: Note(
        4,
        "One feature is twice another. What is the minimum?",
        "A whole line of minima, and all of them predict the same.",
        "There is none, or more data would find it. Their troughs all run the same way.",
    ),
}

LESSON = Lesson(
    name="two_weights",
    title="Two weights",
    claim="The loss is a landscape",
    goal="read a contour map of a loss, find its minimum or its valley, and tell a round bowl from a thin one",
    icon=":material/landscape:",
    minutes=25,
    weights=2,
    steps=(sample_the_plane, read_the_rings, cut_it, troughs_make_the_bowl, predict, check_yourself),
    notes=NOTES,
    predictions={predict: PREDICTIONS},
    checks={check_yourself: CHECKS},
)
