"""From loop to batch: the same losses, one pair of weights at a time and all at once."""

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

# %% The numbers on the page
print("loop", round(1000 * loop, 1), "ms; batch", round(1000 * batch, 2), "ms; ratio", round(loop / batch))
print("largest difference", (slow - fast).abs().max().item())
