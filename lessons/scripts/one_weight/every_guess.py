"""Every guess, one curve: the loss of many weights at once, and its exact minimum."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)


# %% The loss, for one weight or for a whole grid of them
def mse(w):
    """Mean squared error of X w; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1)


w, lo, hi, count = 0.5, -5.0, 5.0, 100
samples = torch.linspace(lo, hi, count, dtype=torch.float64)
losses = mse(samples[:, None])
lowest = samples[losses.argmin()]

# %% The exact minimum needs no samples
x = X[:, 0]
best = x @ y / (x @ x)
least = mse(best[None])

# %% The picture
figure = go.Figure()
figure.add_scatter(x=samples.tolist(), y=losses.tolist(), mode="lines+markers", name="loss")
figure.add_scatter(x=[best.item()], y=[least.item()], mode="markers", marker={"symbol": "star", "size": 14}, name="w*")
yours = mse(torch.tensor([w], dtype=torch.float64))
figure.add_scatter(x=[w], y=[yours.item()], mode="markers", marker_size=12, name="your weight")
figure.update_layout(title="Every guess, one curve", xaxis_title="weight w", yaxis_title="loss")
figure.show()

# %% The numbers on the page
print("lowest sample", lowest.item())
print("w*", best.item())
print("loss at w*", least.item())
