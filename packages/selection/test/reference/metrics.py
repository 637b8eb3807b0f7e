"""Writes metrics.json: figures of sklearn.metrics on small targets, with ties, weights and constant scores among them.

"twoClasses" and "threeClasses" are about plain rows; "binary" and "multiclass" about scores, "predicted" about
predicted classes, each with and without weights. The first threshold of a ROC curve, infinity, is written as null.

Run: python metrics.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    classification_report,
    cohen_kappa_score,
    confusion_matrix,
    fbeta_score,
    log_loss,
    matthews_corrcoef,
    precision_recall_curve,
    precision_recall_fscore_support,
    roc_auc_score,
    roc_curve,
)

warnings.filterwarnings("ignore")

random = np.random.default_rng(0)


def rows(n, share):
    y = random.binomial(1, share, n)
    y[:2] = [0, 1]
    return y


cases = []
for name, y, scores in [
    ("four rows", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    ("perfect", [0, 1, 0, 1, 1], [0.1, 0.7, 0.2, 0.8, 0.9]),
    ("inverted", [0, 1, 0, 1, 1], [0.9, 0.3, 0.8, 0.2, 0.1]),
    ("constant scores", [0, 1, 0, 1, 1, 0, 0], [0.3] * 7),
    ("constant scores, all predicted positive", [0, 1, 0, 1, 1, 0, 0], [0.5] * 7),
    ("one positive row", [0, 0, 0, 0, 1, 0], [0.1, 0.9, 0.2, 0.6, 0.6, 0.4]),
    ("two values", rows(50, 0.4), random.integers(0, 2, 50)),
    ("many ties", rows(80, 0.3), np.round(random.uniform(size=80), 1)),
    ("no ties", rows(80, 0.3), random.uniform(size=80)),
    ("rare class", rows(100, 0.05), np.round(random.beta(2, 6, 100), 2)),
    ("raw scores around 0", rows(60, 0.5), np.round(random.normal(0.5, 1, 60), 3)),
    ("scores of very different size", rows(40, 0.5), np.round(10.0 ** random.integers(-9, 9, 40), 9)),
]:
    y, scores = np.asarray(y), np.asarray(scores, dtype=float)
    predicted = (scores >= 0.5).astype(int)
    precision, recall, f1, _ = precision_recall_fscore_support(
        y, predicted, average="binary", zero_division=0
    )
    cases.append(
        {
            "name": name,
            "y": y.tolist(),
            "scores": scores.tolist(),
            "predicted": predicted.tolist(),
            "rocAuc": roc_auc_score(y, scores),
            "accuracy": accuracy_score(y, predicted),
            "confusion": confusion_matrix(y, predicted, labels=[0, 1]).tolist(),
            "precision": precision,
            "recall": recall,
            "f1": f1,
        }
    )

y, predicted = random.integers(0, 3, 60), random.integers(0, 3, 60)
precision, recall, f1, _ = precision_recall_fscore_support(y, predicted, zero_division=0)
three = {
    "y": y.tolist(),
    "predicted": predicted.tolist(),
    "confusion": confusion_matrix(y, predicted).tolist(),
    "accuracy": accuracy_score(y, predicted),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
}


def curve(names, arrays):
    clean = lambda value: None if np.isinf(value) else float(value)
    return {name: [clean(value) for value in array] for name, array in zip(names, arrays)}


def binary_case(name, y, scores, weight):
    y, scores = np.asarray(y), np.asarray(scores, dtype=float)
    w = {} if weight is None else {"sample_weight": np.asarray(weight, dtype=float)}
    roc = ["fpr", "tpr", "thresholds"]
    pr = ["precision", "recall", "thresholds"]
    case = {
        "name": name,
        "y": y.tolist(),
        "scores": scores.tolist(),
        "sampleWeight": None if weight is None else w["sample_weight"].tolist(),
        "rocAuc": roc_auc_score(y, scores, **w),
        "averagePrecision": average_precision_score(y, scores, **w),
        "logLoss": log_loss(y, scores, **w),
        "brier": brier_score_loss(y, scores, **w),
        "rocCurve": curve(roc, roc_curve(y, scores, **w)),
        "rocCurveFull": curve(roc, roc_curve(y, scores, drop_intermediate=False, **w)),
        "prCurve": curve(pr, precision_recall_curve(y, scores, **w)),
        "prCurveShort": curve(pr, precision_recall_curve(y, scores, drop_intermediate=True, **w)),
    }
    if weight is None:
        names = ["probTrue", "probPred"]
        case["calibration"] = [
            {
                "strategy": strategy,
                "nBins": bins,
                **curve(names, calibration_curve(y, scores, n_bins=bins, strategy=strategy)),
            }
            for strategy in ["uniform", "quantile"]
            for bins in [1, 3, 5, 10]
        ]
    return case


def weights(n, zeros=False):
    values = np.round(random.gamma(2, 1, n) + 0.01, 3)
    if zeros:
        values[random.integers(2, n, n // 4)] = 0
    return values


binary = []
for name, y, scores in [
    ("many ties", rows(40, 0.4), np.round(random.uniform(size=40), 1)),
    ("no ties", rows(30, 0.3), random.uniform(size=30)),
    ("constant", rows(20, 0.3), np.full(20, 0.25)),
    ("certain and wrong", [0, 1, 0, 1, 1, 0], [0, 1, 1, 0, 1, 0]),
    ("near 0", rows(40, 0.2), np.round(random.beta(0.3, 3, 40), 3)),
    ("101 rows on edges", rows(101, 0.5), random.permutation(np.arange(101) / 100)),
]:
    n = len(y)
    binary.append(binary_case(name, y, scores, None))
    if n < 100:
        binary.append(binary_case(f"{name}, weighted", y, scores, weights(n)))
        binary.append(binary_case(f"{name}, some of weight 0", y, scores, weights(n, True)))

multiclass = []
for n, k, decimals in [(60, 3, 1), (50, 4, 9)]:
    y = np.concatenate([np.arange(k), random.integers(0, k, n - k)])
    scores = np.round(random.dirichlet(np.ones(k), n), decimals)
    # The last class takes what rounding left, so that rows add up to 1.
    scores[:, -1] = 1 - scores[:, :-1].sum(axis=1)
    scores = np.clip(scores, 0, 1)
    scores /= scores.sum(axis=1, keepdims=True)
    for weight in [None, weights(n)]:
        one_hot = np.eye(k)[y]
        multiclass.append(
            {
                "name": f"{k} classes" + ("" if weight is None else ", weighted"),
                "y": y.tolist(),
                "probabilities": scores.T.tolist(),
                "sampleWeight": None if weight is None else weight.tolist(),
                "logLoss": log_loss(y, scores, sample_weight=weight),
                "brier": brier_score_loss(y, scores, sample_weight=weight),
                "brierHalf": brier_score_loss(y, scores, sample_weight=weight, scale_by_half=True),
                **{
                    average: {
                        "rocAuc": roc_auc_score(
                            y, scores, multi_class="ovr", average=average, sample_weight=weight
                        ),
                        "averagePrecision": average_precision_score(
                            one_hot, scores, average=average, sample_weight=weight
                        ),
                    }
                    for average in ["macro", "weighted"]
                },
            }
        )


def predicted_case(name, y, predicted, weight):
    y, predicted = np.asarray(y), np.asarray(predicted)
    w = {"sample_weight": None if weight is None else np.asarray(weight, dtype=float)}
    kappa = {
        kind: cohen_kappa_score(y, predicted, weights=None if kind == "plain" else kind, **w)
        for kind in ["plain", "linear", "quadratic"]
    }
    averages = {}
    for average in ["macro", "micro", "weighted"]:
        for zero in [0, 1]:
            p, r, f, _ = precision_recall_fscore_support(
                y, predicted, average=average, zero_division=zero, **w
            )
            f2, half = [
                fbeta_score(y, predicted, beta=beta, average=average, zero_division=zero, **w)
                for beta in [2, 0.5]
            ]
            averages[f"{average} {zero}"] = {
                "precision": p, "recall": r, "f1": f, "f2": f2, "fHalf": half
            }
    return {
        "name": name,
        "y": y.tolist(),
        "predicted": predicted.tolist(),
        "sampleWeight": None if weight is None else w["sample_weight"].tolist(),
        "accuracy": accuracy_score(y, predicted, **w),
        "balancedAccuracy": balanced_accuracy_score(y, predicted, **w),
        "adjusted": None
        if len(set(y)) == 1
        else balanced_accuracy_score(y, predicted, adjusted=True, **w),
        "matthews": matthews_corrcoef(y, predicted, **w),
        "kappa": {kind: None if np.isnan(value) else value for kind, value in kappa.items()},
        "confusion": {
            normalize: confusion_matrix(y, predicted, normalize=normalize, **w).tolist()
            for normalize in ["true", "pred", "all"]
        },
        "averages": averages,
        "report": classification_report(y, predicted, zero_division=0, **w),
        "report4": classification_report(y, predicted, zero_division=0, digits=4, **w),
    }


predicted_cases = []
words = np.array(["Attrited Customer", "Existing", "ß 😀"])
for name, y, predicted in [
    ("two classes", rows(60, 0.3), rows(60, 0.3)),
    ("three classes", random.integers(0, 3, 70), random.integers(0, 3, 70)),
    ("text", words[random.integers(0, 3, 40)], words[random.integers(0, 3, 40)]),
    ("eighths", [0] * 8 + [1] * 8, [0] * 5 + [1] * 3 + [0] * 7 + [1]),
    ("a class never predicted", random.integers(0, 3, 40), random.integers(0, 2, 40)),
    ("a class that is predicted only", random.integers(0, 2, 40), random.integers(0, 3, 40)),
    ("constant predictions", random.integers(0, 3, 30), np.full(30, 1)),
    ("one class", [4] * 5, [4] * 5),
    ("all wrong", [0, 1, 2, 0, 1, 2], [1, 2, 0, 1, 2, 0]),
    ("large and small classes", np.repeat([0, 1, 2, 3], [100, 5, 2, 1]), random.integers(0, 4, 108)),
]:
    predicted_cases.append(predicted_case(name, y, predicted, None))
    if name != "large and small classes":
        # Eighths add up without rounding, so that the printed supports do not depend on the order of adding.
        eighths = np.round(8 * weights(len(y))) / 8 + 0.125
        predicted_cases.append(predicted_case(f"{name}, weighted", y, predicted, eighths))

sections = {"twoClasses": cases, "binary": binary, "multiclass": multiclass, "predicted": predicted_cases}
body = ",\n".join(
    f'"{key}":[\n'
    + ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in items)
    + "\n]"
    for key, items in sections.items()
)
out = Path(__file__).with_suffix(".json")
out.write_text(
    f'{{"scikitLearn":"{sklearn.__version__}",\n{body},'
    f'\n"threeClasses":{json.dumps(three, separators=(",", ":"))}}}\n'
)
