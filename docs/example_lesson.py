"""A lesson to copy: to lessons/your_lesson.py, with its line in lessons/course.py and its door in pages/."""

import streamlit as st

from engine import cached
from lessons.figures import curves
from lessons.kit.controls import dataset, slider
from lessons.kit.lesson import Lesson, Note
from lessons.kit.stage import show, takeaway
from lessons.words import average_of_squares, num, tex


def the_price_of_a_guess() -> None:
    r"""
    ### The price of a guess

    This text is what a learner reads, and the code below is what they play with. The **loss** is the price of a guess:
    $$L(w) = \dfrac1N \sum_i (y_i - w\,x_i)^2$$ **Move the weight.** Where does the price stop falling?
    """
    source = dataset(1)
    reach = cached.reach(source)
    w = slider("guessed", "Your weight", -reach, reach, 0.1 * reach)
    fit, best, slopes = cached.fit_at(source, (w,)), cached.minimum(source), cached.slopes(source, (w,))
    show(curves.tangent(cached.curve(source, -reach, reach, 101), fit, best, slopes.closed[0]))
    st.markdown(rf"$$L({tex(w)}) = {average_of_squares(fit.error, fit.mse)}$$")
    takeaway(f"At **w = {num(w)}** the price is **{num(fit.mse)}**. No weight has a lower one than {num(best.mse)}.")


ASK, ANSWER, WRONG = "Where does it stop falling?", "Where the tangent is level.", "Where the line meets a point."

LESSON = Lesson(
    name="your_lesson",
    title="Your lesson",
    claim="What it says in one line",
    goal="say in one clause what one can do after it",
    icon=":material/edit:",
    minutes=5,
    weights=1,
    steps=(the_price_of_a_guess,),
    notes={the_price_of_a_guess: Note(5, ASK, ANSWER, WRONG)},
)
