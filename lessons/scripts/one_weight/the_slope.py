"""The slope: by a formula, by autograd, and by two losses close together."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)
w, reach = 0.5, 5.0
x = X[:, 0]


# %% The slope by three routes
def mse(w):
    """Mean squared error of one weight, or of a column of them."""
    return torch.mean((y - w * x) ** 2, dim=-1)


formula = 2 * (x**2).mean() * w - 2 * (x * y).mean()

traced = torch.tensor(w, dtype=torch.float64, requires_grad=True)
mse(traced).backward()

h = 1e-3 * max(abs(w), 1.0)
difference = (mse(w + h) - mse(w - h)) / (2 * h)
print("formula", formula.item(), "autograd", traced.grad.item(), "difference", difference.item())

# %% The slope itself changes everywhere alike: the curvature
curvature = 2 * (x**2).mean()

# %% The picture: the loss and its tangent
grid = torch.linspace(-reach, reach, 300, dtype=torch.float64)
near = torch.tensor([w - 0.4 * reach, w + 0.4 * reach], dtype=torch.float64)
tangent = mse(w) + formula * (near - w)
figure = go.Figure()
figure.add_scatter(x=grid.tolist(), y=mse(grid[:, None]).tolist(), name="loss")
figure.add_scatter(x=near.tolist(), y=tangent.tolist(), name=f"slope {formula:.4g}")
figure.update_layout(title="The slope at your weight", xaxis_title="weight w", yaxis_title="loss")
figure.show()

# %% The numbers on the page
print("slope", formula.item())
print("curvature", curvature.item())
