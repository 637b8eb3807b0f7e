"""Arrow files as written by pandas and pyarrow, compressed with linked blocks. Made with pyarrow 26.0.1.

python arrow.py
"""
import datetime as dt
import decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.feather as feather

folder = Path(__file__).parent
numbers = pa.table({"n": pa.array([i % 50 / 2 for i in range(20_000)])})
for compression in ["lz4", "zstd"]:
    feather.write_feather(numbers, folder / f"numbers.{compression}.feather", compression=compression)

noon = dt.datetime(2024, 2, 29, 13, 45)
kinds = pa.table(
    {
        "number": [1.5, float("nan"), None],
        "single": pa.array([0.5, None, -2], pa.float32()),
        "whole": pa.array([2**60 + 1, None, 5], pa.int64()),
        "decimal": [decimal.Decimal("12.34"), None, decimal.Decimal("-0.01")],
        "boolean": [True, None, False],
        "day": [dt.date(2024, 2, 29), None, dt.date(1969, 12, 31)],
        "time": pa.array([noon, None, noon], pa.timestamp("us")),
        "instant": pa.array([noon, None, noon], pa.timestamp("ms", tz="Europe/Berlin")),
        "text": ["a", None, "é"],
        "large": pa.array(["a", None, "é"], pa.large_string()),
        "level": pa.array(["x", None, "y"]).dictionary_encode(),
    }
)
with pa.OSFile(str(folder / "kinds.arrow"), "wb") as file:
    with pa.ipc.new_stream(file, kinds.schema) as writer:
        writer.write_table(kinds)
