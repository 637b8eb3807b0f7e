"""
Trains XGBoost on Spark, and writes what `churn import` reads: `train.py DATA FOLDER`.

On a cluster nothing changes but the master, `num_workers` and if the rows are read from. Every second row is left out, to be the
labelled rows that the model has not seen.
"""

import json
import sys
from pathlib import Path

from pyspark.ml.feature import StringIndexer
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from xgboost.spark import SparkXGBClassifier

data, folder = sys.argv[1], Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)

NUMBERS = ["Customer_Age", "Months_on_book", "Total_Relationship_Count", "Total_Trans_Amt", "Total_Trans_Ct"]
CATEGORIES = ["Gender", "Income_Category", "Card_Category"]
TARGET = ("Attrition_Flag", "Attrited Customer")

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
rows = spark.read.csv(data, header=True, inferSchema=True)
train = rows.where(F.col("CLIENTNUM") % 2 == 0).withColumn(
    "label", (F.col(TARGET[0]) == TARGET[1]).cast("double")
)

# XGBoost takes categories as codes; the levels behind them go beside the model.
indexer = StringIndexer(
    inputCols=CATEGORIES, outputCols=[f"{name}_code" for name in CATEGORIES], stringOrderType="alphabetAsc"
).fit(train)
classifier = SparkXGBClassifier(
    features_col=[*NUMBERS, *(f"{name}_code" for name in CATEGORIES)],
    label_col="label",
    num_workers=2,
    n_estimators=60,
    max_depth=4,
    feature_types=["float"] * len(NUMBERS) + ["c"] * len(CATEGORIES),
)
model = classifier.fit(indexer.transform(train))

model.get_booster().save_model(str(folder / "booster.json"))
levels = dict(zip(CATEGORIES, (list(labels) for labels in indexer.labelsArray), strict=True))
(folder / "levels.json").write_text(json.dumps(levels))
unseen = rows.where(F.col("CLIENTNUM") % 2 == 1)
unseen.toPandas().to_csv(folder / "unseen.csv", index=False)
scored = model.transform(indexer.transform(unseen)).select("CLIENTNUM", "probability").collect()
(folder / "spark_scores.json").write_text(
    json.dumps({row["CLIENTNUM"]: float(row["probability"][1]) for row in scored})
)
spark.stop()
print(folder / "booster.json")
