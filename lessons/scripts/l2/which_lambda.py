"""Which λ is yours? One minimum, and the numbers by which others call its penalty."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)
lam = 0.1
n, eye = len(y), torch.eye(X.shape[1], dtype=X.dtype)

# %% The mean of the squares plus λ‖w‖²: this course
mean = torch.linalg.solve(X.T @ X / n + lam * eye, X.T @ y / n)

# %% The sum of the squares plus alpha‖w‖²: scikit-learn's Ridge
alpha = n * lam
total = torch.linalg.solve(X.T @ X + alpha * eye, X.T @ y)

# %% The gradient plus weight_decay · w: PyTorch's optimizers
w = torch.zeros(X.shape[1], dtype=X.dtype, requires_grad=True)
steepest = 2 * torch.linalg.eigvalsh(X.T @ X / n)[-1].item() + 2 * lam
optimizer = torch.optim.SGD([w], lr=1 / steepest, weight_decay=2 * lam)
for _ in range(100):
    optimizer.zero_grad()
    torch.mean((y - X @ w) ** 2).backward()
    optimizer.step()
print("sum", total.item(), "SGD", w.item())

# %% The picture: one bottom, at another height in each convention
grid = mean.item() * torch.linspace(-0.1, 2.1, 300, dtype=torch.float64)
loss = torch.mean((y - grid[:, None] * X[:, 0]) ** 2, dim=-1) + lam * grid**2
figure = go.Figure()
for name, factor in (("sum", n), ("mean", 1), ("half the mean", 0.5)):
    figure.add_scatter(x=grid.tolist(), y=(factor * loss).tolist(), name=name)
figure.update_layout(title="Three heights, one bottom", xaxis_title="weight w", yaxis_type="log")
figure.show()

# %% The number on the page
print("w*λ", mean.item())
