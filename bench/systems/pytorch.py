"""PyTorch on one CPU thread, float32: speaks the protocol of bench/serve.ts."""

import json
import sys
import time

import torch

torch.set_num_threads(1)


def prepare(problem):
    """Returns a function that computes E and its gradients; only the recurrence is a loop."""
    hidden, steps = problem["hiddenSize"], problem["steps"]

    def matrix(name, rows):
        return torch.tensor(problem[name], dtype=torch.float32).reshape(rows, -1)

    weights = [matrix("U", hidden), matrix("W", hidden), matrix("V", problem["outputSize"])]
    for weight in weights:
        weight.requires_grad_()
    U, W, V = weights
    x, y, H_0 = matrix("x", steps), matrix("y", steps), torch.tensor(problem["H_0"], dtype=torch.float32)

    def evaluate():
        # faster here than nn.RNN, rnn_tanh_cell, matmul + add, and cross_entropy
        H, states = H_0, []
        for row in (x @ U.t()).unbind(0):
            H = torch.tanh(torch.addmv(row, W, H))
            states.append(H)
        E = -(y * torch.log_softmax(torch.stack(states) @ V.t(), 1)).sum()
        gradients = torch.autograd.grad(E, weights)
        return E.item(), gradients

    return evaluate


def measure(evaluate, ms, batch):
    """Microseconds per pass, over at least ms milliseconds."""
    start, passes, elapsed = time.perf_counter(), 0, 0.0
    while True:
        for _ in range(batch):
            evaluate()
        passes += batch
        elapsed = time.perf_counter() - start
        if elapsed * 1000 >= ms:
            return elapsed / passes * 1e6


evaluate, batch = None, 1
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "prepare":
        evaluate = prepare(request["problem"])
        batch = max(1, int(500 / measure(evaluate, request["warmUp"], 1)))
        E, (U, W, V) = evaluate()
        answer = {"E": E, **{name: g.flatten().tolist() for name, g in (("U", U), ("W", W), ("V", V))}}
        reply = {"answer": answer, "version": f"{torch.__version__}, float32, 1 thread"}
    else:
        reply = {"us": measure(evaluate, request["ms"], batch)}
    print(json.dumps(reply), flush=True)
