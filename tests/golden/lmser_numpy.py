# SPDX-License-Identifier: GPL-3.0-or-later
"""core/DESIGN.md in numpy, float64, with gradients derived by hand: the independent implementation that
reference.py makes its figures with. Nothing here is shared with the C++ code."""
import numpy as np

LEAKY_SLOPE = 0.2
ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON = 0.9, 0.999, 1e-8
HINGE_WEIGHT = 0.02


class Random:
    """SplitMix64, seeded by (seed, purpose, index)."""

    MASK = (1 << 64) - 1
    GAMMA = 0x9E3779B97F4A7C15
    WEIGHTS, SHORTCUTS = 1, 3

    def __init__(self, seed, purpose, index):
        inner = self.mix((seed + self.GAMMA) & self.MASK) ^ purpose
        self.state = self.mix((self.mix(inner) + self.GAMMA * (index + 1)) & self.MASK)

    @classmethod
    def mix(cls, z):
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & cls.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & cls.MASK
        return z ^ (z >> 31)

    def uniform(self):
        self.state = (self.state + self.GAMMA) & self.MASK
        return (self.mix(self.state) >> 11) * 2.0**-53

    def normal(self):
        radius = np.sqrt(-2.0 * np.log(1.0 - self.uniform()))
        return radius * np.cos(2.0 * np.pi * self.uniform())


def initial_weights(kind, rows, columns, seed, index):
    """W [rows, columns] = [out, in] as DESIGN.md draws it."""
    random = Random(seed, Random.WEIGHTS, index)
    if kind == "orthogonal":
        tall = max(rows, columns), min(rows, columns)
        normal = np.array([random.normal() for _ in range(rows * columns)]).reshape(tall)
        q, r = np.linalg.qr(normal)
        q = q * np.sign(np.diag(r))
        return q.T if rows < columns else q
    bound = {
        "xavier": np.sqrt(6 / (columns + rows)),
        "kaiming": np.sqrt(6 / columns),
        "torch": np.sqrt(1 / columns),
    }[kind]
    drawn = [-bound + 2 * bound * random.uniform() for _ in range(rows * columns)]
    return np.array(drawn).reshape(rows, columns)


ACTIVATIONS = {  # name: (s, its derivative as a function of the argument)
    "relu": (lambda a: np.maximum(a, 0), lambda a: (a > 0) * 1.0),
    "leaky-relu": (
        lambda a: np.where(a > 0, a, LEAKY_SLOPE * a),
        lambda a: np.where(a > 0, 1.0, LEAKY_SLOPE),
    ),
    "sigmoid": (
        lambda a: 1 / (1 + np.exp(-a)),
        lambda a: np.exp(-a) / (1 + np.exp(-a)) ** 2,
    ),
    "tanh": (np.tanh, lambda a: 1 - np.tanh(a) ** 2),
}


class Pass:
    """What one reflection computed, by layer: pre-activations and activities on both ways."""

    def __init__(self, layers):
        empty = [None] * (layers + 1)
        self.y, self.u = list(empty), list(empty)
        self.a_up, self.z_up = list(empty), list(empty)
        self.a_down, self.z_down = list(empty), list(empty)


class Net:
    """case: the dictionary of a golden case; parameters: {name: array}, names as in DESIGN.md."""

    def __init__(self, case, parameters):
        self.p = parameters
        self.top = len(case["layers"])
        self.tied, self.shared = case["tied_weights"], case["shared_neurons"]
        self.s, self.s_slope = ACTIVATIONS[case["activation"]]
        self.averages = case["fusion"] == "average"
        self.reflections = case["reflections"] if self.shared else 1

    def share(self, mask):
        """What a signal counts where neurons join two: 1, or 1 by how many of them are there."""
        return 1 / (1 + mask) if self.averages else 1.0

    def up_weight(self, i):
        return self.p[f"link{i}.weight"]

    def down_name(self, i):
        return f"link{i}.weight" if self.tied else f"link{i}.weight_down"

    def perceive(self, images, mask):
        """images [B, n_0], mask [B, 1]; the reflections made, the last one with the answer."""
        passes = []
        for _ in range(self.reflections):
            earlier, now = (passes[-1] if passes else None), Pass(self.top)
            self.go_up(images, mask, earlier, now)
            self.go_down(mask, now)
            passes.append(now)
        return passes

    def go_up(self, images, mask, earlier, now):
        now.z_up[0] = images
        for i in range(1, self.top + 1):
            now.y[i] = now.z_up[i - 1] @ self.up_weight(i).T + self.p[f"link{i}.bias_up"]
            if i == self.top:
                now.z_up[i] = now.y[i]
                continue
            now.a_up[i] = now.y[i]
            if earlier is not None:
                now.a_up[i] = self.share(mask) * (mask * now.y[i] + earlier.u[i])
            now.z_up[i] = self.s(now.a_up[i])

    def go_down(self, mask, now):
        now.z_down[self.top] = now.z_up[self.top]
        for i in range(self.top, 0, -1):
            now.u[i - 1] = now.z_down[i] @ self.p[self.down_name(i)] + self.p[f"link{i}.bias_down"]
            if i == 1:
                continue
            now.a_down[i - 1] = now.u[i - 1]
            if self.shared:
                now.a_down[i - 1] = self.share(mask) * (mask * now.y[i - 1] + now.u[i - 1])
            now.z_down[i - 1] = self.s(now.a_down[i - 1])

    def gradients(self, passes, mask, d_image, d_labels):
        """d_image: dJ/dx̂ [B, n_0]; d_labels: dJ/dz_L [B, n_L], zero outside of the label units."""
        grads = {name: np.zeros_like(value) for name, value in self.p.items()}
        d_u = [0.0] * (self.top + 1)  # what the next pass up asks of this pass's u_i
        d_u[0], d_top = d_image, d_labels
        for r in range(self.reflections - 1, -1, -1):
            d_y = [0.0] * (self.top + 1)
            self.descend_backwards(passes[r], mask, d_u, d_y, d_top, grads)
            d_u = self.climb_backwards(passes[r], mask, d_y, r > 0, grads)
            d_top = 0.0  # an earlier top code acts through the passes after it only
        return grads

    def descend_backwards(self, now, mask, d_u, d_y, d_top, grads):
        for i in range(1, self.top + 1):  # u_{i-1} = V_iᵀ z_i + c_{i-1}, last link first
            if np.isscalar(d_u[i - 1]):  # the image of a pass that is not the last: nobody looks
                d_u[i - 1] = np.zeros_like(now.u[i - 1])
            grads[f"link{i}.bias_down"] += d_u[i - 1].sum(0)
            grads[self.down_name(i)] += now.z_down[i].T @ d_u[i - 1]
            d_z = d_u[i - 1] @ self.p[self.down_name(i)].T
            if i == self.top:
                d_y[i] = d_z + d_top
                continue
            d_a = d_z * self.s_slope(now.a_down[i])
            if self.shared:
                d_y[i] = self.share(mask) * mask * d_a
                d_a = self.share(mask) * d_a
            d_u[i] = d_u[i] + d_a

    def climb_backwards(self, now, mask, d_y, reflected, grads):
        d_u = [0.0] * (self.top + 1)
        for i in range(self.top, 0, -1):  # y_i = W_i z_{i-1} + b_i
            grads[f"link{i}.bias_up"] += d_y[i].sum(0)
            grads[f"link{i}.weight"] += d_y[i].T @ now.z_up[i - 1]
            if i == 1:
                continue
            d_a = (d_y[i] @ self.up_weight(i)) * self.s_slope(now.a_up[i - 1])
            if reflected:
                d_u[i - 1] = self.share(mask) * d_a
                d_a = self.share(mask) * mask * d_a
            d_y[i - 1] = d_y[i - 1] + d_a
        return d_u


def reconstruction_error(kind, image, reconstruction):
    """The loss and its derivative by the reconstruction."""
    e = reconstruction - image
    if kind == "half-sum":
        return 0.5 * (e**2).sum() / len(e), e / len(e)
    weight = np.ones_like(e)
    if kind == "hinge":
        beyond = ((image <= 0) & (reconstruction < 0)) | ((image >= 1) & (reconstruction > 1))
        weight[beyond] = HINGE_WEIGHT
    return (weight * e**2).mean(), 2 * weight * e / e.size


def label_error(kind, logits, labels):
    """The loss and its derivative by the logits."""
    one_hot = np.eye(logits.shape[1])[labels]
    if kind == "mean-square":
        return ((logits - one_hot) ** 2).mean(), 2 * (logits - one_hot) / logits.size
    shifted = logits - logits.max(1, keepdims=True)
    log_softmax = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    loss = -(one_hot * log_softmax).sum() / len(labels)
    return loss, (np.exp(log_softmax) - one_hot) / len(labels)


def shortcut_bits(case, step):
    """m of every sample in a training step; 0 is the first."""
    random = Random(case["seed"], Random.SHORTCUTS, step)
    dropped = [random.uniform() < case["shortcut_dropout"] for _ in case["images"]]
    return np.array([[0.0 if gone else 1.0] for gone in dropped])


def forward_backward(case, parameters, step=0):
    """Everything that one look at the batch gives: activities, losses, gradients."""
    images, mask = np.array(case["images"]), shortcut_bits(case, step)
    net = Net(case, parameters)
    passes = net.perceive(images, mask)
    last, labels = passes[-1], case["label_units"]
    code, image_out = last.z_up[net.top], last.u[0]
    loss_r, d_image = reconstruction_error(case["reconstruction_loss"], images, image_out)
    d_labels, loss_l = np.zeros_like(code), 0.0
    if labels:
        loss_l, d_logits = label_error(case["label_loss"], code[:, :labels], case["labels"])
        d_labels[:, :labels] = case["label_weight"] * d_logits
    d_image = case["reconstruction_weight"] * d_image
    return {
        "code": code,
        "reconstruction": image_out,
        "reconstruction_error": loss_r,
        "label_error": loss_l,
        "joint_loss": case["reconstruction_weight"] * loss_r + case["label_weight"] * loss_l,
        "error_per_pixel": ((np.clip(image_out, 0, 1) - images) ** 2).mean(),
        "gradients": net.gradients(passes, mask, d_image, d_labels),
    }


def imagine(case, parameters, with_shortcuts):
    """From the case's codes z_i = s(u_i), or s(f(y_i, u_i)) with y_i of the first pictures."""
    net, z = Net(case, parameters), np.array(case["codes"])
    start = np.array(case["images"])[: len(z)]
    y = net.perceive(start, np.ones((len(z), 1)))[-1].y
    for i in range(net.top, 0, -1):
        u = z @ parameters[net.down_name(i)] + parameters[f"link{i}.bias_down"]
        z = net.s(net.share(1) * (y[i - 1] + u) if with_shortcuts and i > 1 else u)
    return u


def adam_steps(case, parameters, steps):
    """The parameters after some steps on the same batch; the rate decays after every one."""
    parameters = {name: value.copy() for name, value in parameters.items()}
    m = {name: np.zeros_like(value) for name, value in parameters.items()}
    v = {name: np.zeros_like(value) for name, value in parameters.items()}
    rate = case["learning_rate"]
    for t in range(1, steps + 1):
        gradients = forward_backward(case, parameters, t - 1)["gradients"]
        for name, g in gradients.items():
            m[name] = ADAM_BETA1 * m[name] + (1 - ADAM_BETA1) * g
            v[name] = ADAM_BETA2 * v[name] + (1 - ADAM_BETA2) * g**2
            m_hat, v_hat = m[name] / (1 - ADAM_BETA1**t), v[name] / (1 - ADAM_BETA2**t)
            parameters[name] -= rate * m_hat / (np.sqrt(v_hat) + ADAM_EPSILON)
        rate *= case["decay"]
    return parameters
