"""The numbers of the course: pure PyTorch in float64, with no web framework in sight.

`mse` and its L2 form live in `loss`; grids of them in `landscape`; what can be solved exactly in `minimum`.
Every function takes data as (X, y) and answers with a frozen record from `records`.
Only `cached` knows Streamlit.
"""
