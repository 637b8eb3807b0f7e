"""Scores a DataFrame of Spark with a saved model of churn: each partition is streamed through a process of `churn predict`."""

import subprocess
import threading
from collections import deque
from queue import SimpleQueue

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
from pyspark.sql import DataFrame
from pyspark.sql.types import BinaryType, DoubleType, IntegerType, MapType, StringType
from pyspark.sql.types import ArrayType, StructField, StructType

# The columns that scoring adds where a model tells two classes apart and was trained with `predicts: churn`, the default.
ADDED = StructType([
    StructField("churn_probability", DoubleType()),
    StructField("churn_prediction", IntegerType()),
    StructField("churn_warnings", StringType()),
])

# By which column a scored row finds the row that it was made of.
ROW = "churn_row"

NESTED = (ArrayType, MapType, StructType, BinaryType)


def score(df: DataFrame, model: str, churn=("churn",), columns=None, added: StructType = ADDED) -> DataFrame:
    """Adds to each row of `df` what the model says of it; of a row that cannot be scored it says nothing.

    `model` is the path of the model file and `churn` the command, both as the executors have them. `columns` are those that the
    model reads, by default all that are no lists, structures or bytes. `added` are the columns that `churn predict` adds.
    """
    # Executors import it, too.
    df.sparkSession.sparkContext.addPyFile(__file__)
    flat = [field.name for field in df.schema if not isinstance(field.dataType, NESTED)]
    sent = list(columns) if columns is not None else flat
    command = [*churn, "predict", "--model", model, "--input", "-", "--format", "csv", "--delimiter", ",", "--encoding", "utf-8"]
    arrow = {field.name: _ARROW[type(field.dataType)] for field in added}
    schema = StructType([*df.schema.fields, *added.fields])
    return df.mapInArrow(lambda batches: _score_partition(batches, command, sent, arrow), schema)


_ARROW = {DoubleType: pa.float64(), IntegerType: pa.int32(), StringType: pa.string()}


def _score_partition(batches, command, columns, added):
    first = next((batch for batch in batches if batch.num_rows > 0), None)
    if first is None:
        return
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = deque(maxlen=20)
    listener = threading.Thread(target=lambda: told.extend(process.stderr), daemon=True)
    listener.start()
    # Of batches that are sent and not yet scored; as many as the process holds back, whose pipe is what slows the sender down.
    waiting = SimpleQueue()
    sender = threading.Thread(target=_send, args=(first, batches, columns, process.stdin, waiting), daemon=True)
    sender.start()
    try:
        scored = _Scored(process.stdout, added)
        start = 0
        while (batch := waiting.get()) is not None:
            if isinstance(batch, BaseException):
                raise batch
            found = scored.rows(start, start + batch.num_rows)
            start += batch.num_rows
            yield pa.RecordBatch.from_arrays([*batch.columns, *found], [*batch.schema.names, *added])
        if process.wait() != 0:
            listener.join()
            raise RuntimeError(b"".join(told).decode(errors="replace").strip() or "churn predict failed")
    finally:
        # Where nobody wants more rows, or something went wrong.
        process.kill()
        process.wait()


def _send(first, batches, columns, pipe, waiting):
    """Writes all batches to the process as CSV, with the number of each row before it."""
    try:
        schema = pa.schema([(ROW, pa.int64()), *[first.schema.field(name) for name in columns]])
        start = 0
        with pipe, csv.CSVWriter(pipe, schema) as writer:
            for batch in _with_first(first, batches):
                numbers = pa.array(range(start, start + batch.num_rows), pa.int64())
                start += batch.num_rows
                waiting.put(batch)
                writer.write_batch(pa.RecordBatch.from_arrays([numbers, *[batch.column(name) for name in columns]], schema=schema))
        waiting.put(None)
    except BrokenPipeError:
        # The process has ended early, and its exit code and messages tell why.
        waiting.put(None)
    except BaseException as error:
        waiting.put(error)


def _with_first(first, batches):
    yield first
    for batch in batches:
        if batch.num_rows > 0:
            yield batch


class _Scored:
    """The rows that come out of the process, in their order."""

    def __init__(self, pipe, added):
        self.pipe = pipe
        self.added = added
        self.batches = None
        self.held = pa.table({name: pa.array([], kind) for name, kind in {ROW: pa.int64(), **added}.items()})

    def rows(self, start, end):
        """The added columns of the rows from `start` up to `end`; without a value if a row was rejected."""
        while self.held.num_rows == 0 or self.held[ROW][-1].as_py() < end - 1:
            batch = self._next()
            if batch is None:
                break
            self.held = pa.concat_tables([self.held, pa.Table.from_batches([batch])])
        places = pc.index_in(pa.array(range(start, end), pa.int64()), value_set=self.held[ROW].combine_chunks())
        found = [self.held[name].combine_chunks().take(places) for name in self.added]
        self.held = self.held.filter(pc.greater_equal(self.held[ROW], end))
        return found

    def _next(self):
        if self.batches is None:
            kinds = {ROW: pa.int64(), **self.added}
            convert = csv.ConvertOptions(column_types=kinds, include_columns=list(kinds))
            parse = csv.ParseOptions(newlines_in_values=True)
            try:
                self.batches = iter(csv.open_csv(self.pipe, parse_options=parse, convert_options=convert))
            except pa.ArrowInvalid:
                # Nothing came out, for a reason that the exit code tells.
                self.batches = iter(())
        return next(self.batches, None)
