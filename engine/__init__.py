"""The numbers of the course: PyTorch in float64, with no web framework in sight.

- `sets` has the course's data sets, one entry each; `data` has the points that a step runs on.
- `loss` has the mean squared error and its L2 form; `landscape` grids of them; `minimum` what can be solved exactly.
- `penalty` has what a penalty does and what it is worth; `ledger` how each number is known, by several routes.
- `table` reads what visitors bring: from bytes (`rows`) over titles and names (`layout`) to numbers (`numerals`).
- `article` has the source article's own code.

Every function takes data as X (n, d) and y (n,) and answers with a frozen record from `records`. `inputs` refuses what
is no good. Only `cached` knows Streamlit: it is what the lessons call.
"""
