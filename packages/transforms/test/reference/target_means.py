"""Writes target_means.json, the figures that the tests of encoding by mean target values compare with.

    python target_means.py && pnpm exec biome check --write target_means.json

Needs scikit-learn; the file says which version made it. The data is synthetic.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.preprocessing import TargetEncoder

ROWS = 80
random = np.random.default_rng(5)
values = np.array(["low", "high", "a", "B", "é", "once"], dtype=object)[np.minimum(random.geometric(0.35, ROWS) - 1, 5)]
values[7] = "alone"
target_values = np.round(100 * np.exp(random.normal(size=ROWS)) + 30 * (values == "low"), 2)
column = values.reshape(-1, 1)

encodings = []
for smoothing in ["auto", 0.0, 10.0]:
    encoder = TargetEncoder(smooth=smoothing, target_type="continuous", shuffle=False, cv=4)
    outOfFold = encoder.fit_transform(column, target_values)[:, 0].tolist()
    fitted = encoder.fit(column, target_values)
    means = dict(zip(fitted.categories_[0].tolist(), fitted.encodings_[0].tolist()))
    encodings.append({"smoothing": smoothing, "prior": fitted.target_mean_, "means": means, "outOfFold": outOfFold})

Path(__file__).with_name("target_means.json").write_text(
    json.dumps(
        {
            "scikitLearn": sklearn.__version__,
            "values": values.tolist(),
            "amounts": target_values.tolist(),
            "encodings": encodings,
        },
        ensure_ascii=False,
    )
)
