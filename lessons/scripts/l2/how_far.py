"""Predict: how far does the penalty pull one weight?"""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)
# λ is the average of x²: the penalty is then as steep a bowl as the loss.
guess, lam, lo, hi = 0.0, 7.5, -1.0, 5.0


# %% The loss with its penalty, and its minimum
def ridge(w):
    """Mean squared error of X w plus λ‖w‖²; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1) + lam * torch.linalg.vector_norm(w, dim=-1) ** 2


x = X[:, 0]
best = (x * y).mean() / ((x**2).mean() + lam)
pin = torch.tensor([guess], dtype=torch.float64)
excess = ridge(pin) - ridge(best[None])

# %% The picture
w = torch.linspace(lo, hi, 361, dtype=torch.float64)
figure = go.Figure()
figure.add_scatter(x=w.tolist(), y=ridge(w[:, None]).tolist(), name="loss and penalty")
figure.add_scatter(x=[guess], y=[ridge(pin).item()], mode="markers", marker_size=12, name="your pin")
figure.update_layout(title=f"Lowest at {best:.4g}", xaxis_title="weight w", yaxis_title="penalised loss")
figure.show()

# %% The numbers on the page
print("w*λ", best.item())
print("excess loss of the pin", excess.item())
