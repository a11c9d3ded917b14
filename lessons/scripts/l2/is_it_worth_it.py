"""Is it worth it? Training and held-out loss as λ grows."""

# %% The points
from math import ceil, floor, log10

import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0, 6.0, 5.0], dtype=torch.float64)
train, seed = 3, 0
prep = ""  # or "centred", "scaled", "centred,scaled"

# %% Some points to fit with, the others held out
order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
fitted, others = order[:train], order[train:]

# %% The columns prepared by the fitted points alone: the others have not been seen yet
largest = X[fitted].abs().amax(0)
still = X[fitted].amax(0) - X[fitted].amin(0) <= 8 * torch.finfo(X.dtype).eps * largest
if "centred" in prep:
    X = torch.where(still, X, X - X[fitted].mean(0))
    y = y if still.any() else y - y[fitted].mean()
if "scaled" in prep:
    X = torch.where(still, X, X / X[fitted].std(0, correction=0))


# %% The penalised minimum of the fitted points, as plain least squares with one invented row for each weight
def minimum(lam):
    """The weights of the lowest penalised loss on the fitted points."""
    d = X.shape[1]
    rows = torch.cat([X[fitted], (train * lam) ** 0.5 * torch.eye(d, dtype=X.dtype)])
    targets = torch.cat([y[fitted], torch.zeros(d, dtype=y.dtype)])
    return torch.linalg.lstsq(rows, targets[:, None], driver="gelsd").solution[:, 0]


def mse(w, chosen):
    """Mean squared error of the weights on some of the points."""
    return torch.mean((y[chosen] - w @ X[chosen].T) ** 2, dim=-1)


# %% Both losses over six decades of λ, up to where the penalty curves ten times as much as the loss
told = X[fitted][:, X[fitted].any(0)]  # a column of zeros tells nothing
size = (told**2).sum(1).mean().item() / told.shape[1] if told.shape[1] else 1.0
power = 10.0 ** floor(log10(size))
size = next(step * power for step in (1, 2, 5, 10) if step * power >= size * (1 - 1e-12))
top = ceil(log10(size)) + 1
lams = torch.logspace(top - 6, top, 61, dtype=torch.float64)
weights = torch.stack([minimum(lam) for lam in lams.tolist()])
training, held_out = mse(weights, fitted), mse(weights, others)
best = held_out.argmin()

# %% The picture
figure = go.Figure()
figure.add_scatter(x=lams.tolist(), y=training.tolist(), name="training loss")
figure.add_scatter(x=lams.tolist(), y=held_out.tolist(), name="held-out loss", line_dash="dash")
figure.update_layout(title=f"Lowest at λ = {lams[best]:.3g}", xaxis={"title": "λ", "type": "log"}, yaxis_title="loss")
figure.show()

# %% The numbers on the page
print("best λ", lams[best].item())
print("held-out loss", held_out[best].item())
