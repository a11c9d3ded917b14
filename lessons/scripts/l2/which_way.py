"""Predict: which way does the penalised minimum go?"""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)
w, lam, reach = (-1.0, 2.0), 4.7, 5.0


# %% The loss with its penalty, and its minimum: plain least squares with one invented row for each weight
def ridge(w, lam):
    """Mean squared error of X w plus λ‖w‖²; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1) + lam * torch.linalg.vector_norm(w, dim=-1) ** 2


def minimum(lam):
    """The weights of the lowest penalised loss; the shortest where many share it."""
    rows = torch.cat([X, (len(y) * lam) ** 0.5 * torch.eye(2, dtype=X.dtype)])
    targets = torch.cat([y, torch.zeros(2, dtype=y.dtype)])
    return torch.linalg.lstsq(rows, targets[:, None], driver="gelsd").solution[:, 0]


best = minimum(lam)
excess = ridge(torch.tensor(w, dtype=torch.float64), lam) - ridge(best, lam)

# %% The picture: the penalised loss, and the path of its minimum as λ grows
axis = torch.linspace(-reach, reach, 100, dtype=torch.float64)
losses = ridge(torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1), lam)
height = (losses - losses.min()).sqrt()
path = torch.stack([minimum(lam * each) for each in (0, *torch.logspace(-4, 4, 40).tolist())])
figure = go.Figure()
figure.add_contour(x=axis.tolist(), y=axis.tolist(), z=height.tolist(), colorscale="Blues_r", ncontours=15)
figure.add_scatter(x=path[:, 0].tolist(), y=path[:, 1].tolist(), mode="lines", name="ridge path")
for name, (w1, w2) in (("minimum", best.tolist()), ("your pin", w)):
    figure.add_scatter(x=[w1], y=[w2], mode="markers", marker_size=12, name=name)
figure.update_layout(title=f"λ = {lam:.4g}", xaxis_title="w₁", yaxis_title="w₂", yaxis_scaleanchor="x")
figure.show()

# %% The numbers on the page
print("w*λ", *best.tolist())
print("excess loss of the pin", excess.item())
