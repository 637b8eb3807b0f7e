"""Scores rows on a local Spark as the example does, and prints as JSON how that compares with `scored.csv`."""

import json
import runpy
import sys

import pyarrow.csv as csv
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

example, *churn = sys.argv[1:]
sys.path.insert(0, example)
import churn_spark

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
parse = csv.ParseOptions(newlines_in_values=True)
convert = csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
rows = csv.read_csv("rows.csv", parse_options=parse, convert_options=convert)
pq.write_table(rows.slice(0, 100), "in.parquet")

# A column of a type that does not go through the process, and partitions without rows.
df = spark.createDataFrame(rows).repartition(7).selectExpr("*", "array(id) as tags")
df = df.union(df.where("false"))
found = {row.id: row for row in churn_spark.score(df, "m.json", churn).collect()}
expected = csv.read_csv("scored.csv", parse_options=parse).to_pylist()
names = ["churn_probability", "churn_prediction", "churn_warnings"]
differ = [row["id"] for row in expected if any((found[row["id"]][name] or "") != (row[name] or "") for name in names)]
rejected = [found[id] for id in found.keys() - {row["id"] for row in expected}]

try:
    churn_spark.score(df.drop("age"), "m.json", churn).collect()
    failure = None
except Exception as error:
    failure = str(error)

# What SQL carries is scored in Spark itself.
spark.createDataFrame(rows).repartition(100).createOrReplaceTempView("raw_rows")
with open("boosting.sql", encoding="utf-8") as file:
    in_sql = spark.sql(file.read())
boosted = {row.id: row.churn_probability for row in in_sql.collect()}
with open("boosting.json", encoding="utf-8") as file:
    apart = {id: abs(boosted[id] - share) for id, share in json.load(file).items()}

# The job takes the session that there is.
sys.argv = ["score.py", "m.json", "in.parquet", "out", *churn]
runpy.run_path(f"{example}/score.py", run_name="__main__")
written = pq.read_table("out")

print(json.dumps({
    "found": len(found),
    "scored": len(expected),
    "differ": differ,
    "rejected": [[row.id, row.churn_probability, row.churn_prediction, row.tags] for row in rejected],
    "partitions": in_sql.rdd.getNumPartitions(),
    "boosted": len(boosted),
    "apart": max(apart.values()),
    "failure": failure,
    "columns": written.column_names,
    "rows": written.num_rows,
}))
