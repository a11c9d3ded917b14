"""The numbers of the course: PyTorch in float64, with no web framework in sight.

`mse` and its L2 form live in `loss`; grids of them in `landscape`; what can be solved exactly in `minimum`; what a
penalty is, does and is worth in `penalty`; how each number is known in `ledger`; the points themselves in `data`, and
what visitors bring in `table`, from bytes (`rows`) over titles and names (`layout`) to numbers (`numerals`); the source
article's own code in `article`.
Every function takes data as (X, y) and answers with a frozen record from `records`.
Only `cached` knows Streamlit.
"""
