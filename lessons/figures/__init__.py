"""Pictures of the course: numbers in, `go.Figure` out, which says of itself what it shows (`palette.described`).

Nothing here computes what the engine could be asked.
"""
