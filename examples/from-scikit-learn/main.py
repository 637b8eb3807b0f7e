import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report, roc_auc_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

data = pd.read_csv("../../data/bank_data.csv").drop(columns=["Unnamed: 0", "CLIENTNUM"])
y = (data.pop("Attrition_Flag") == "Attrited Customer").astype(int)

held_out = data.index % 4 == 3
x_train, x_test = data[~held_out], data[held_out]
y_train, y_test = y[~held_out], y[held_out]

numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
texts = make_pipeline(
    SimpleImputer(strategy="most_frequent"),
    OneHotEncoder(drop="first", handle_unknown="ignore"),
)
prepare = make_column_transformer(
    (numbers, make_column_selector(dtype_include="number")),
    (texts, make_column_selector(dtype_exclude="number")),
)
pipeline = make_pipeline(prepare, LogisticRegression(tol=1e-8, max_iter=10_000))

grid = {"logisticregression__C": [0.01, 0.1, 1, 10]}
search = GridSearchCV(pipeline, grid, scoring="roc_auc", cv=StratifiedKFold(5)).fit(x_train, y_train)
for params, auc in zip(search.cv_results_["params"], search.cv_results_["mean_test_score"]):
    print(f"C={params['logisticregression__C']}: AUC {auc:.5f}")

model = search.best_estimator_
leaves = model.predict_proba(x_test)[:, 1]
print(f"test AUC {roc_auc_score(y_test, leaves):.5f}")
print(classification_report(y_test, model.predict(x_test), digits=4))
