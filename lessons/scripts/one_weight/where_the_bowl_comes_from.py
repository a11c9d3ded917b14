"""Where the bowl comes from: one parabola a point, and their average."""

# %% The points
import plotly.graph_objects as go
import torch

features, target = ("x",), "y"
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 5.0, 4.0], dtype=torch.float64)
muted = 0  # the number of a point left out, counted from 1; 0 leaves out none

# %% Each point has a parabola of its own
lo, hi = 0.0, 3.0
x = X[:, 0]
w = torch.linspace(lo, hi, 300, dtype=torch.float64)
parabolas = (y[:, None] - x[:, None] * w) ** 2

# %% The loss is their average, and so it is a parabola too: a w² − 2 b w + c
kept = torch.arange(1, len(y) + 1) != muted
loss = parabolas[kept].mean(0)
a, b, c = (x[kept] ** 2).mean(), (x[kept] * y[kept]).mean(), (y[kept] ** 2).mean()
best = b / a
least = ((y[kept] - best * x[kept]) ** 2).mean()

# %% The picture
figure = go.Figure()
for parabola in parabolas[kept].tolist()[:50]:
    figure.add_scatter(x=w.tolist(), y=parabola, line={"color": "#d55e00", "width": 1}, showlegend=False)
figure.add_scatter(x=w.tolist(), y=loss.tolist(), line={"color": "#1c7ec4", "width": 5}, name="their average")
figure.add_scatter(x=[best.item()], y=[least.item()], mode="markers", marker={"symbol": "star", "size": 14}, name="w*")
figure.update_layout(title=f"Lowest at w = {best:.4g}", xaxis_title="weight w", yaxis_title="squared error")
figure.show()

# %% The numbers on the page
print("w*", best.item())
print("loss at w*", least.item())
