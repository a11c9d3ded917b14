"""Sample the plane: the loss of n × n pairs of weights in one batched call."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)


# %% The loss, for one pair or a whole grid of them
def mse(w):
    """Mean squared error of X w; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1)


w, reach, n = (-1.0, 2.0), 5.0, 100
axis = torch.linspace(-reach, reach, n, dtype=torch.float64)
grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1)
losses = mse(grid)
pin = mse(torch.tensor(w, dtype=torch.float64))

# %% The exact minimum; the shortest where many weights share it
best = torch.linalg.lstsq(X, y[:, None], driver="gelsd").solution[:, 0]

# %% The picture, in even steps of the root so that the rings lie evenly apart
figure = go.Figure()
height = (losses - losses.min()).sqrt()
figure.add_contour(x=axis.tolist(), y=axis.tolist(), z=height.tolist(), colorscale="Blues_r", ncontours=15)
figure.add_scatter(x=[w[0]], y=[w[1]], mode="markers", marker_size=14, name="your pin")
figure.add_scatter(x=[best[0].item()], y=[best[1].item()], mode="markers", marker_symbol="star", name="minimum")
figure.update_layout(title="√(loss − lowest)", xaxis_title="w₁", yaxis_title="w₂", yaxis_scaleanchor="x")
figure.show()

# %% The numbers on the page
print("loss at the pin", pin.item())
print("lowest loss on the grid", losses.min().item())
print("lowest loss", mse(best).item())
