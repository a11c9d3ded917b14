"""Lesson 3. L2: the price of size."""

from __future__ import annotations

from math import atan2, degrees, hypot, inf, sqrt

import streamlit as st

from engine import cached
from engine.records import Array, Dataset, HeldOut, Minimum, Phantom, Source, Spectrum
from lessons.figures import curves, motion, palette, planes, points
from lessons.kit.controls import (
    Pin,
    brings_data,
    dataset,
    pin,
    slider,
    together,
    whole,
)
from lessons.kit.lesson import Lesson, Note
from lessons.kit.predict import (
    AT_ZERO,
    FINGER,
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
from lessons.kit.stage import (
    at_pin,
    behind,
    code_to_copy,
    fold,
    leave_room,
    points_table,
    show,
    takeaway,
    worked_out,
)
from lessons.words import bracket, equals, meaning, num, percent, tex, vector, written

PIN = Pin(("pin1", "pin2"), ("Pin w₁", "Pin w₂"))
GUESS = "shrunk"
"""The name in the link of the control for how far w shrinks: a slider and a click move it."""


def choose_lam() -> float:
    """The weight of the penalty, the same in every step."""
    top = cached.lam_reach(dataset(1))
    return slider("lam", "Penalty weight λ", 0.0, top, 0.01 * top)


def choose_pin(reach: float) -> tuple[float, float]:
    """The learner's pair of weights in ±`reach`, the same in every step with two."""
    return pin(PIN, reach)


def one_feature(data: Dataset) -> None:
    """The points of a step with one weight; where the data have two features, which one it uses."""
    if data.origin == cached.dataset(dataset(2)).origin:
        st.caption(f"With one weight, only {data.features[0]} is used, and the line goes through the origin.")
    points_table(data)


MATRIX = ((1, 2), (3, 4))
"""A matrix on which two norms of the same name differ."""


def plain_and_penalised() -> None:
    r"""
    ### Plain and penalised

    L2 regularisation adds a price for size: $L_\lambda(w) = L(w) + \lambda w^2$. The loss pulls the weight to where the
    data want it. The penalty, a bowl of its own, pulls it to zero. The sum has its minimum in between, and is narrower
    than the loss alone.

    **Raise $\lambda$.** The star marks the minimum of the loss, the diamond that of the sum: watch them drift apart.
    """
    source = dataset(1)
    data, reach = cached.dataset(source), cached.reach(source)
    lam = choose_lam()
    plain, penalised = cached.minimum(source), cached.minimum(source, lam)
    w, shrunk = plain.w[0], penalised.w[0]
    show(curves.plain_and_penalised(cached.curve(source, -reach, reach, 300, lam), plain, penalised))
    # Far enough to see two bowls, near enough to see two bottoms.
    half = min(8 * abs(w - shrunk), 1.5 * abs(w)) or 0.5 * abs(w) or reach
    lo, hi = (w + shrunk) / 2 - half, (w + shrunk) / 2 + half
    show(curves.two_bottoms(cached.curve(source, lo, hi, 300, lam), plain, penalised))
    found = cached.quadratic(source)
    a, b = found.G[0, 0], found.b[0]
    again = written(b, 7) / (written(a, 7) + written(lam))
    takeaway(how_far_it_moves(plain, penalised, lam))
    with worked_out():
        st.markdown(
            f"The plain loss at the penalised minimum is {num(penalised.mse)} instead of {num(plain.mse)}. There "
            f"{meaning(data.each, data.brings, penalised.w)}."
        )
        st.markdown(
            r"$$w^\ast_\lambda = \dfrac{\overline{xy}}{\overline{x^2} + \lambda}"
            rf" = \dfrac{{{tex(b, 7)}}}{{{tex(a, 7)} + {tex(lam)}}} {equals(again, shrunk, 7)} {tex(shrunk, 7)}$$"
        )
        old_norm(shrunk)
        one_feature(data)
    behind("l2/plain_and_penalised", source, {"w*": w, "w*λ": shrunk}, lam=lam, reach=reach)


def old_norm(w: float) -> None:
    """What became of the article's torch.norm, at the weight w, on demand."""
    inside = fold("The article’s torch.norm", "history", "norm")
    if inside is None:
        return
    old, new = cached.norms((w,))
    frobenius, largest = cached.matrix_norms(MATRIX)
    inside.markdown(
        f"The article computes the penalty as `lam * torch.norm(w) ** 2`. PyTorch no longer looks after "
        f"`torch.norm`. And for a matrix its words mean two things: for `A = {[list(row) for row in MATRIX]}`, "
        f"`torch.norm(A, 2)` is {num(frobenius)} and `torch.linalg.norm(A, 2)` is {num(largest)}. Write "
        f"`torch.linalg.vector_norm(w)`, which says what it means. For this w the old and the new call give "
        f"{num(old, 7)} and {num(new, 7)}."
    )


def how_far_it_moves(plain: Minimum, penalised: Minimum, lam: float) -> str:
    """How far λ moves the minimum of one weight, in words."""
    w, shrunk = plain.w[0], penalised.w[0]
    if lam == 0:
        return f"At **λ = 0** there is no price: both minima are at **w\\* = {num(w, 7)}**. Raise λ."
    if w == 0:
        return (
            f"At **λ = {num(lam)}** both minima are at **w\\* = 0**. There the penalty wants the weight too, so no λ "
            f"moves it."
        )
    return (
        f"At **λ = {num(lam)}** the minimum moves from **w\\* = {num(w, 7)}** to **{num(shrunk, 7)}**: "
        f"{num(abs(shrunk - w))} closer to zero."
    )


def two_landscapes() -> None:
    r"""
    ### Two landscapes, one pin

    With two weights the penalty is $\lambda\|w\|^2 = \lambda(w_1^2 + w_2^2)$. Plain and penalised loss carry the same
    pin, and equal colours mean equal loss. A valley has a whole line of minima. Any $\lambda$ above 0, however small,
    bends it up into a bowl with one.

    The green line is the **ridge path**: where the minimum goes as $\lambda$ grows from 0 without end.

    **Raise $\lambda$. What becomes of the rings?**
    """
    source = dataset(2)
    reach = cached.reach(source)
    lam = choose_lam()
    w = choose_pin(reach)
    highest = float(cached.surface(source, -reach, reach, 100, lam).total.max())
    plain, penalised = (cached.minimum(source, each) for each in (0.0, lam))
    pin_plain, pin_penalised = (cached.fit_at(source, w, each).total for each in (0.0, lam))
    bare, priced = (cached.spectrum(source, each) for each in (0.0, lam))
    path = cached.ridge_path(source, lam)
    for name, price, title, mark in (
        ("plain", 0.0, "Plain loss", palette.STAR),
        ("penalised", lam, f"Loss with λ = {num(lam)}", palette.DIAMOND),
    ):
        surface = cached.surface(source, -reach, reach, 100, price)
        fit, minimum = cached.fit_at(source, w, price), cached.minimum(source, price)
        twin = planes.twin(surface, fit, minimum, path, title=title, levels=(plain.total, highest), mark=mark)
        show(twin, put=at_pin(PIN, reach), name=name)
    with worked_out():
        st.markdown("Play the path, and watch the rings become round.")
        show(
            motion.ridge_path(path, bare, lam, reach),
            caption="Playing moves the picture. The words speak of the λ on the slider.",
        )
        st.markdown(f"The pin {vector(w)} has loss {num(pin_plain)} plain and {num(pin_penalised)} penalised.")
        rounder(bare, priced, lam)
        points_table(cached.dataset(source))
    which = "the shortest of the plain minima is" if len(plain.flat) else "the plain minimum is"
    takeaway(
        f"At **λ = {num(lam)}** {which} **{vector(plain.w)}** and the penalised minimum is **{vector(penalised.w)}**. "
        f"The condition number is **{num(bare.condition)}** without it and **{num(priced.condition)}** with it."
    )
    numbers = {
        "w*λ": penalised.w.tolist(),
        "penalised loss at the pin": pin_penalised,
        "condition number": priced.condition,
    }
    behind("l2/two_landscapes", source, numbers, w=w, lam=lam, reach=reach)


def rounder(plain: Spectrum, penalised: Spectrum, lam: float) -> None:
    """What the penalty adds to the curvatures, and so to the condition number."""
    low, high = plain.values
    st.markdown(
        "The penalty adds 2λ to every curvature. A flat direction gains the most for its size, so the condition "
        "number κ, the steepest curvature over the flattest, falls towards 1:"
    )
    st.markdown(r"$$\kappa_\lambda = \dfrac{h_{\max} + 2\lambda}{h_{\min} + 2\lambda}$$")
    above, below = written(high) + written(2 * lam), written(low) + written(2 * lam)
    fraction = rf"= \dfrac{{{tex(high)} + {tex(2 * lam)}}}{{{tex(low)} + {tex(2 * lam)}}}" if below else ""
    said = equals(above / below, penalised.condition) if below else "="
    st.markdown(rf"$${fraction} {said} {tex(penalised.condition)}$$")


def phantom_points() -> None:
    r"""
    ### Phantom points

    L2 can be seen as **phantom points**, data that nobody measured: one invented point for each weight, with target 0
    and only that weight's feature, of size $\sqrt{N\lambda}$. Its squared error is $(0 - \sqrt{N\lambda}\,w)^2 =
    N\lambda w^2$: the penalty, times $N$. So plain least squares on the longer table gives the penalised minimum.

    **Raise $\lambda$.** The farther out the invented point lies, the harder it pulls the line to zero.
    """
    source = dataset(1)
    lam = choose_lam()
    data = cached.dataset(source)
    plain, found = cached.minimum(source), cached.phantom(source, lam)
    place, w = found.rows[0, 0], found.w[0]
    show(points.with_phantom(data, plain.w[0], w, place))
    takeaway(
        f"With the invented point at **{num(place)}**, plain least squares gives **w = {num(w, 7)}**. The penalised "
        f"loss has its minimum at **{num(found.penalised[0], 7)}**."
    )
    with worked_out():
        again = equals(sqrt(len(data.y) * written(lam)), place)
        st.markdown(rf"$$\sqrt{{N\lambda}} = \sqrt{{{len(data.y)} \cdot {tex(lam)}}} {again} {tex(place)}$$")
        st.markdown(
            f"They differ by {num(found.difference, 2)} of their size: that is rounding. "
            f"{with_two_weights(cached.phantom(dataset(2), lam))}"
        )
        one_feature(data)
    behind("l2/phantom_points", source, {"invented point at": place, "w*λ": w}, lam=lam)


def with_two_weights(pair: Phantom) -> str:
    """Whether the two ways still agree with two weights, and what parts them where they do not."""
    if pair.difference < 1e-6:
        return (
            f"With two weights and two invented points both ways give {vector(pair.w)}, to {num(pair.difference, 2)} "
            f"of its size."
        )
    return (
        f"With two weights, plain least squares gives {vector(pair.w)} and the normal equations "
        f"{vector(pair.penalised)}. The features are so nearly multiples of one another that rounding decides."
    )


def which_lambda() -> None:
    """
    ### Which λ is yours?

    The same minimum goes by different numbers, because libraries write the same loss differently. Some add the squares
    up instead of averaging them. Some put a ½ in front, so that the slope has no 2.

    **Translate your λ before you compare it with somebody else's.** Each snippet below runs as it is, once `X` and `y`
    are your points, and they all end at the same weight.
    """
    source = dataset(1)
    lam = choose_lam()
    n = len(cached.dataset(source).y)
    minimum = cached.minimum(source, lam)
    w = minimum.w[0]
    steep = float(cached.spectrum(source, lam).values[-1])
    lo, hi = sorted((-0.1 * w, 2.1 * w)) if w else (-1.0, 1.0)
    show(curves.conventions(cached.curve(source, lo, hi, 300, lam), minimum, n))
    takeaway(f"With N = {n} points and our λ = {num(lam)}, all four end at **w = {num(w, 7)}**.")
    with worked_out():
        again, twice = equals(n * written(lam), n * lam), equals(2 * written(lam), 2 * lam)
        st.markdown(
            rf"$$N\lambda = {n} \cdot {tex(lam)} {again} {tex(n * lam)} \qquad "
            rf"2\lambda {twice} {tex(2 * lam)}$$"
        )
        for name, said, snippet in conventions(n, lam, steep):
            code_to_copy(name, said, snippet)
        other_weight_decay()
    behind("l2/which_lambda", source, {"w*λ": w}, lam=lam)


def other_weight_decay() -> None:
    """Where three optimisers end with one weight_decay, on demand."""
    if inside := fold("Not every weight_decay is this one", "alt_route", "weight decay"):
        ends = cached.by_weight_decay(1.0)
        inside.markdown(
            f"`SGD` and `Adam` add weight_decay · w to the gradient. `AdamW` takes it off the weight, beside a step "
            f"whose size does not follow the gradient’s. That is another penalty. On the article’s points with λ = 1, "
            f"so weight_decay = 2, SGD ends at {num(ends['SGD'])} and Adam at {num(ends['Adam'])}, where our penalty "
            f"has its minimum. AdamW ends at {num(ends['AdamW'], 3)}."
        )


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
            f"PyTorch’s SGD and Adam, weight_decay = 2λ = {num(2 * lam)}",
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


ENOUGH = 20
"""With fewer points there is nothing to hold out: the step then brings data of its own."""


def is_it_worth_it() -> None:
    r"""
    ### Is it worth it?

    On the points that the weights are fitted to, a penalty can only hurt. It can pay on **points not seen**, where
    weights that were bent to follow noise are wrong. So some points are used to fit, and the others are held out. Every
    $\lambda$ gives a minimum, and both groups judge it.

    **Try other splits and other numbers of points.** Is it always the same $\lambda$ that wins?
    """
    source = enough_points()
    # As they were noted: centring and scaling may look at the fitted points only, so they come after the split.
    noted = source._replace(prep="intercept" if "intercept" in source.prep else "")
    data = cached.dataset(noted)
    n = len(data.y)
    train, seed = together(
        lambda: whole("train", f"Points to fit with, of {n}", 10, n - 10, min(25, n // 2)),
        lambda: whole("split", "Seed of the split", 0, 99, 0),
    )
    losses = cached.held_out(source, train, seed)
    lam, best = losses.lam[losses.winner], losses.test[losses.winner]
    show(curves.training_and_held_out(losses, train, n))
    takeaway(
        f"Fitted to **{train}** of {n} points, the held-out loss is lowest at **λ = {num(lam, 2)}**, with "
        f"**{num(best)}**. {worth(losses)}"
    )
    with worked_out():
        st.markdown(promised_and_kept(losses))
        st.markdown(
            "The $w$ at which the penalised loss of the fitted points is smallest is written $\\arg\\min$. The others "
            "judge it:"
        )
        st.markdown(
            rf"$$w^\ast_\lambda = \arg\min_w \; \dfrac{{1}}{{{train}}} \sum_{{\text{{fitted}}}} (y_i - w \cdot x_i)^2"
            r" + \lambda \|w\|^2$$"
        )
        st.markdown(
            rf"$$\text{{held-out loss}} = \dfrac{{1}}{{{n - train}}} \sum_{{\text{{others}}}} "
            rf"(y_i - w^\ast_\lambda \cdot x_i)^2 = {tex(best)}$$"
        )
        if source.prep not in ("", "intercept"):
            st.caption("The columns are prepared by the fitted points alone: the others have not been seen yet.")
        points_table(data)
    numbers = {"best λ": lam, "held-out loss": best}
    behind("l2/is_it_worth_it", noted, numbers, train=train, seed=seed, prep=source.prep)


def enough_points() -> Source:
    """The chosen data with all their features, or noisy ones of the course where these are too few, which is said."""
    source = dataset(max(2, cached.own_features()) if brings_data() else 2)
    if len(cached.dataset(source).y) < ENOUGH:
        source = Source("many", 20)
        st.caption(f"These data have fewer than {ENOUGH} points. Here are 60 noisy ones with 20 features instead.")
    return source


def worth(losses: HeldOut) -> str:
    """What the penalty is worth on points that did not choose it, in words."""
    if idle(losses):
        return "On this split the penalty does not help: the smallest λ is as good as any."
    verb = "saves" if losses.kept >= 0 else "costs"
    return f"Let half of the others choose λ and the other half judge: it {verb} **{percent(abs(losses.kept))}**."


def idle(losses: HeldOut) -> bool:
    """Whether the smallest λ tried is as good as any."""
    least, best = losses.test[0], losses.test[losses.winner]
    return bool(losses.winner == 0 or least - best < 0.0005 * least)


def promised_and_kept(losses: HeldOut) -> str:
    """What the penalty promises on the points that chose it, and what it costs on those fitted."""
    at, least, best = losses.winner, losses.test[0], losses.test[losses.winner]
    said = f"The held-out loss {num(best)} is the lowest. With almost no penalty it is {num(least)}."
    if idle(losses):
        return said
    edge = ""
    if at == len(losses.lam) - 1:
        edge = " It is at the largest λ tried: a larger one may do better still."
    return (
        f"{said}{edge} That looks like {percent((least - best) / least)} saved, but the same points chose this λ. The "
        f"training loss rises from {num(losses.train[0])} to {num(losses.train[at])} there."
    )


def predict() -> None:
    r"""
    ### Predict

    **How far?** With one weight, $\lambda$ grows until the penalty is as steep a bowl as the loss. Where will the
    bottom of their sum be?

    **Which way?** With two weights, does the minimum go straight to zero as $\lambda$ grows, or does its path bend?

    **Put the pin where you expect it, then reveal.** The score is its excess loss.
    """
    ask("l2", "Question", PREDICTIONS)


def how_far() -> None:
    """The first prediction: one weight, and λ as large as the average of x²."""
    source, reach, today = dataset(1), cached.reach(dataset(1)), cached.minimum(dataset(1))
    w, lam = today.w[0], float(cached.quadratic(source).G[0, 0])
    if abs(w) < 1e-9 * reach:
        not_asked(AT_ZERO, cached.kinds(2))
        return
    guess, lo, hi = guess_weight(GUESS, reach, today)
    st.markdown(
        f"**λ becomes {num(lam)}, the average of x².** Without a penalty the minimum is at w\\* = {num(w)}. Your pin "
        f"is at **{num(guess)}**."
    )
    opened = revealed("l2/far", source)
    best, fit = cached.minimum(source, lam), cached.fit_at(source, (guess,), lam)
    before, after = (cached.curve(source, lo, hi, 361, each) for each in (0.0, lam))
    show_guess(GUESS, guess, before, today, (after, best, fit) if opened else None)
    if not opened:
        with worked_out():
            st.markdown(r"$$L_\lambda(w) = L(w) + \lambda w^2$$")
        takeaway("Two bowls are added, one with its bottom at w\\*, one with its bottom at zero. Which pulls harder?")
        return
    question = Question(best, cached.spectrum(source, lam).hessian, reach, far_slips(w))
    show_verdict(judge(question, (guess,), far_elsewhere(guess / w)))
    with worked_out():
        st.markdown(
            r"$$w^\ast_\lambda = \dfrac{\overline{x^2}}{\overline{x^2} + \lambda}\,w^\ast"
            rf" = \dfrac{{{tex(lam)}}}{{{tex(lam)} + {tex(lam)}}} \cdot {bracket(w)}"
            rf" {equals(written(w) / 2, best.w[0])} {tex(best.w[0])}$$"
        )
    takeaway(
        f"The sum has its bottom half way, at **{num(best.w[0])}**. A penalty divides the weight; it does not take "
        f"the same amount off every weight."
    )
    numbers = {"w*λ": best.w[0], "excess loss of the pin": fit.total - best.total}
    behind("l2/how_far", source, numbers, guess=guess, lam=lam, lo=float(lo), hi=float(hi))


NO_MOVE = "You expect no move. But there the loss is flat and the penalty is not."


def far_slips(w: float) -> tuple[Slip, ...]:
    """The misconceptions of the first prediction, and where each puts the minimum. Without a penalty it is at `w`."""
    return (
        Slip(TODAY, (w,), NO_MOVE),
        Slip("zero", (0.0,), "That is the bottom of the penalty alone. There it no longer pulls; the loss does."),
    )


def far_elsewhere(multiple: float) -> str:
    """The reply to a pin at no known place, at this multiple of the minimum without a penalty."""
    up_to = (
        (0, "That is past zero. The penalty pulls to zero and, once there, no farther."),
        (0.5, "Too far. Both bowls are equally steep, so neither wins."),
        (1, "Not far enough. Both bowls are equally steep, so neither wins."),
        (inf, "That is away from zero. A price on its size never makes the one weight larger."),
    )
    return next(reply for end, reply in up_to if multiple <= end)


def which_way() -> None:
    """The second prediction: two weights, and 2λ between the flattest and the steepest curvature."""
    source, reach, today = dataset(2), cached.reach(dataset(2)), cached.minimum(dataset(2))
    if why := way_unasked(source):
        not_asked(why, [kind for kind in cached.kinds(2) if not way_unasked(Source(kind.name, 2))])
        return
    shape = cached.spectrum(source)
    lam = bending(*shape.values)
    w = choose_pin(reach)
    st.markdown(
        f"**λ becomes {num(lam)}.** Without a penalty, {'the shortest' if len(today.flat) else 'the'} minimum is at "
        f"{vector(today.w)}. Your pin is at **{vector(w)}**."
    )
    opened = revealed("l2/way", source)
    best, fit = cached.minimum(source, lam), cached.fit_at(source, w, lam)
    path = cached.ridge_path(source, lam)
    before = planes.without_penalty(cached.surface(source, -reach, reach, 100), cached.fit_at(source, w), today)
    show(before, put=at_pin(PIN, reach))
    if not opened:
        leave_room()
        with worked_out():
            st.markdown(r"$$L_\lambda(w) = L(w) + \lambda (w_1^2 + w_2^2)$$")
        takeaway(
            "The penalty wants w shorter, in every direction alike. How much does the loss object, along its flattest "
            "direction and along its steepest?"
        )
        return
    show(planes.with_penalty(cached.surface(source, -reach, reach, 100, lam), fit, best, path, lam))
    why = STRAIGHT if is_straight(today.w, shape) else BENT
    show_verdict(judge(way_question(source), w, way_elsewhere(w, today, best, why)))
    with worked_out():
        st.markdown("Along an axis of the rings with curvature h, this part of w is left:")
        st.markdown(
            rf"$$\dfrac{{h}}{{h + 2\lambda}} = {tex(left_of(shape.values[0], lam), 3)} \text{{ (flattest)}}, \; "
            rf"{tex(left_of(shape.values[1], lam), 3)} \text{{ (steepest)}}$$"
        )
    takeaway(
        f"The minimum goes from {vector(today.w)} to **{vector(best.w)}**. "
        f"{num(100 * hypot(*best.w) / hypot(*today.w), 3)} % of its length is left. {path_said(today.w, shape, lam)}"
    )
    numbers = {"w*λ": best.w.tolist(), "excess loss of the pin": fit.total - best.total}
    behind("l2/which_way", source, numbers, w=w, lam=lam, reach=reach)


STRAIGHT = "Here zero lies on an axis of the rings, so the path runs straight to it."
BENT = "The penalty takes the larger part of what lies along the flattest axis of the rings, so the path bends."


def bending(flat: float, steep: float) -> float:
    """The λ at which the path has bent most: 2λ between the two curvatures, or as large as the only one."""
    return float(f"{(sqrt(flat * steep) if flat else steep) / 2:.2g}")


def left_of(curvature: float, lam: float) -> float:
    """The part of w that λ leaves along an axis of this curvature: there the slope h·(w − w*) + 2λw is zero."""
    return curvature / (curvature + 2 * lam)


def is_straight(w: Array, shape: Spectrum) -> bool:
    """Whether the path from the plain minimum `w` to zero is straight: the bowl is round, or zero lies on an axis of
    its rings. Along one of the axes there is then nothing of w, or it shrinks as fast as along the other."""
    flat, steep = shape.values
    parts = abs(shape.vectors @ w)
    return bool(min(parts) <= 1e-9 * hypot(*w) or steep - flat <= 1e-9 * steep)


def sets_out(w: Array, shape: Spectrum) -> float:
    """The angle, in degrees, between the start of the path and the flattest axis of the rings.

    Along an axis of curvature h, with a of w in it, a·h/(h + 2λ) has at λ = 0 the slope −2a/h.
    """
    flat, steep = abs(shape.vectors @ w) / shape.values
    return degrees(atan2(steep, flat))


def path_said(w: Array, shape: Spectrum, lam: float) -> str:
    """Whether the path of the minimum bends, and how."""
    if is_straight(w, shape):
        return STRAIGHT
    flat, steep = (num(100 * left_of(curvature, lam), 3) for curvature in shape.values)
    return (
        f"Along the flattest axis of the rings {flat} % of w is left, along the steepest {steep} %, so the path bends. "
        f"It sets out at {num(sets_out(w, shape), 2)}° to the flattest axis."
    )


def way_slips(w: Array, finger: float, straight: bool) -> tuple[Slip, ...]:
    """The misconceptions of the second prediction, and where each puts the minimum. Without a penalty it is at `w`.

    The straight way to zero is one where the path bends. It leaves out its ends, which are other misconceptions.
    """
    w1, w2 = (float(each) for each in w)
    end = finger / hypot(w1, w2)
    ends = [(share * w1, share * w2) for share in (end, 1 - end)]
    return (
        Slip(TODAY, (w1, w2), NO_MOVE),
        Slip("zero", (0.0, 0.0), "That is the bottom of the penalty alone. Only an infinite λ gets there."),
        *(
            ()
            if straight
            else (
                Slip(
                    "the straight line to zero",
                    ends[0],
                    f"You go straight to zero. {BENT}",
                    ends[1],
                ),
            )
        ),
    )


def way_question(source: Source) -> Question:
    """The second prediction about `source`, with its answer and its misconceptions."""
    w, shape, reach = cached.minimum(source).w, cached.spectrum(source), cached.reach(source)
    lam = bending(*shape.values)
    slips = way_slips(w, FINGER * reach, is_straight(w, shape))
    return Question(cached.minimum(source, lam), cached.spectrum(source, lam).hessian, reach, slips)


def way_unasked(source: Source) -> str:
    """Why the second prediction is not asked about `source`; empty where it is."""
    if hypot(*cached.minimum(source).w) < 1e-9 * cached.reach(source):
        return AT_ZERO
    return why_not(way_question(source))


def way_elsewhere(w: tuple[float, float], today: Minimum, best: Minimum, why: str) -> str:
    """The reply to a pin `w` at no known place, where the minimum goes from `today` to `best`; `why` says how."""
    length = hypot(*today.w)
    if hypot(*w) > length:
        which = "the shortest plain minimum" if len(today.flat) else "the plain minimum"
        return f"That is farther from zero than {which}. A penalty makes w shorter."
    to_best = hypot(*best.w)
    beside = abs(w[0] * best.w[1] - w[1] * best.w[0]) / to_best
    along = (w[0] * best.w[0] + w[1] * best.w[1]) / to_best
    # Nearly the same direction, and much farther off along it than beside it.
    if beside < 0.1 * along and beside < abs(along - to_best) / 4:
        return f"The direction from zero is right, the distance is not. {why}"
    return f"Not there. {why}"


def check_yourself() -> None:
    """
    ### Check yourself

    Four questions about this lesson: where the penalty puts the minimum, how others write λ, and what a growing λ does.
    The first two are about the data you chose, so other data have other answers.
    """
    quiz("l2", dataset(1), CHECKS)


PREDICTIONS = (
    Prediction("far", "How far?", how_far, "l2/how_far"),
    Prediction("way", "Which way?", which_way, "l2/which_way"),
)


def penalised_minimum(source: Source) -> Number:
    """Where does the penalty put the minimum of one weight?"""
    found, lam = cached.quadratic(source), 0.2 * cached.lam_reach(source)
    a, b = found.G[0, 0], found.b[0]
    return Number(
        f"With one weight, where is the minimum at λ = {num(lam)}?",
        plain_and_penalised,
        cached.minimum(source, lam).w[0],
        (
            (b / a, "That is the plain minimum, without the penalty."),
            (b / a - lam, "You took λ off the weight. The penalty divides: λ joins the average of x²."),
            (b / a / (1 + lam), "You divided by 1 + λ. That is so only where the average of x² is 1."),
            (b / (a + 2 * lam), "You added 2λ to the average of x². The 2 comes in with both or with neither."),
        ),
        zero=1e-12 * cached.reach(source),
    )


def translated_lambda(source: Source) -> Number:
    """Which number stands for our λ in another library?"""
    n, lam = len(cached.dataset(source).y), 0.2 * cached.lam_reach(source)
    return Number(
        f"Which alpha does scikit-learn’s Ridge need on these {n} points for our λ = {num(lam)}?",
        which_lambda,
        n * lam,
        (
            (lam, "Ridge adds the squares up instead of averaging them, so its penalty must grow too."),
            (lam / n, "The other way: Ridge’s loss is N times ours, so its penalty is too."),
            (2 * lam, "That is PyTorch’s weight_decay."),
            (2 * n * lam, "The 2 belongs to PyTorch’s weight_decay, which is added to a gradient."),
        ),
    )


CHECKS = (
    penalised_minimum,
    translated_lambda,
    Claims(
        "λ grows, whatever the data. What holds?",
        is_it_worth_it,
        (
            Claim(
                "The loss on the points used to fit never falls.",
                True,
                "True: the plain minimum is the lowest there is, and a larger λ never leads back to it.",
            ),
            Claim(
                "The loss on held-out points always falls.",
                False,
                "False: it takes away what followed noise, and also what is true. It depends on the data.",
            ),
            Claim(
                "The length of w never grows.",
                True,
                "True: a longer w would cost more and more, and never gain more.",
            ),
            Claim(
                "No single weight ever grows.",
                False,
                "False: with two weights one may grow for a while as the path bends.",
            ),
        ),
    ),
    Claims(
        "What does the penalty do to the **shape** of the loss?",
        two_landscapes,
        (
            Claim(
                "It takes a large λ to close a valley.",
                False,
                "False: any λ above 0 closes it. A small one makes a long thin bowl, but a bowl.",
            ),
            Claim(
                "It adds 2λ to the curvature in every direction.",
                True,
                "True: the penalty is a round bowl of curvature 2λ.",
            ),
            Claim(
                "It makes the condition number smaller, or leaves a round bowl round.",
                True,
                "True: adding the same to both curvatures brings their ratio nearer to 1.",
            ),
            Claim(
                "It makes the bowl wider, so that the weights have more room.",
                False,
                "False: more curvature is a narrower bowl.",
            ),
        ),
    ),
)

NOTES = {
    plain_and_penalised: Note(
        3,
        "I put a price on size. Where can the new bottom be?",
        "Between zero and the old bottom.",
        "At zero, once λ is large enough. It comes as near as you like and never arrives.",
    ),
    two_landscapes: Note(
        5,
        "How large must λ be to turn a valley into a bowl?",
        "Any λ above zero does it.",
        "Large. But 2λ is added to the flat direction too, and anything above 0 closes it.",
    ),
    phantom_points: Note(
        3,
        "Which invented point would pull the line to zero?",
        "One far out with target 0. The farther out, the harder it pulls.",
        "One at the origin. Every line of this model runs through it, so it pulls nowhere.",
    ),
    which_lambda: Note(
        3,
        "A friend uses the same λ in another library and gets another weight. Who is wrong?",
        "Nobody. One averages the squares and one adds them up. Translate λ first.",
        "One of the libraries. They minimise different losses, both as documented.",
    ),
    is_it_worth_it: Note(
        4,
        "Which λ has the lowest loss on the points used to fit?",
        "λ = 0, always. Only points held out can speak for a penalty.",
        "The λ that wins on the held-out points. Those are other points.",
    ),
    predict: Note(
        4,
        "Straight to zero, or bending? Hands up, then I reveal.",
        "It bends: most is lost along the flattest axis of the rings. It is straight if zero lies on an axis.",
        "Straight, because the penalty pulls straight. But the loss resists more in one direction than in the other.",
    ),
    check_yourself: Note(
        3,
        "What does a larger λ do to the loss on held-out points?",
        "It depends. It takes away what followed noise, which helps, and what is true, which does not.",
        "It always lowers it, or always raises it. Only on the fitted points is there an always: it never lowers it.",
    ),
}

LESSON = Lesson(
    name="l2",
    title="L2",
    claim="The price of size",
    goal="say what an L2 penalty does to the minimum and to the shape of the loss, and by how much",
    icon=":material/compress:",
    minutes=25,
    weights=2,
    steps=(
        plain_and_penalised,
        two_landscapes,
        phantom_points,
        which_lambda,
        is_it_worth_it,
        predict,
        check_yourself,
    ),
    notes=NOTES,
    predictions={predict: PREDICTIONS},
    checks={check_yourself: CHECKS},
)
