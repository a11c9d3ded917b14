"""Predict: what do units do? The loss before and after one feature changes its unit."""

# %% The points, and the unit of the first feature becoming k times as large
import plotly.graph_objects as go
import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)
k, w, reach = 2, (-1.0, 2.0), 5.0
then = X * torch.tensor([1 / k, 1.0], dtype=torch.float64)


# %% The loss and its minimum; the shortest where many weights share it
def mse(w, X):
    """Mean squared error of X w; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1)


def minimum(X):
    """The weights of the lowest loss."""
    return torch.linalg.lstsq(X, y[:, None], driver="gelsd").solution[:, 0]


best = minimum(then)
pin = torch.tensor(w, dtype=torch.float64)
excess = mse(pin, then) - mse(best, then)

# %% The picture
axis = torch.linspace(-reach, reach, 100, dtype=torch.float64)
losses = mse(torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1), then)
height = (losses - losses.min()).sqrt()
figure = go.Figure()
figure.add_contour(x=axis.tolist(), y=axis.tolist(), z=height.tolist(), colorscale="Blues_r", ncontours=15)
for name, (w1, w2) in (("before", minimum(X).tolist()), ("then", best.tolist()), ("your pin", w)):
    figure.add_scatter(x=[w1], y=[w2], mode="markers", marker_size=12, name=name)
figure.update_layout(title="In the new unit", xaxis_title="w₁", yaxis_title="w₂", yaxis_scaleanchor="x")
figure.show()

# %% The numbers on the page
print("minimum then", *best.tolist())
print("excess loss of the pin", excess.item())
