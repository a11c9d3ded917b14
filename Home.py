"""The cover: what the course teaches, to whom, how long it takes, and the way in."""

import streamlit as st

from pages import ahead

with ahead():
    from engine import cached
    from engine.records import Source
    from lessons.course import COURSE
    from lessons.figures import motion
    from lessons.kit import link
    from lessons.kit.lesson import prose, slug
    from lessons.kit.stage import draw
    from lessons.shell.connection import stay_connected
    from lessons.shell.javascript import bring_javascript
    from lessons.shell.page import TITLE, door, frame, left_off, standing
    from lessons.shell.your_progress import remember, your_progress

BOWL = Source("line", 2)
NAMES = "slope", "intercept"

frame("Cover")
words, picture = st.columns(2, gap="large", vertical_alignment="center")
with words:
    st.title(TITLE, anchor=False)
    st.markdown(
        """
        Fitting a line means finding the bottom of a bowl. This course shows you the bowl: how four points make it, why
        it is round or thin or flat, and what an L2 penalty does to it.

        It is for anyone who has met a straight line and an average. You need no calculus to begin.

        Move something, and watch what changes. Every number you see is computed from the data in front of you.
        """
    )
    minutes = sum(lesson.minutes for lesson in COURSE)
    st.caption(f"{len(COURSE)} lessons, about {minutes} minutes in all")
    if found := left_off():
        lesson, step = found
        label = f"Continue where you left off: {lesson.title}, {prose(step)[0].lower()}"
        query = {link.STEP: slug(step)}
    else:
        lesson, label, query = COURSE[0], "Start with the first lesson", {}
    with st.container(border=True, width="content"):
        st.page_link(door(lesson), label=f"**{label}**", icon=":material/arrow_forward:", query_params=query)
with picture:
    reach, minimum = cached.reach(BOWL), cached.minimum(BOWL)
    n = len(cached.dataset(BOWL).y)
    stages = [cached.part(BOWL, 0, k, -reach, reach, 25) for k in range(1, n + 1)]
    # The key lets the page start it (`shell/js/living.js`).
    with st.container(key="living"):
        draw(motion.growing_bowl(stages, minimum, NAMES))
for column, (number, lesson) in zip(st.columns(len(COURSE)), enumerate(COURSE, 1), strict=True):
    with column, st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container():
            st.subheader(f"{number} · {lesson.title}", anchor=False)
            st.markdown(f"**{lesson.claim}.** You will be able to {lesson.goal}.")
            st.caption(f"{lesson.minutes} minutes · {len(lesson.steps)} steps")
        st.page_link(door(lesson), label=f"Open the lesson{standing(lesson)}", icon=lesson.icon)
your_progress()
bring_javascript()
stay_connected()
remember()
