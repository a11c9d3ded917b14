"""Lesson 3. L2: the price of size."""

from __future__ import annotations

import streamlit as st

from engine import cached
from engine.records import Source
from lessons.figures import curves, planes, points
from lessons.kit.controls import dataset, pin, points_table, show, slider, whole
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

    Raise $\lambda$. The star marks the minimum of the loss, the diamond that of the sum: watch them drift apart.
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
    with st.expander("The article’s torch.norm", icon=":material/history:"):
        old, new = cached.norms((shrunk,))
        st.markdown(
            f"The article computes the penalty as `lam * torch.norm(w) ** 2`. PyTorch has deprecated `torch.norm`: it "
            f"takes vectors and matrices alike and may be removed. Write `torch.linalg.vector_norm(w)`, which says "
            f"what it means. Here they give {num(old, 7)} and {num(new, 7)}."
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


def phantom_points() -> None:
    r"""
    ### Phantom points

    There is another way to see L2: as data that nobody measured. Add one invented point for each weight, with target 0
    and only that weight's feature, of size $\sqrt{N\lambda}$. Its squared error is
    $(0 - \sqrt{N\lambda}\,w)^2 = N\lambda w^2$: the penalty, times $N$.

    So plain least squares on the longer table gives the penalised minimum. The larger $\lambda$, the farther out the
    invented point lies, and the harder it pulls the line to zero.
    """
    lam = choose_lam()
    data = cached.dataset(dataset(1))
    plain, found = cached.minimum(dataset(1)), cached.phantom(dataset(1), lam)
    place, w = found.rows[0, 0], found.w[0]
    pair = cached.phantom(dataset(2), lam)
    show(
        points.with_phantom(data, plain.w[0], w, place),
        alt=f"The {len(data.y)} points, an invented point at {data.features[0]} = {num(place)} with target 0, the best "
        f"line without it, ŷ = {num(plain.w[0])} x, and with it, ŷ = {num(w)} x.",
    )
    st.markdown(
        f"With the invented point at **{num(place)}**, plain least squares gives **w = {num(w, 7)}**. The penalised "
        f"loss has its minimum at **w\\*λ = {num(found.penalised[0], 7)}**. Their relative difference is "
        f"{num(found.difference, 2)}. With two weights and two invented points the two ways give {vector(pair.w)} and "
        f"{vector(pair.penalised)}, and their relative difference is {num(pair.difference, 2)}."
    )
    st.markdown(rf"$$\sqrt{{N\lambda}} = \sqrt{{{len(data.y)} \cdot {tex(lam)}}} = {tex(place)}$$")


def which_lambda() -> None:
    r"""
    ### Which λ is yours?

    The same minimum goes by different numbers, because libraries write the same loss differently. Some add the squares
    up instead of averaging them. Some put a ½ in front, so that the derivative has no 2.

    Before you compare your λ with somebody else's, translate it. Each snippet runs as it is, once `X` and `y` are your
    points, and they all end at the same weight.
    """
    lam = choose_lam()
    data = cached.dataset(dataset(1))
    n = len(data.y)
    w = cached.minimum(dataset(1), lam).w[0]
    steep = float(cached.spectrum(dataset(1), lam).values[-1])
    for name, said, snippet in conventions(n, lam, steep):
        with st.container(border=True):
            st.markdown(f"**{name}**: {said}")
            st.code(snippet, language="python")
    lo, hi = sorted((-0.1 * w, 2.1 * w)) if w else (-1.0, 1.0)
    show(
        curves.conventions(cached.curve(dataset(1), lo, hi, 100, lam), w, n),
        alt=f"The same penalised loss averaged, summed and halved: three curves of different height, all lowest at "
        f"w = {num(w, 7)}.",
    )
    st.markdown(f"With N = {n} points and our λ = {num(lam)}, all of them have their minimum at **w = {num(w, 7)}**.")
    st.markdown(rf"$$N\lambda = {n} \cdot {tex(lam)} = {tex(n * lam)} \qquad 2\lambda = {tex(2 * lam)}$$")


def conventions(n: int, lam: float, steep: float) -> list[tuple[str, str, str]]:
    """Name, explanation and code of each way to write the penalty; each snippet turns X and y (tensors) into w."""
    return [
        (
            f"This course, λ = {num(lam)}",
            "the mean of the squares, plus λ‖w‖².",
            f"w = torch.linalg.solve(X.T @ X / {n} + {lam!r} * torch.eye(X.shape[1], dtype=X.dtype), X.T @ y / {n})",
        ),
        (
            f"scikit-learn, alpha = N·λ = {num(n * lam)}",
            "the sum of the squares, plus alpha‖w‖².",
            "from sklearn.linear_model import Ridge\n\n"
            f"w = Ridge(alpha={n * lam!r}, fit_intercept=False).fit(X, y).coef_",
        ),
        (
            f"PyTorch, weight_decay = 2λ = {num(2 * lam)}",
            "added to the gradient as weight_decay · w, and the gradient of λ‖w‖² is 2λw.",
            "w = torch.zeros(X.shape[1], dtype=X.dtype, requires_grad=True)\n"
            f"optimizer = torch.optim.SGD([w], lr={1 / steep!r}, weight_decay={2 * lam!r})\n"
            "for _ in range(100):\n"
            "    optimizer.zero_grad()\n"
            "    torch.mean((y - X @ w) ** 2).backward()\n"
            "    optimizer.step()",
        ),
        (
            f"With a ½ in front, λ = {num(lam)}",
            "half the mean of the squares, plus (λ/2)‖w‖²: everything is halved, so λ stays.",
            f"half = X.T @ X / (2 * {n}) + {lam!r} / 2 * torch.eye(X.shape[1], dtype=X.dtype)\n"
            f"w = torch.linalg.solve(half, X.T @ y / (2 * {n}))",
        ),
    ]


def is_it_worth_it() -> None:
    r"""
    ### Is it worth it?

    On the points it is fitted to, a penalty can only hurt: the plain minimum is the lowest loss there is. It can pay on
    **points it has not seen**, where weights that were bent to follow noise are wrong.

    Here are 60 noisy points with 20 features. Some are used to fit, the others are held out. Every $\lambda$ gives a
    minimum, and both groups judge it. This step brings its own data, so the choice of data changes nothing here.

    Fit with few points, then with many. When does the penalty help?
    """
    left, right = st.columns(2)
    with left:
        train = whole("train", "Points to fit with, of 60", 10, 50, 25)
    with right:
        seed = whole("split", "Seed of the split", 0, 99, 0)
    losses = cached.held_out(Source("many", 20), train, seed)
    at = losses.winner
    least, best = losses.test[0], losses.test[at]
    show(
        curves.training_and_held_out(losses),
        alt=f"Training and held-out loss over λ from 0.0001 to 100 with {train} points to fit. The held-out loss is "
        f"lowest, {num(best)}, at λ = {num(losses.lam[at], 2)}.",
    )
    if at == 0:
        verdict = "On this split the smallest λ wins: the penalty only hurts."
    else:
        verdict = (
            f"Up to there it helps: almost without a penalty the held-out loss is {num(least)}. Beyond it hurts, and "
            f"at λ = 100 the held-out loss is {num(losses.test[-1])}."
        )
    st.markdown(
        f"Fitted to **{train}** of 60 points, the held-out loss is lowest at **λ = {num(losses.lam[at], 2)}**, with "
        f"**{num(best)}**. {verdict} The training loss only rises: from {num(losses.train[0])} to "
        f"{num(losses.train[-1])}."
    )
    st.markdown(
        rf"$$w^\ast_\lambda = \arg\min_w \; \frac{{1}}{{{train}}} \sum_{{\text{{fitted}}}} (y_i - w \cdot x_i)^2"
        r" + \lambda \|w\|^2$$"
    )
    st.markdown(
        rf"$$\text{{held-out loss}} = \frac{{1}}{{{60 - train}}} \sum_{{\text{{others}}}} "
        rf"(y_i - w^\ast_\lambda \cdot x_i)^2 = {tex(best)}$$"
    )


LESSON = Lesson(
    name="l2",
    title="L2",
    claim="The price of size",
    goal="say what an L2 penalty does to the minimum and to the shape of the loss, and by how much",
    icon=":material/compress:",
    minutes=25,
    data=("article", "tips", "line", "pair"),
    steps=(plain_and_penalised, two_landscapes, phantom_points, which_lambda, is_it_worth_it),
)
