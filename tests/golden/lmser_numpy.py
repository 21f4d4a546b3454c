# SPDX-License-Identifier: GPL-3.0-or-later
"""core/DESIGN.md in numpy, float64, with gradients derived by hand: the independent implementation that
reference.py makes its figures with. Nothing here is shared with the C++ code."""
import functools
import math
import re
import statistics

import numpy as np

LEAKY_SLOPE = 0.2
ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON = 0.9, 0.999, 1e-8
HINGE_WEIGHT = 0.02
STYLE_VARIANCE_FLOOR, STYLE_RATE, STYLE_DIRECTIONS, REMEMBERED_STYLES = 1e-4, 0.02, 8, 100


class Random:
    """SplitMix64, seeded by (seed, purpose, index)."""

    MASK = (1 << 64) - 1
    GAMMA = 0x9E3779B97F4A7C15
    WEIGHTS, SHORTCUTS, STYLES = 1, 3, 6

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


class Dense:
    """A fully connected link: its parameters are the matrix and the biases themselves."""

    def __init__(self, units, below):
        channels, height, width = below
        self.above = (units, 1, 1)
        self.weight_shape = units, channels * height * width
        self.bias_shapes = units, channels * height * width

    def matrix(self, weight):
        return weight

    def of_matrix(self, gradient):
        return gradient

    def spread(self, bias, upwards):
        return bias

    def of_spread(self, gradient, upwards):
        return gradient


class Convolution:
    """A convolutional link as the matrix that its kernel implies: entry (row, column) of the matrix, joining an upper
    neuron to a lower one, is the tap of the kernel that lies there; a bias serves all neurons of its channel."""

    def __init__(self, channels, kernel, stride, padding, below):
        lower_channels, height, width = below
        sides = [(side + 2 * padding - kernel) // stride + 1 for side in (height, width)]
        self.above, self.below = (channels, *sides), below
        self.weight_shape = channels, lower_channels, kernel, kernel
        self.bias_shapes = channels, lower_channels
        rows, columns, taps = [], [], []
        for tap in np.ndindex(self.weight_shape):
            upper_channel, lower_channel, dy, dx = tap
            for y, x in np.ndindex(*sides):
                at = y * stride - padding + dy, x * stride - padding + dx
                if 0 <= at[0] < height and 0 <= at[1] < width:
                    rows.append(np.ravel_multi_index((upper_channel, y, x), self.above))
                    columns.append(np.ravel_multi_index((lower_channel, *at), below))
                    taps.append(np.ravel_multi_index(tap, self.weight_shape))
        self.places, self.taps = (rows, columns), taps

    def matrix(self, weight):
        matrix = np.zeros((np.prod(self.above), np.prod(self.below)))
        matrix[self.places] = weight.ravel()[self.taps]
        return matrix

    def of_matrix(self, gradient):
        by_tap = np.zeros(np.prod(self.weight_shape))
        np.add.at(by_tap, self.taps, gradient[self.places])
        return by_tap.reshape(self.weight_shape)

    def spread(self, bias, upwards):
        shape = self.above if upwards else self.below
        return np.repeat(bias, shape[1] * shape[2])

    def of_spread(self, gradient, upwards):
        shape = self.above if upwards else self.below
        return gradient.reshape(shape).sum((1, 2))


def links_of(case):
    return links_between((1, case["height"], case["width"]), tuple(case["layers"]))


@functools.lru_cache
def links_between(shape, layers):
    """The link below every layer: a layer is its units, or a text such as "16k4s2p1"."""
    links = []
    for layer in layers:
        if isinstance(layer, str):
            links.append(Convolution(*map(int, re.split("[ksp]", layer)), shape))
        else:
            links.append(Dense(layer, shape))
        shape = links[-1].above
    return links


def code_units(case):
    return int(np.prod(links_of(case)[-1].above))


def as_matrices(case, parameters):
    """The parameters with every link's weights as matrices and biases as vectors, one entry a neuron."""
    dense = dict(parameters)
    for i, link in enumerate(links_of(case), 1):
        for name in (f"link{i}.weight", f"link{i}.weight_down"):
            if name in parameters:
                dense[name] = link.matrix(parameters[name])
        for name, upwards in ((f"link{i}.bias_up", True), (f"link{i}.bias_down", False)):
            dense[name] = link.spread(parameters[name], upwards)
    return dense


def of_matrices(case, gradients):
    """The gradients of the parameters, from those of what as_matrices() made of them."""
    own = dict(gradients)
    for i, link in enumerate(links_of(case), 1):
        for name in (f"link{i}.weight", f"link{i}.weight_down"):
            if name in gradients:
                own[name] = link.of_matrix(gradients[name])
        for name, upwards in ((f"link{i}.bias_up", True), (f"link{i}.bias_down", False)):
            own[name] = link.of_spread(gradients[name], upwards)
    return own


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def softmax_backwards(probabilities, d):
    return probabilities * (d - (d * probabilities).sum(1, keepdims=True))


def even_style(v):
    """s = 2 erf(v / √2) and its derivative."""
    return 2 * np.vectorize(math.erf)(v / np.sqrt(2)), np.sqrt(8 / np.pi) * np.exp(-(v**2) / 2)


class Normalisation:
    """v = (y - mean) / √(variance + floor); with the batch's own moments unless others are given."""

    def __init__(self, y, mean=None, variance=None):
        self.of_batch = mean is None
        mean = y.mean(0) if mean is None else mean
        variance = ((y - mean) ** 2).mean(0) if variance is None else variance
        self.root = np.sqrt(variance + STYLE_VARIANCE_FLOOR)
        self.v = (y - mean) / self.root

    def backwards(self, d):
        if self.of_batch:
            d = d - d.mean(0) - self.v * (d * self.v).mean(0)
        return d / self.root


class StyleCode:
    """Category and style in the top code. training: a dictionary with one-hot "categories", "noise" on the styles;
    None: in use, with the running moments."""

    def __init__(self, case, parameters, training):
        self.labels, self.training, self.p = case["label_units"], training, parameters

    def z(self, y, mask, now):
        """z_L of y_L; what its backward pass needs is kept in the pass."""
        logits, styles = y[:, : self.labels], y[:, self.labels :]
        now.softmax = softmax(logits)
        category = now.softmax
        if self.training is None:
            now.normal = Normalisation(styles, self.p["style.mean"], self.p["style.variance"])
            style = even_style(now.normal.v)[0]
        else:
            category = np.where(mask > 0, category, self.training["categories"])
            now.normal = Normalisation(styles)
            style = even_style(now.normal.v)[0] + self.training["noise"]
        return np.concatenate([category, style], 1)

    def backwards(self, d_z, mask, now):
        d_category, d_style = d_z[:, : self.labels], d_z[:, self.labels :]
        d_logits = softmax_backwards(now.softmax, mask * d_category)
        d_v = d_style * even_style(now.normal.v)[1]
        return np.concatenate([d_logits, now.normal.backwards(d_v)], 1)


class LinearCode:
    """The top code of networks without style units: z_L = y_L."""

    def z(self, y, mask, now):
        return y

    def backwards(self, d_z, mask, now):
        return d_z


class Pass:
    """What one reflection computed, by layer: pre-activations and activities on both ways."""

    def __init__(self, layers):
        empty = [None] * (layers + 1)
        self.y, self.u = list(empty), list(empty)
        self.a_up, self.z_up = list(empty), list(empty)
        self.a_down, self.z_down = list(empty), list(empty)


class Net:
    """case: the dictionary of a golden case; parameters: {name: array}, names as in DESIGN.md; training: see
    StyleCode."""

    def __init__(self, case, parameters, training=None):
        self.case, self.p = case, as_matrices(case, parameters)
        self.code = StyleCode(case, self.p, training) if case["style_units"] else LinearCode()
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
                now.z_up[i] = self.code.z(now.y[i], mask, now)
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
        """d_image: dJ/dx̂ [B, n_0]; d_labels: dJ/dy_L [B, n_L] but for what goes down from z_L."""
        links = [name for name in self.p if name.startswith("link")]
        grads = {name: np.zeros_like(self.p[name]) for name in links}
        d_u = [0.0] * (self.top + 1)  # what the next pass up asks of this pass's u_i
        d_u[0], d_top = d_image, d_labels
        for r in range(self.reflections - 1, -1, -1):
            d_y = [0.0] * (self.top + 1)
            self.descend_backwards(passes[r], mask, d_u, d_y, d_top, grads)
            d_u = self.climb_backwards(passes[r], mask, d_y, r > 0, grads)
            d_top = 0.0  # an earlier top code acts through the passes after it only
        return of_matrices(self.case, grads)

    def descend_backwards(self, now, mask, d_u, d_y, d_top, grads):
        for i in range(1, self.top + 1):  # u_{i-1} = V_iᵀ z_i + c_{i-1}, last link first
            if np.isscalar(d_u[i - 1]):  # the image of a pass that is not the last: nobody looks
                d_u[i - 1] = np.zeros_like(now.u[i - 1])
            grads[f"link{i}.bias_down"] += d_u[i - 1].sum(0)
            grads[self.down_name(i)] += now.z_down[i].T @ d_u[i - 1]
            d_z = d_u[i - 1] @ self.p[self.down_name(i)].T
            if i == self.top:
                d_y[i] = self.code.backwards(d_z, mask, now) + d_top
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


def style_draw(case, step):
    """Directions and noise of a training step: unit vectors [D, k] and [B, k]."""
    random, styles = Random(case["seed"], Random.STYLES, step + 1), case["style_units"]
    if styles == 2:
        angles = (np.arange(STYLE_DIRECTIONS) + random.uniform()) * np.pi / STYLE_DIRECTIONS
        directions = np.stack([np.cos(angles), np.sin(angles)], 1)
    else:
        drawn = [random.normal() for _ in range(STYLE_DIRECTIONS * styles)]
        directions = np.reshape(drawn, (STYLE_DIRECTIONS, styles))
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    noise = [case["style_noise"] * random.normal() for _ in range(len(case["images"]) * styles)]
    return directions, np.reshape(noise, (-1, styles))


def style_error(v, labels, recent, directions):
    """The loss, its derivative by v, and how near a rank is to changing."""
    along, quantile = v @ directions.T, np.zeros((len(v), len(directions)))
    nearest = np.inf
    for i, j in np.ndindex(*quantile.shape):
        others = recent[labels[i]] @ directions[j]
        nearest = min(nearest, np.abs(others - along[i, j]).min())
        rank = (others < along[i, j]).sum()
        quantile[i, j] = statistics.NormalDist().inv_cdf((rank + 0.5) / (len(others) + 1))
    off = along - quantile
    return v.shape[1] / 2 * (off**2).mean(), v.shape[1] * (off @ directions) / off.size, nearest


def remember_styles(parameters, y, v, labels):
    """The style memory after a step, in place."""
    for name, now in (("style.mean", y.mean(0)), ("style.variance", y.var(0))):
        parameters[name] += STYLE_RATE * (now - parameters[name])
    for style, label in zip(v, labels):
        place = int(parameters["style.next"][label])
        parameters["style.recent"][label, place] = style
        parameters["style.next"][label] = (place + 1) % REMEMBERED_STYLES


def forward_backward(case, parameters, step=0):
    """Everything that one look at the batch gives: activities, losses, gradients."""
    images, mask = np.array(case["images"]), shortcut_bits(case, step)
    labels, styles, training = case["label_units"], case["style_units"], None
    if styles:
        directions, noise = style_draw(case, step)
        training = {"categories": np.eye(labels)[case["labels"]], "noise": noise}
    net = Net(case, parameters, training)
    passes = net.perceive(images, mask)
    last = passes[-1]
    y, image_out = last.y[net.top], last.u[0]
    loss_r, d_image = reconstruction_error(case["reconstruction_loss"], images, image_out)
    d_top, loss_l, loss_s, kept = np.zeros_like(y), 0.0, 0.0, {}
    if labels:
        loss_l, d_logits = label_error(case["label_loss"], y[:, :labels], case["labels"])
        d_top[:, :labels] = case["label_weight"] * d_logits
    if styles:
        v, recent = last.normal.v, parameters["style.recent"]
        loss_s, d_v, nearest = style_error(v, case["labels"], recent, directions)
        d_top[:, labels:] = last.normal.backwards(case["style_weight"] * d_v)
        kept = {"style": v, "style_error": loss_s}
    joint = case["reconstruction_weight"] * loss_r + case["label_weight"] * loss_l
    answer = {
        "code": last.z_up[net.top],
        "reconstruction": image_out,
        "reconstruction_error": loss_r,
        "label_error": loss_l,
        **kept,
        "joint_loss": joint + case["style_weight"] * loss_s,
        "error_per_pixel": ((np.clip(image_out, 0, 1) - images) ** 2).mean(),
        "gradients": net.gradients(
            passes, mask, case["reconstruction_weight"] * d_image, d_top
        ),
    }
    about = {"top_signal": y, "nearest_rank": nearest if styles else np.inf}
    return answer, about


def in_use(case, parameters):
    """Code and reconstruction as a trained network makes them."""
    net, images = Net(case, parameters), np.array(case["images"])
    last = net.perceive(images, np.ones((len(images), 1)))[-1]
    return {"code": last.z_up[net.top], "reconstruction": last.u[0]}


def imagine(case, parameters, with_shortcuts=False, reflections=0):
    """From the case's codes z_i = s(u_i), or s(f(y_i, u_i)) with y_i of the first pictures; every reflection
    perceives the clipped picture as if it had never been seen, then goes down from the code that was held."""
    net, code = Net(case, parameters), np.array(case["codes"])
    start = np.array(case["images"])[: len(code)]
    y = net.perceive(start, np.ones((len(code), 1)))[-1].y if with_shortcuts else None
    picture = imagined_down(net, code, y)
    for _ in range(reflections):
        y, z = [None] * (net.top + 1), np.clip(picture, 0, 1)
        for i in range(1, net.top):
            y[i] = z @ net.up_weight(i).T + net.p[f"link{i}.bias_up"]
            z = net.s(y[i])
        picture = imagined_down(net, code, y)
    return picture


def imagined_down(net, z, y):
    for i in range(net.top, 0, -1):
        u = z @ net.p[net.down_name(i)] + net.p[f"link{i}.bias_down"]
        z = net.s(u if y is None or i == 1 else net.share(1) * (y[i - 1] + u))
    return u


def adam_steps(case, parameters, steps):
    """The parameters after some steps on the same batch; the rate decays after every one. Also how near a rank
    among the styles was to changing."""
    parameters = {name: value.copy() for name, value in parameters.items()}
    m = {name: np.zeros_like(value) for name, value in parameters.items()}
    v = {name: np.zeros_like(value) for name, value in parameters.items()}
    rate, nearest = case["learning_rate"], np.inf
    for t in range(1, steps + 1):
        answer, about = forward_backward(case, parameters, t - 1)
        for name, g in answer["gradients"].items():
            m[name] = ADAM_BETA1 * m[name] + (1 - ADAM_BETA1) * g
            v[name] = ADAM_BETA2 * v[name] + (1 - ADAM_BETA2) * g**2
            m_hat, v_hat = m[name] / (1 - ADAM_BETA1**t), v[name] / (1 - ADAM_BETA2**t)
            parameters[name] -= rate * m_hat / (np.sqrt(v_hat) + ADAM_EPSILON)
        if case["style_units"]:
            style_signal = about["top_signal"][:, case["label_units"] :]
            remember_styles(parameters, style_signal, answer["style"], case["labels"])
        rate, nearest = rate * case["decay"], min(nearest, about["nearest_rank"])
    return parameters, nearest
