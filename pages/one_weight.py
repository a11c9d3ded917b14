from pages import ahead

with ahead():
    from lessons.one_weight import LESSON
    from lessons.shell.page import open_lesson

open_lesson(LESSON)
