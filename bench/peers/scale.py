"""What src/scale-ours.ts measures, with a peer: the arguments are the peer, the task, the file and the number of threads."""
import json
import os
import sys
import time

peer, task, path, threads = sys.argv[1:5]
# Before any library is loaded: they read it once.
for name in ["OMP", "OPENBLAS", "MKL", "NUMBA"]:
    os.environ[f"{name}_NUM_THREADS"] = threads
os.environ["POLARS_MAX_THREADS"] = threads
n_jobs = int(threads)

import numpy as np

COLUMNS = 28
# A graph of ONNX has at most 2 GB.
MOST_NODES = 5_000_000


def timed(action):
    """The last result, and the median seconds of an action that is repeated while it is short, but for the first time."""
    seconds = []
    while len(seconds) < 11 and sum(seconds) < 3:
        start = time.perf_counter()
        result = action()
        seconds.append(time.perf_counter() - start)
    return result, float(np.median(seconds[1:] or seconds))


def rows():
    values = np.fromfile(path).reshape(COLUMNS + 1, -1)
    x, y = np.ascontiguousarray(values[:-1].T), values[-1].astype(int)
    learned = int(0.8 * len(x))
    return x[:learned], y[:learned], x[learned:], y[learned:]


def boosting():
    if peer == "LightGBM":
        from lightgbm import LGBMClassifier

        return LGBMClassifier(n_estimators=300, num_leaves=31, n_jobs=n_jobs, verbose=-1)
    if peer == "XGBoost":
        from xgboost import XGBClassifier

        return XGBClassifier(
            n_estimators=300, learning_rate=0.1, grow_policy="lossguide", max_leaves=31, max_depth=0, n_jobs=n_jobs
        )
    if peer == "CatBoost":
        from catboost import CatBoostClassifier

        return CatBoostClassifier(
            iterations=300,
            learning_rate=0.1,
            grow_policy="Lossguide",
            max_leaves=31,
            thread_count=n_jobs,
            verbose=False,
            allow_writing_files=False,
        )
    if peer == "ydf":
        return Ydf(
            "GradientBoostedTreesLearner",
            num_trees=300,
            shrinkage=0.1,
            growing_strategy="BEST_FIRST_GLOBAL",
            max_num_nodes=31,
            max_depth=-1,
            early_stopping="NONE",
            validation_ratio=0.0,
            discretize_numerical_columns=True,
        )
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=300, max_leaf_nodes=31, early_stopping=False)


def forest():
    if peer == "ydf":
        return Ydf(
            "RandomForestLearner",
            num_trees=100,
            max_depth=-1,
            min_examples=1,
            winner_take_all=False,
            compute_oob_performances=False,
            discretize_numerical_columns=True,
        )
    if peer == "scikit-learn-intelex":
        from sklearnex.ensemble import RandomForestClassifier
    else:
        from sklearn.ensemble import RandomForestClassifier
    return RandomForestClassifier(100, n_jobs=n_jobs, random_state=1)


def logistic(n_rows, l1):
    if peer == "skglm":
        from skglm import SparseLogisticRegression

        return SparseLogisticRegression(alpha=0.01)
    if peer == "liblinear":
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(l1_ratio=1, solver="liblinear", C=100 / n_rows)
    if peer == "scikit-learn-intelex":
        from sklearnex.linear_model import LogisticRegression
    else:
        from sklearn.linear_model import LogisticRegression
    if l1:
        return LogisticRegression(l1_ratio=1, solver="saga", C=100 / n_rows)
    return LogisticRegression(C=1, solver="newton-cholesky" if peer == "newton-cholesky" else "lbfgs")


def svc():
    if peer == "scikit-learn-intelex":
        from sklearnex.svm import SVC
    else:
        from sklearn.svm import SVC
    return SVC(C=10)


class Ydf:
    """ydf behind the methods of scikit-learn; making its own data sets is not part of the times."""

    def __init__(self, learner, **settings):
        import ydf

        ydf.verbose(0)
        self.library = ydf
        self.learner = getattr(ydf, learner)(label="y", num_threads=n_jobs, **settings)

    def data(self, x, y=None):
        columns = {f"x{j}": np.ascontiguousarray(x[:, j], dtype=np.float32) for j in range(x.shape[1])}
        return columns if y is None else {**columns, "y": y}

    def prepare(self, x, y):
        self.rows = self.data(x, y)

    def fit(self, x, y):
        self.model = self.learner.train(self.rows)
        return self

    def predict_proba(self, x):
        one = self.model.predict(self.data(x), num_threads=n_jobs)
        return np.column_stack([1 - one, one])


def scorers(model, x):
    """What else scores a fitted model of trees, by name, each with its own form of the rows."""
    found = {}
    if task not in ("boosting", "forest") or peer not in ("LightGBM", "scikit-learn-intelex"):
        return found
    if task == "forest" and sum(tree.tree_.node_count for tree in model.estimators_) > MOST_NODES:
        return found
    import onnxruntime
    import treelite

    onnxruntime.set_default_logger_severity(3)
    x32 = x.astype(np.float32)
    if task == "boosting":
        from onnxmltools import convert_lightgbm
        from onnxmltools.convert.common.data_types import FloatTensorType

        trees = treelite.frontend.from_lightgbm(model.booster_)
        graph = convert_lightgbm(model, initial_types=[("x", FloatTensorType([None, COLUMNS]))], zipmap=False)
    else:
        from skl2onnx import to_onnx
        from sklearn.ensemble import RandomForestClassifier

        plain = RandomForestClassifier(100, n_jobs=n_jobs)
        plain.__dict__.update({name: getattr(model, name) for name in ["n_classes_", "classes_", "n_outputs_", "n_features_in_"]})
        plain.estimators_ = model.estimators_
        trees = treelite.sklearn.import_model(plain)
        graph = to_onnx(plain, x32[:1], options={id(plain): {"zipmap": False}})
    found["treelite"] = lambda: treelite.gtil.predict(trees, x32, nthread=n_jobs)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_jobs
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
    inputs = {session.get_inputs()[0].name: x32}
    found["ONNX Runtime"] = lambda: session.run(None, inputs)
    return found


def fit_and_score():
    from sklearn.metrics import roc_auc_score

    x, y, x_test, y_test = rows()
    makers = {"boosting": boosting, "forest": forest, "SVC": svc}
    model = makers[task]() if task in makers else logistic(len(x), task.endswith("l1"))
    score = model.decision_function if task == "SVC" else lambda x: model.predict_proba(x)[:, 1]

    def prepare(x, y):
        if hasattr(model, "prepare"):
            model.prepare(x, y)

    prepare(x[:2000], y[:2000])
    model.fit(x[:2000], y[:2000])
    score(x_test[:2000])
    prepare(x, y)
    _, fit = timed(lambda: model.fit(x, y))
    scores, seconds = timed(lambda: score(x_test))
    scoring = {peer: seconds}
    for name, action in scorers(model, x_test).items():
        action()
        scoring[name] = timed(action)[1]
    return {"fit": fit, "scoring": scoring, "auc": roc_auc_score(y_test, scores)}


def read_and_write():
    copy = path + ".peer"
    if peer == "polars":
        import polars

        def read():
            return polars.read_csv(path)

        def write(table):
            table.write_csv(copy)

    elif peer == "DuckDB":
        import duckdb

        duckdb.execute(f"set threads = {threads}")

        def read():
            return duckdb.execute(f"select * from read_csv('{path}')").to_arrow_table()

        def write(table):
            duckdb.from_arrow(table).write_csv(copy)

    else:
        import pyarrow
        from pyarrow import csv

        pyarrow.set_cpu_count(n_jobs)

        def read():
            return csv.read_csv(path)

        def write(table):
            csv.write_csv(table, copy)

    table, reading = timed(read)
    _, writing = timed(lambda: write(table))
    os.remove(copy)
    return {"fit": reading, "scoring": {peer: writing}}


print(json.dumps(read_and_write() if task == "CSV" else fit_and_score()))
