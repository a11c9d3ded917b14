"""Predict: the loss today and after a change of the data."""

# %% The points today, and then
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X_today = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y_today = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([4.0, 8.0, 10.0, 8.0], dtype=torch.float64)


# %% Two losses, two bottoms
def mse(w, X, y):
    """Mean squared error of X w; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1)


def bottom(X, y):
    """The weight of the lowest loss: Σxy / Σx²."""
    return X.T @ y / (X.T @ X)[0, 0]


guess, lo, hi = 0.0, -1.0, 5.0
pin = torch.tensor([guess], dtype=torch.float64)
today, then = bottom(X_today, y_today), bottom(X, y)
excess = mse(pin, X, y) - mse(then, X, y)

# %% The picture
w = torch.linspace(lo, hi, 361, dtype=torch.float64)
figure = go.Figure()
figure.add_scatter(x=w.tolist(), y=mse(w[:, None], X_today, y_today).tolist(), line_dash="dot", name="loss today")
figure.add_scatter(x=w.tolist(), y=mse(w[:, None], X, y).tolist(), name="loss then")
height = mse(pin, X, y).item()
figure.add_scatter(x=[guess], y=[height], mode="markers", marker_size=12, name="your pin")
figure.update_layout(title=f"From {today.item():.4g} to {then.item():.4g}", xaxis_title="weight w", yaxis_title="loss")
figure.show()

# %% The numbers on the page
print("bottom then", then.item())
print("excess loss of the pin", excess.item())
