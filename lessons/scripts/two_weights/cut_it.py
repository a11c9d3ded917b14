"""Cut it: every straight cut through the landscape is a parabola."""

# %% The points
from math import cos, radians, sin

import plotly.graph_objects as go
import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)


# %% The loss along a line through the pin
def mse(w):
    """Mean squared error of X w; the last axis of w holds the weights of one model."""
    return torch.mean((y - w @ X.T) ** 2, dim=-1)


w, angle, reach = (-1.0, 2.0), 45, 5.0
pin = torch.tensor(w, dtype=torch.float64)
hessian = 2 / len(y) * X.T @ X
distance = torch.linspace(-reach, reach, 101, dtype=torch.float64)
figure = go.Figure()
for name, degrees in (("along w₁", 0), ("along w₂", 90), (f"at {angle}°", angle)):
    v = torch.tensor([cos(radians(degrees)), sin(radians(degrees))], dtype=torch.float64)
    cut = mse(pin + distance[:, None] * v)
    figure.add_scatter(x=distance.tolist(), y=cut.tolist(), name=name)
    print("curvature", name.replace(" ", "_"), (v @ hessian @ v).item())

# %% The picture
figure.update_layout(title="Three cuts", xaxis_title="distance from the pin", yaxis_title="loss")
figure.show()

# %% The number on the page
print("loss at the pin", mse(pin).item())
