"""Lesson 3. L2: the price of size."""

from __future__ import annotations

import streamlit as st

from engine import cached
from lessons.figures import curves, planes
from lessons.kit.controls import dataset, pin, points_table, show, slider
from lessons.kit.lesson import Lesson
from lessons.kit.words import num, tex, vector


def choose_lam() -> float:
    """The weight of the penalty, the same in every step."""
    top = cached.lam_reach(dataset(1))
    return slider("lam", "Penalty weight λ", 0.0, top, 0.01 * top)


def plain_and_penalised() -> None:
    r"""
    ### Plain and penalised

    L2 regularisation adds a price for size: $L_\lambda(w) = L(w) + \lambda w^2$. The loss pulls the weight to where the
    data want it. The penalty pulls it to zero. The sum has its minimum in between.

    Raise $\lambda$ from 0. The star marks the minimum of the loss, the diamond that of the sum: watch them drift apart.
    The penalty is a bowl of its own, centred at zero, so the sum is also narrower than the loss alone.
    """
    data = cached.dataset(dataset(1))
    reach = cached.reach(dataset(1))
    lam = choose_lam()
    plain = cached.minimum(dataset(1))
    penalised = cached.minimum(dataset(1), lam)
    w, shrunk = plain.w[0], penalised.w[0]
    near = sorted((-0.1 * w, 1.3 * w)) if w else (-reach, reach)
    views = (("From a distance", -reach, reach), ("Close to the minimum", near[0], near[1]))
    for column, (title, lo, hi) in zip(st.columns(2), views, strict=True):
        with column:
            show(
                curves.plain_and_penalised(cached.curve(dataset(1), lo, hi, 100, lam), plain, penalised, title),
                alt=f"{title}: loss, penalty and their sum over w from {num(lo)} to {num(hi)} at λ = {num(lam)}. "
                f"The loss is lowest at w = {num(w, 7)}, the sum at w = {num(shrunk, 7)}.",
            )
    if lam == 0:
        st.markdown(f"At **λ = 0** there is no price: both minima are at **w\\* = {num(w, 7)}**. Raise λ.")
    else:
        st.markdown(
            f"At **λ = {num(lam)}** the minimum moves from **w\\* = {num(w, 7)}** to **w\\*λ = {num(shrunk, 7)}**: "
            f"{num(abs(shrunk - w))} closer to zero. The plain loss there is {num(penalised.mse)} instead of "
            f"{num(plain.mse)}: that is what a smaller weight costs on this data."
        )
    found = cached.quadratic(dataset(1))
    a, b = found.G[0, 0], found.b[0]
    st.markdown(
        r"$$w^\ast_\lambda = \frac{\overline{xy}}{\overline{x^2} + \lambda}"
        rf" = \frac{{{tex(b)}}}{{{tex(a)} + {tex(lam)}}} = {tex(shrunk, 7)}$$"
    )
    points_table(data)


def two_landscapes() -> None:
    r"""
    ### Two landscapes, one pin

    Here is the same comparison with two weights: the plain loss on the left, the penalised loss on the right. Both
    carry the same pin and the same rings, so equal colours mean equal loss.

    On the article's points the plain loss has a valley: a whole line of minima. Any $\lambda$ above 0, however small,
    bends the valley up into a bowl with one minimum. Move $\lambda$ back to 0 and the two pictures are the same.
    """
    reach = cached.reach(dataset(2))
    lam = choose_lam()
    w1, w2 = pin(("pin1", "pin2"), ("Pin w₁", "Pin w₂"), reach)
    surfaces = [cached.surface(dataset(2), -reach, reach, 100, each) for each in (0.0, lam)]
    minima = [cached.minimum(dataset(2), each) for each in (0.0, lam)]
    fits = [cached.fit_at(dataset(2), (w1, w2), each) for each in (0.0, lam)]
    spectra = [cached.spectrum(dataset(2), each) for each in (0.0, lam)]
    levels = (minima[0].total, float(surfaces[1].total.max()))
    twins = zip(st.columns(2), ("Plain loss", f"Loss with λ = {num(lam)}"), surfaces, minima, fits, strict=True)
    for column, title, surface, minimum, fit in twins:
        with column:
            show(
                planes.contour(surface, fit, minimum, title=title, levels=levels),
                alt=f"{title}: contour over w₁ and w₂ from {num(-reach)} to {num(reach)}. Minimum at "
                f"{vector(minimum.w)}, value {num(minimum.total)}. The pin {vector(fit.w)} is at {num(fit.total)}.",
            )
    plain, penalised = minima
    which = "the shortest of the plain minima is" if len(plain.flat) else "the plain minimum is"
    st.markdown(
        f"At **λ = {num(lam)}** {which} **{vector(plain.w)}** and the penalised minimum is **{vector(penalised.w)}**. "
        f"The pin {vector((w1, w2))} has loss {num(fits[0].total)} plain and {num(fits[1].total)} penalised. "
        f"The condition number κ, the steepest curvature over the flattest, is **{num(spectra[0].condition)}** without "
        f"the penalty and **{num(spectra[1].condition)}** with it."
    )
    low, high = spectra[0].values
    st.markdown(
        r"$$\kappa_\lambda = \frac{h_{\max} + 2\lambda}{h_{\min} + 2\lambda}"
        rf" = \frac{{{tex(high)} + {tex(2 * lam)}}}{{{tex(low)} + {tex(2 * lam)}}} = {tex(spectra[1].condition)}$$"
    )
    points_table(cached.dataset(dataset(2)))


LESSON = Lesson(
    name="l2",
    title="L2",
    claim="The price of size",
    goal="say what an L2 penalty does to the minimum and to the shape of the loss, and by how much",
    icon=":material/compress:",
    minutes=12,
    data=("article", "tips", "line", "pair"),
    steps=(plain_and_penalised, two_landscapes),
)
