"""Plain and penalised: the loss, the penalty λw², and their sum."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)

# %% The loss and the penalty over many weights
lam, reach = 0.1, 5.0
x = X[:, 0]
w = torch.linspace(-reach, reach, 300, dtype=torch.float64)
loss = torch.mean((y - w[:, None] * x) ** 2, dim=-1)
penalty = lam * w**2  # with several weights: lam * torch.linalg.vector_norm(w) ** 2

# %% The two minima
plain = (x * y).mean() / (x * x).mean()
penalised = (x * y).mean() / ((x * x).mean() + lam)

# %% The picture
figure = go.Figure()
for name, values, dash in (("loss", loss, "solid"), ("penalty", penalty, "dash"), ("sum", loss + penalty, "dot")):
    figure.add_scatter(x=w.tolist(), y=values.tolist(), line_dash=dash, name=name)
figure.add_vline(x=plain.item(), line_width=1).add_vline(x=penalised.item(), line_width=1, line_dash="dot")
figure.update_layout(title=f"λ = {lam:.4g}", xaxis_title="weight w", yaxis_title="loss")
figure.show()

# %% The numbers on the page
print("w*", plain.item())
print("w*λ", penalised.item())
