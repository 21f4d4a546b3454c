#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python peer of bench_step: lmser-un as one writes it in PyTorch, eager, on one thread.

usage: python_step.py PICTURES STEPS    PICTURES: uint8 [count, 784], nothing else
prints the median time of a step in µs, the processor time of one, and the last loss.

A step is what bench_step's is: the batch gathered from bytes, up, down with shared neurons, hinge loss,
gradient, Adam, the rate's decay, and the loss and the error per pixel as numbers. The shortcut bits are
drawn as well, since the preset has them.
"""
import sys
import time

import numpy as np
import torch

SIZES = (784, 300, 100, 10)
BATCH = 50
LEARNING_RATE, DECAY = 3e-3, 0.9995
SHORTCUT_DROPOUT = 0.05
HINGE_WEIGHT = 0.02
WARM_UP_STEPS = 20


class LmserUn(torch.nn.Module):
    """Tied weights, shared neurons, one reflection."""

    def __init__(self):
        super().__init__()
        pairs = list(zip(SIZES[1:], SIZES[:-1]))
        self.weights = torch.nn.ParameterList([torch.empty(pair) for pair in pairs])
        self.up_biases = torch.nn.ParameterList([torch.zeros(upper) for upper, _ in pairs])
        self.down_biases = torch.nn.ParameterList([torch.zeros(lower) for _, lower in pairs])
        for weight in self.weights:
            torch.nn.init.orthogonal_(weight)

    def forward(self, images, bits):
        z, ups = images, []
        for weight, bias in zip(self.weights, self.up_biases):
            ups.append(torch.nn.functional.linear(z, weight, bias))
            z = torch.relu(ups[-1])
        z = ups[-1]  # the top code is linear
        for i in range(len(ups) - 1, 0, -1):
            u = torch.addmm(self.down_biases[i], z, self.weights[i])
            z = torch.relu(bits * ups[i - 1] + u)
        return torch.addmm(self.down_biases[0], z, self.weights[0])


def hinge(image, reconstruction):
    error = reconstruction - image
    beyond = ((image <= 0) & (reconstruction < 0)) | ((image >= 1) & (reconstruction > 1))
    weight = torch.where(beyond, HINGE_WEIGHT, 1.0)
    return (weight * error * error).mean()


def measure(path, steps):
    torch.manual_seed(1)
    pictures = torch.from_numpy(np.fromfile(path, np.uint8)).view(-1, SIZES[0])
    net = LmserUn()
    adam = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.ExponentialLR(adam, DECAY)
    order, times = torch.randperm(len(pictures)), []
    for t in range(WARM_UP_STEPS + steps):
        if t == WARM_UP_STEPS:
            processor_start = time.process_time()
        start = time.perf_counter()
        places = torch.arange(t * BATCH, (t + 1) * BATCH) % len(pictures)
        images = pictures[order[places]].float().div_(255)
        bits = (torch.rand(BATCH, 1) >= SHORTCUT_DROPOUT).float()
        reconstruction = net(images, bits)
        loss = hinge(images, reconstruction)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        schedule.step()
        with torch.no_grad():
            report = loss.item(), (reconstruction.clamp(0, 1) - images).square().mean().item()
        times.append(time.perf_counter() - start)
    processor_time = (time.process_time() - processor_start) / steps
    print(np.median(times[WARM_UP_STEPS:]) * 1e6, processor_time * 1e6, report[0])


if __name__ == "__main__":
    torch.set_num_threads(1)
    measure(sys.argv[1], int(sys.argv[2]))
