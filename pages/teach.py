from pages import ahead

with ahead():
    from lessons.kit.teach import open_plan

open_plan()
