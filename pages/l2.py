from pages import ahead

with ahead():
    from lessons.kit.page import open_lesson
    from lessons.l2 import LESSON

open_lesson(LESSON)
