"""Phantom points: an L2 penalty is plain least squares on a table with invented rows."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)

# %% One invented point, far out, with target 0
lam = 0.1
x = X[:, 0]
place = (len(y) * lam) ** 0.5
longer_x = torch.cat([x, torch.tensor([place], dtype=x.dtype)])
longer_y = torch.cat([y, torch.tensor([0.0], dtype=y.dtype)])

# %% Plain least squares, without it and with it
plain = x @ y / (x @ x)
shrunk = longer_x @ longer_y / (longer_x @ longer_x)

# %% The picture
ends = torch.tensor([0.0, longer_x.abs().max().item()], dtype=x.dtype) * (1 if x.sum() >= 0 else -1)
figure = go.Figure()
figure.add_scatter(x=x.tolist(), y=y.tolist(), mode="markers", name="points")
figure.add_scatter(x=[place], y=[0], mode="markers", marker={"symbol": "circle-open", "size": 14}, name="invented")
figure.add_scatter(x=ends.tolist(), y=(plain * ends).tolist(), line_dash="dash", name="without it")
figure.add_scatter(x=ends.tolist(), y=(shrunk * ends).tolist(), name="with it")
figure.update_layout(title=f"λ = {lam:.4g}", xaxis_title=features[0], yaxis_title=target)
figure.show()

# %% The numbers on the page
print("invented point at", place)
print("w*λ", shrunk.item())
