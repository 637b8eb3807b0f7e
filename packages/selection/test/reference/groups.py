"""Writes groups.json: metrics by group and disparities as fairlearn has them, with and without sample weights.

Run: python groups.py
"""

import json
from pathlib import Path

import fairlearn
import numpy as np
from fairlearn import metrics as f
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error, recall_score

random = np.random.default_rng(5)
METRICS = {
    "accuracy": accuracy_score,
    "recall": recall_score,
    "selectionRate": f.selection_rate,
    "falsePositiveRate": f.false_positive_rate,
}
GAPS = {
    "demographicParity": ("demographic_parity", {}),
    "equalOpportunity": ("equal_opportunity", {}),
    "equalisedOdds": ("equalized_odds", {"agg": "worst_case"}),
    "equalisedOddsMean": ("equalized_odds", {"agg": "mean"}),
}

cases = []
for name, rates, weighted in [("two groups", [0.3, 0.5], False), ("four groups", [0.1, 0.3, 0.6, 0.8], True)]:
    n = 120
    group = random.integers(0, len(rates), n)
    y = (random.random(n) < np.array(rates)[group]).astype(int)
    predicted = (random.random(n) < 0.2 + 0.5 * y + 0.2 * (group == 1)).astype(int)
    weight = random.integers(1, 5, n) / 2 if weighted else None
    groups = [chr(ord("a") + g) for g in group]
    params = {"sample_weight": weight} if weighted else {}
    frame = f.MetricFrame(
        metrics=METRICS,
        y_true=y,
        y_pred=predicted,
        sensitive_features=groups,
        sample_params={k: params for k in METRICS},
    )
    gaps = {}
    for gap, (function, options) in GAPS.items():
        gaps[gap] = {
            method: {
                kind: float(
                    getattr(f, f"{function}_{kind}")(
                        y, predicted, sensitive_features=groups, method=fairlearn_method, **options, **params
                    )
                )
                for kind in ["difference", "ratio"]
            }
            for method, fairlearn_method in [("betweenGroups", "between_groups"), ("toOverall", "to_overall")]
        }
    cases.append(
        {
            "name": name,
            "y": y.tolist(),
            "predicted": predicted.tolist(),
            "groups": groups,
            "sampleWeight": weight.tolist() if weighted else None,
            "overall": {k: float(v) for k, v in frame.overall.items()},
            "byGroup": {g: {k: float(v) for k, v in row.items()} for g, row in frame.by_group.iterrows()},
            "difference": {k: float(v) for k, v in frame.difference().items()},
            "ratio": {k: float(v) for k, v in frame.ratio().items()},
            "gaps": gaps,
        }
    )

target_values = random.gamma(2, 50, 60)
guess = target_values + random.normal(0, 20, 60)
age = random.integers(18, 24, 60)
frame = f.MetricFrame(
    metrics=mean_absolute_error, y_true=target_values, y_pred=guess, sensitive_features=age
)
probability = random.random(60)
label = (random.random(60) < probability).astype(int)
losses = f.MetricFrame(
    metrics=lambda y, p: log_loss(y, p, labels=[0, 1]), y_true=label, y_pred=probability, sensitive_features=age
)
values = {
    "y": target_values.tolist(),
    "predicted": guess.tolist(),
    "labels": label.tolist(),
    "probabilities": probability.tolist(),
    "age": age.tolist(),
    "meanAbsoluteError": [float(v) for v in frame.by_group],
    "logLoss": [float(v) for v in losses.by_group],
}

result = {"fairlearn": fairlearn.__version__, "cases": cases, "values": values}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
