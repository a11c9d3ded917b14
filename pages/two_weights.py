from pages import ahead

with ahead():
    from lessons.shell.page import open_lesson
    from lessons.two_weights import LESSON

open_lesson(LESSON)
