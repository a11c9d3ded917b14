"""What every lesson shares and none repeats.

`lesson` is the record a lesson fills in; `controls`, `words`, `predict` and `quiz` are what its steps are built from;
`page` renders it.
"""
