"""From loop to batch: the same losses, one pair of weights at a time, all at once, and from the data boiled down."""

# %% The points and the grid
from time import perf_counter

import torch

features, target = ("x₁", "x₂"), "y"
X = torch.tensor([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], dtype=torch.float64)
y = torch.tensor([2.0, 4.0, 6.0], dtype=torch.float64)
reach, n = 5.0, 100
axis = torch.linspace(-reach, reach, n, dtype=torch.float64)

# %% The article's loop
start = perf_counter()
slow = torch.zeros(n, n, dtype=torch.float64)
for j in range(n):
    for i in range(n):
        w = torch.stack([axis[i], axis[j]])
        slow[j, i] = torch.mean((y - X @ w) ** 2)
loop = perf_counter() - start

# %% One batched call
start = perf_counter()
grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1)
fast = torch.mean((y - grid @ X.T) ** 2, dim=-1)
batch = perf_counter() - start

# %% The data boiled down first
start = perf_counter()
triangle = torch.linalg.qr(torch.column_stack([X, y]), mode="r").R / len(y) ** 0.5
small = torch.zeros(n, n, dtype=torch.float64)
for r1, r2, z in triangle.tolist():  # at most three rows, however many points there are
    small += ((z - r1 * axis) - (r2 * axis)[:, None]) ** 2
boiled = perf_counter() - start

# %% The numbers on the page
for way, seconds in (("loop", loop), ("batch", batch), ("boiled down", boiled)):
    print(way, round(1000 * seconds, 2), "ms:", round(loop / seconds), "times as fast as the loop")
print("largest difference", max((slow - fast).abs().max().item(), (slow - small).abs().max().item()))
