"""
What LightGBM and XGBoost score with files that were written for them: `peer-scores.py LIBRARY FOLDER` reads each `NAME.model` with the rows in
`NAME.rows.json`, and writes raw scores and predictions to `NAME.scores.json`.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

library, folder = sys.argv[1], Path(sys.argv[2])


def table(rows):
    columns = {}
    for name, column in rows["x"].items():
        if name in rows["levels"]:
            columns[name] = pd.Categorical(column, categories=rows["levels"][name])
        else:
            columns[name] = np.array([np.nan if cell is None else cell for cell in column], dtype=float)
    return pd.DataFrame(columns)


def scores(model, x):
    if library == "lightgbm":
        import lightgbm as lgb

        booster = lgb.Booster(model_file=str(model))
        return booster.predict(x, raw_score=True), booster.predict(x), booster.predict(x, pred_contrib=True)
    import xgboost as xgb

    booster = xgb.Booster(model_file=str(model))
    rows = xgb.DMatrix(x, enable_categorical=True)
    return (
        booster.predict(rows, output_margin=True),
        booster.predict(rows),
        booster.predict(rows, pred_contribs=True),
    )


for model in sorted(folder.glob("*.model")):
    x = table(json.loads(model.with_suffix(".rows.json").read_text()))
    found = [np.asarray(part, dtype=float).reshape(len(x), -1).T.tolist() for part in scores(model, x)]
    known = dict(zip(["raw", "predicted", "contributions"], found, strict=True))
    model.with_suffix(".scores.json").write_text(json.dumps(known))
