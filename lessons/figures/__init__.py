"""Pictures of the course: numbers in, `go.Figure` out. Nothing here computes what the engine could be asked."""
