"""Lesson 2. Two weights: the loss is a landscape."""

from __future__ import annotations

import streamlit as st

from engine import cached
from engine.records import Fit, Minimum
from lessons.figures import planes
from lessons.kit.controls import dataset, points_table, show, show_and_click, slider, whole
from lessons.kit.lesson import Lesson
from lessons.kit.words import bracket, num, plain, polynomial, tex, vector


def choose_pin() -> tuple[float, float]:
    """The learner's pair of weights, the same in every step."""
    reach = cached.reach(dataset(2))
    left, right = st.columns(2)
    with left:
        w1 = slider("w1", "Weight w₁", -reach, reach, -0.2 * reach)
    with right:
        w2 = slider("w2", "Weight w₂", -reach, reach, 0.4 * reach)
    return w1, w2


def bottom(minimum: Minimum) -> str:
    """Where the minimum is, in words: a point, or a line of them and its shortest."""
    if not len(minimum.flat):
        return f"The minimum is the point **w\\* = {vector(minimum.w)}**, with loss **{num(minimum.mse)}**."
    # Along the valley w₁ and w₂ trade one for the other, so that w₁ + trade·w₂ stays the same.
    v1, v2 = minimum.flat[0]
    trade = -v1 / v2
    line = polynomial([(1, "w₁"), (trade, "w₂")])
    return (
        f"The bottom is not a point but a whole line, **{line} = {num(minimum.w[0] + trade * minimum.w[1])}**, "
        f"all of it at loss **{num(minimum.mse)}**. The shortest pair of weights on it is **{vector(minimum.w)}**."
    )


def pinned(fit: Fit) -> str:
    """The loss at the pin, in words."""
    return f"Your pin **{vector(fit.w)}** has loss **{num(fit.mse)}**."


def sample_the_plane() -> None:
    r"""
    ### Sample the plane

    With two features the model is $\hat y = w_1 x_1 + w_2 x_2$. A guess is now a pair of weights: a point in a plane.
    Above every point of the plane stands a loss, so the curve of lesson 1 becomes a landscape. From above, deep blue is
    low, and each ring joins pairs with the same loss.

    Put the pin on the lowest place you can find. Then make the grid coarse. What does it miss?
    """
    data = cached.dataset(dataset(2))
    reach = cached.reach(dataset(2))
    w1, w2 = choose_pin()
    n = whole("grid", "Samples along each axis", 5, 200, 100)
    fit = cached.fit_at(dataset(2), (w1, w2))
    surface = cached.surface(dataset(2), -reach, reach, n)
    minimum = cached.minimum(dataset(2))
    low1, low2, lowest = surface.lowest
    excess = max(0.0, lowest - minimum.mse)

    picture, words = st.columns(2, gap="large")
    with picture:
        show(
            planes.sampled(surface, fit, minimum),
            alt=f"Contour of the loss over w₁ and w₂ from {num(-reach)} to {num(reach)}. {plain(pinned(fit))} "
            f"{plain(bottom(minimum))}",
        )
    with words:
        st.markdown(
            f"{pinned(fit)} {bottom(minimum)} The lowest of the {n} × {n} = {n * n} grid points, the open square, is "
            f"({num(low1)}, {num(low2)}): {num(excess)} above the minimum."
        )
        st.markdown(r"$$L(w_1, w_2) = \frac1N \sum_i (y_i - w_1 x_{i1} - w_2 x_{i2})^2$$")
        terms = [rf"{bracket(error)}^2" for error in fit.error[:4]] + [r"\cdots"] * (len(data.y) > 4)
        st.markdown(
            rf"$$L({tex(w1)}, {tex(w2)}) = \frac{{1}}{{{len(data.y)}}}\left({' + '.join(terms)}\right)"
            rf" = {tex(fit.mse)}$$"
        )
        points_table(data)


def read_the_rings() -> None:
    r"""
    ### Read the rings

    Click anywhere on the map to put the pin there, or use the sliders. The pink ring joins all pairs with the pin's
    loss. The arrow is the **gradient**: it points straight uphill and crosses the ring at a right angle.

    The rings are drawn where $\sqrt{L - L^\ast}$ takes even steps. In a quadratic bowl they then lie evenly apart, each
    the same ellipse at another size. Its dashed axes point in the steepest and the flattest direction. A long thin
    ellipse means that one direction is much flatter than the other. If it is perfectly flat, the ellipses become
    parallel lines and the bowl a valley.
    """
    reach = cached.reach(dataset(2))
    w1, w2 = choose_pin()
    fit = cached.fit_at(dataset(2), (w1, w2))
    surface = cached.surface(dataset(2), -reach, reach, 100)
    minimum = cached.minimum(dataset(2))
    spectrum = cached.spectrum(dataset(2))
    camera = st.segmented_control(
        "Look at the bowl", list(planes.CAMERAS), default="corner", key="camera", bind="query-params", required=True
    )

    left, right = st.columns(2)
    with left:
        show_and_click(
            planes.clickable(
                planes.rings(surface, fit, minimum, spectrum), cached.surface(dataset(2), -reach, reach, 41)
            ),
            alt=f"Contour of the loss over w₁ and w₂ with the ring through the pin and an arrow along the gradient "
            f"{vector(fit.gradient)}. {plain(pinned(fit))} {plain(bottom(minimum))}",
            keys=("w1", "w2"),
            step=reach / 100,
        )
    with right:
        show(
            planes.bowl(surface, fit, minimum, "From the side", planes.CAMERAS.get(camera or "corner")),
            alt=f"The same loss as a surface in space. {plain(pinned(fit))} {plain(bottom(minimum))}",
        )
    flat, steep = spectrum.values
    st.markdown(
        f"{pinned(fit)} {bottom(minimum)} The gradient at the pin is **{vector(fit.gradient)}**. The curvature is "
        f"{num(flat)} in the flattest direction and {num(steep)} in the steepest. Their ratio, the **condition "
        f"number**, is **{num(spectrum.condition)}**."
    )
    (h11, h12), (_, h22) = spectrum.hessian
    st.markdown(
        r"$$H = \frac2N X^{\mathsf T} X = "
        rf"\begin{{pmatrix}} {tex(h11)} & {tex(h12)} \\ {tex(h12)} & {tex(h22)} \end{{pmatrix}}"
        rf"\qquad \text{{eigenvalues }} {tex(flat)} \text{{ and }} {tex(steep)}$$"
    )
    found = cached.quadratic(dataset(2))
    (g11, g12), (_, g22) = found.G
    b1, b2 = found.b
    polynomial_terms = [
        (g11, "w_1^2"),
        (2 * g12, "w_1 w_2"),
        (g22, "w_2^2"),
        (-2 * b1, "w_1"),
        (-2 * b2, "w_2"),
        (found.c, ""),
    ]
    st.markdown(rf"$$L(w_1, w_2) = {polynomial(polynomial_terms)}$$")
    points_table(cached.dataset(dataset(2)))


LESSON = Lesson(
    name="two_weights",
    title="Two weights",
    claim="The loss is a landscape",
    goal="read a contour map of a loss, find its minimum or its valley, and tell a round bowl from a thin one",
    icon=":material/landscape:",
    minutes=12,
    data=("article", "tips", "line", "pair"),
    steps=(sample_the_plane, read_the_rings),
)
