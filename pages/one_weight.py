from pages import ahead

with ahead():
    from lessons.kit.page import open_lesson
    from lessons.one_weight import LESSON

open_lesson(LESSON)
