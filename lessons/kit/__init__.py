"""What steps are made of.

`lesson` is the record a lesson fills in. A step reads `controls`, names its parts to the `stage`, and asks with
`predict` and `quiz`. `scripts` are what a learner takes along, `progress` is what they have done. `session` names all
that a session holds, and `link` what a link may name beside controls.
"""
