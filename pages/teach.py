from pages import ahead

with ahead():
    from lessons.shell.plans import open_plan

open_plan()
