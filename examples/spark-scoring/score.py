"""Scores a folder of Parquet on Spark: spark-submit score.py MODEL INPUT OUTPUT [COMMAND OF CHURN]"""

import sys

from pyspark.sql import SparkSession

from churn_spark import score

model, source, target, *churn = sys.argv[1:]
spark = SparkSession.builder.appName("churn").getOrCreate()
rows = spark.read.parquet(source)
score(rows, model, churn or ("churn",)).write.mode("overwrite").parquet(target)
