from pages import ahead

with ahead():
    from lessons.l2 import LESSON
    from lessons.shell.page import open_lesson

open_lesson(LESSON)
