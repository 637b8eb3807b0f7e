"""Boosters of other libraries by their defaults, for classes or for amounts."""
import numpy as np
import pandas as pd


class Rows:
    """The rows of a split, to learn from and to be asked about, without their target."""

    def __init__(self, train, test, target):
        self.train, self.test = (frame.drop(columns=[target]) for frame in (train, test))
        self.texts = [name for name in self.train if not pd.api.types.is_numeric_dtype(self.train[name])]

    def filled(self):
        """Categories as texts, with a text for those that are missing."""
        return [x.assign(**{name: x[name].astype(str).fillna("nan") for name in self.texts}) for x in (self.train, self.test)]

    def categorical(self):
        """Categories by the levels of the training rows."""
        tables = []
        for x in (self.train, self.test):
            levels = {name: sorted(self.train[name].dropna().astype(str).unique()) for name in self.texts}
            tables.append(x.assign(**{n: pd.Categorical(x[n].astype(str).where(x[n].notna()), levels[n]) for n in self.texts}))
        return tables


def boosters(rows, y, kind):
    """What fits each booster and asks it about the test rows. `kind` is "Classifier" or "Regressor"."""
    asked = "predict_proba" if kind == "Classifier" else "predict"

    def told(model, trained, tested):
        return getattr(model.fit(trained, y), asked)(tested)

    def catboost():
        import catboost

        make = getattr(catboost, f"CatBoost{kind}")
        model = make(verbose=False, allow_writing_files=False, cat_features=rows.texts, random_seed=0)
        return told(model, *rows.filled())

    def lightgbm():
        import lightgbm

        trained, tested = rows.categorical()
        plain = {name: f"x{j}" for j, name in enumerate(trained)}
        model = getattr(lightgbm, f"LGBM{kind}")(verbose=-1, random_state=0)
        return told(model, trained.rename(columns=plain), tested.rename(columns=plain))

    def xgboost():
        import xgboost

        return told(getattr(xgboost, f"XGB{kind}")(enable_categorical=True, random_state=0), *rows.categorical())

    def histogram():
        from sklearn import ensemble
        from sklearn.preprocessing import OrdinalEncoder

        trained, tested = rows.categorical()
        wide = [name for name in rows.texts if len(trained[name].cat.categories) > 255]
        if wide:
            encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
            trained[wide] = encoder.fit_transform(trained[wide].astype(object))
            tested[wide] = encoder.transform(tested[wide].astype(object))
        make = getattr(ensemble, f"HistGradientBoosting{kind}")
        return told(make(categorical_features="from_dtype", random_state=0), trained, tested)

    return {"CatBoost": catboost, "HistGradientBoosting": histogram, "LightGBM": lightgbm, "XGBoost": xgboost}
