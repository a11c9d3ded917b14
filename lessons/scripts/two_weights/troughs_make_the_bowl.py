"""Troughs make the bowl: one point's squared error is a straight trough, and their average is the loss."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)
k, reach = 2, 5.0

# %% The troughs of the first k points on a grid of weights, and their average
axis = torch.linspace(-reach, reach, 60, dtype=torch.float64)
grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1)
troughs = (y[:k] - grid @ X[:k].T) ** 2
average = troughs.mean(-1)

# %% The flattest curvature of all points together
sizes = torch.linalg.svdvals(torch.cat([X, torch.zeros(2, 2, dtype=X.dtype)]))
flattest = 2 / len(y) * sizes[-1] ** 2 if sizes[-1] > 1e-14 * sizes[0] else torch.tensor(0.0)

# %% The picture
figure = go.Figure()
figure.add_contour(x=axis.tolist(), y=axis.tolist(), z=average.sqrt().tolist(), colorscale="Blues_r", ncontours=15)
title = f"√ of the average of the first {k} troughs"
figure.update_layout(title=title, xaxis_title="w₁", yaxis_title="w₂", yaxis_scaleanchor="x")
figure.show()

# %% The numbers on the page
print("lowest sample of the average", average.min().item())
print("flattest curvature", flattest.item())
