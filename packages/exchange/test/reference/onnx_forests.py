"""Writes forests of scikit-learn as ONNX, with what scikit-learn and onnxruntime predict, as JSON to standard output.

    python onnx_forests.py 3 3 12 > onnx_forests.json

The arguments: how many trees, how deep they are, and how many rows are predicted. Made with scikit-learn 1.9.1, skl2onnx 1.20.0 and
onnxruntime 1.32.0.
"""

import base64
import json
import sys
import warnings

import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from sklearn import ensemble, tree

warnings.filterwarnings("ignore")
n_trees, depth, n_rows = (int(argument) for argument in sys.argv[1:4])
random = np.random.default_rng(7)
# Some numbers are halfway between others, where trees split.
x = np.round(random.normal(size=(300, 4)), 1)
score = x[:, 0] + x[:, 1] * x[:, 2] + 0.3 * random.normal(size=300)
two, three = (score > 0).astype(int), np.digitize(score, [-0.6, 0.6])
text = np.array(["no", "yes"])[two]
asked = np.round(random.normal(size=(n_rows, 4)), 1)
asked[::3] += 2.0**-27

grown = {"n_estimators": n_trees, "max_depth": depth, "random_state": 0}
alone = {"max_depth": depth, "random_state": 0}
CASES = [
    ("RandomForestClassifier", grown, two, {}, np.float32),
    ("RandomForestClassifier", grown, text, {"zipmap": False}, np.float32),
    ("RandomForestClassifier", grown, two, {"zipmap": False}, np.float64),
    ("RandomForestClassifier", grown, three, {"zipmap": "columns"}, np.float32),
    ("ExtraTreesClassifier", grown, three, {"zipmap": False}, np.float32),
    ("DecisionTreeClassifier", alone, two, {"zipmap": False}, np.float32),
    ("GradientBoostingClassifier", grown, two, {}, np.float32),
    ("GradientBoostingClassifier", grown, three, {"zipmap": False}, np.float32),
    ("RandomForestRegressor", grown, score, None, np.float32),
    ("ExtraTreesRegressor", grown, score, None, np.float32),
    ("DecisionTreeRegressor", alone, score, None, np.float32),
    ("GradientBoostingRegressor", grown, score, None, np.float32),
]


def predicted(session, data):
    """Probabilities a row, or target values."""
    names = [output.name for output in session.get_outputs()]
    outputs = session.run(None, {"X": data})
    if names[0] == "variable":
        return outputs[0].reshape(-1, 1)
    if len(outputs) > 2:
        return np.stack(outputs[1:], axis=1)
    second = outputs[1]
    return np.array([list(row.values()) for row in second]) if isinstance(second, list) else second


models = []
for name, options, y, written, kind in CASES:
    model = getattr(ensemble, name, None) or getattr(tree, name)
    model = model(**options).fit(x, y)
    file = to_onnx(model, x[:1].astype(kind), options=written and {id(model): written}).SerializeToString()
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    own = model.predict_proba(asked) if written is not None else model.predict(asked).reshape(-1, 1)
    models.append(
        {
            "name": f"{name} of {', '.join([np.dtype(kind).name, *map(str, (written or {}).values())])}",
            "file": base64.b64encode(file).decode(),
            "classes": model.classes_.tolist() if written is not None else None,
            # A graph that takes 64 bits has thresholds of 32, which scikit-learn has not.
            "sklearn": own.tolist() if kind == np.float32 else None,
            "onnxruntime": predicted(session, asked.astype(kind)).astype(float).tolist(),
        }
    )
json.dump({"rows": asked.tolist(), "models": models}, sys.stdout)
