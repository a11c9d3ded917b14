"""Predict: which way is down? Straight against the gradient."""

# %% The points
from math import cos, radians, sin

import plotly.graph_objects as go
import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)


# %% The gradient at the pin, by autograd
def mse(w):
    """Mean squared error of X w; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1)


w, degrees, reach = (-1.0, 2.0), 90, 5.0
pin = torch.tensor(w, dtype=torch.float64, requires_grad=True)
mse(pin).backward()
steepest = torch.linalg.vector_norm(pin.grad)
yours = torch.tensor([cos(radians(degrees)), sin(radians(degrees))], dtype=torch.float64)

# %% The picture
axis = torch.linspace(-reach, reach, 60, dtype=torch.float64)
losses = mse(torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1))
height = (losses - losses.min()).sqrt()
figure = go.Figure()
figure.add_contour(x=axis.tolist(), y=axis.tolist(), z=height.tolist(), colorscale="Blues_r", ncontours=15)
for name, way in (("steepest down", -pin.grad / steepest), ("yours", yours)):
    there = (pin + 0.35 * reach * way).tolist()
    figure.add_scatter(x=[w[0], there[0]], y=[w[1], there[1]], mode="lines+markers", name=name)
figure.update_layout(title="Down is against the gradient", xaxis_title="w₁", yaxis_title="w₂", yaxis_scaleanchor="x")
figure.show()

# %% The numbers on the page
print("steepest fall", steepest.item())
print("fall your way", -(yours @ pin.grad).item())
