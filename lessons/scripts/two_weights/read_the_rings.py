"""Read the rings: gradient, Hessian and condition number of a loss of two weights."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)


# %% The loss and its gradient at the pin
def mse(w):
    """Mean squared error of X w; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1)


w, reach = (-1.0, 2.0), 5.0
pin = torch.tensor(w, dtype=torch.float64, requires_grad=True)
mse(pin).backward()
gradient = pin.grad

# %% The Hessian and its eigenvectors, by the singular values of X: they need not be squared to be found
n = len(y)
hessian = 2 / n * X.T @ X
_, sizes, directions = torch.linalg.svd(torch.cat([X, torch.zeros(2, 2, dtype=X.dtype)]), full_matrices=False)
sizes = torch.where(sizes > 1e-14 * sizes[0], sizes, 0.0)  # what is smaller is rounding
curvatures = 2 / n * sizes**2

# %% The picture, in space
axis = torch.linspace(-reach, reach, 100, dtype=torch.float64)
losses = mse(torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1))
figure = go.Figure()
figure.add_surface(x=axis.tolist(), y=axis.tolist(), z=losses.tolist(), colorscale="Blues_r")
figure.add_scatter3d(x=[w[0]], y=[w[1]], z=[mse(pin).item()], mode="markers", name="your pin")
figure.update_layout(title="The loss of two weights", scene={"xaxis_title": "w₁", "yaxis_title": "w₂"})
figure.show()

# %% The numbers on the page
print("gradient", *gradient.tolist())
print("curvatures", *curvatures.flip(0).tolist())
print("condition number", (curvatures[0] / curvatures[1]).item())
