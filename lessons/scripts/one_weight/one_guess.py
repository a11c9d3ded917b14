"""One guess, one number: the loss of a line through the origin."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)

# %% The loss: errors, squared and averaged
w = 0.5
x = X[:, 0]
predicted = w * x
error = y - predicted
loss = torch.mean(error**2)

# %% The picture: points, line, errors
figure = go.Figure()
for xi, yi, line in zip(x.tolist(), y.tolist(), predicted.tolist(), strict=True):
    figure.add_scatter(x=[xi, xi], y=[yi, line], mode="lines", line_color="#d55e00", showlegend=False)
figure.add_scatter(x=x.tolist(), y=y.tolist(), mode="markers", name="points")
figure.add_scatter(x=x.tolist(), y=predicted.tolist(), mode="lines", name="your line")
figure.update_layout(title=f"Loss {loss:.4g} at w = {w:.4g}", xaxis_title=features[0], yaxis_title=target)
figure.show()

# %% The number on the page
print("loss", loss.item())
