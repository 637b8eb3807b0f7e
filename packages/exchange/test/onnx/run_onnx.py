"""Checks models of ONNX and runs them in onnxruntime.

Reads a JSON list of jobs from standard input: `model`, the path of a file, and `inputs`, by name their `shape` and either `doubles`
(base64 of little-endian bytes) or `texts`. Writes a JSON list of outputs in the same form to standard output.
"""

import base64
import json
import sys

import numpy as np
import onnx
import onnxruntime


def decode(value):
    if "texts" in value:
        return np.array(value["texts"], dtype=object).reshape(value["shape"])
    return np.frombuffer(base64.b64decode(value["doubles"]), dtype="<f8").reshape(value["shape"])


def encode(value):
    shape = list(value.shape)
    if value.dtype == object:
        return {"shape": shape, "type": "text", "texts": value.reshape(-1).tolist()}
    doubles = base64.b64encode(np.ascontiguousarray(value, dtype="<f8").tobytes()).decode()
    return {"shape": shape, "type": str(value.dtype), "doubles": doubles}


def run(job):
    onnx.checker.check_model(onnx.load(job["model"]), full_check=True)
    session = onnxruntime.InferenceSession(job["model"], providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    outputs = session.run(names, {name: decode(value) for name, value in job["inputs"].items()})
    return {name: encode(value) for name, value in zip(names, outputs)}


json.dump([run(job) for job in json.load(sys.stdin)], sys.stdout)
