import { Problem } from '../problem.js';
import type { RequestWarnings } from '../row-answers.js';
import type { Prediction, ServedModel } from '../served-model.js';
import { numberBytes, textBytes } from './binary-tensors.js';
import type { InferenceRequest } from './read-request.js';

/** A tensor of an answer. */
interface Tensor {
  readonly shape: readonly number[];
  readonly datatype: 'FP64' | 'BYTES';
  readonly data: readonly (number | string)[];
}

/** An output: what it is, and how it is made of what rows were called. */
interface Output {
  readonly datatype: Tensor['datatype'];
  /** -1 stands for any number of rows. */
  readonly shape: readonly number[];
  of(predictions: readonly Prediction[], warnings: RequestWarnings): Tensor['data'];
}

/** What a model answers with, by name: of several classes the probability of each as well, in the order of `classes`. */
export function outputsOf({ classes }: Pick<ServedModel, 'classes'>): ReadonlyMap<string, Output> {
  const outputs = new Map<string, Output>([
    [
      'probability',
      {
        datatype: 'FP64',
        shape: [-1],
        of: (predictions) => predictions.map(({ probability }) => probability),
      },
    ],
    [
      'prediction',
      {
        datatype: 'BYTES',
        shape: [-1],
        of: (predictions) => predictions.map(({ prediction }) => prediction),
      },
    ],
  ]);
  if (classes.length > 2) {
    outputs.set('probabilities', {
      datatype: 'FP64',
      shape: [-1, classes.length],
      of: (predictions) =>
        predictions.flatMap(({ probabilities }) => classes.map((label) => probabilities?.[label] ?? 0)),
    });
    outputs.set('classes', { datatype: 'BYTES', shape: [classes.length], of: () => classes });
  }
  outputs.set('warnings', {
    datatype: 'BYTES',
    shape: [-1],
    of: (predictions, warnings) =>
      predictions.map((_, row) => (warnings.get(row) ?? []).map(({ text }) => text).join('; ')),
  });
  return outputs;
}

/** The tensors of an answer as JSON, and the bytes of those that are sent so. */
export interface WrittenOutputs {
  readonly outputs: readonly object[];
  readonly binary: readonly Uint8Array[];
}

/** @throws `Problem` where an output is asked for that there is not. */
export function writeOutputs(
  { outputs: asked, isBinary: isAllBinary }: Omit<InferenceRequest, 'rows'>,
  model: Pick<ServedModel, 'classes'>,
  predictions: readonly Prediction[],
  warnings: RequestWarnings,
): WrittenOutputs {
  const known = outputsOf(model);
  const binary: Uint8Array[] = [];
  const chosen = asked ?? Array.from(known.keys(), (name) => ({ name, isBinary: isAllBinary }));
  const outputs = chosen.map(({ name, isBinary }) => {
    const { datatype, shape, of } = known.get(name) as Output;
    const data = of(predictions, warnings);
    const tensor = { name, datatype, shape: shape.map((size) => (size < 0 ? predictions.length : size)) };
    if (!isBinary) return { ...tensor, data };
    const bytes = datatype === 'FP64' ? numberBytes(data as number[]) : textBytes(data as string[]);
    binary.push(bytes);
    return { ...tensor, parameters: { binary_data_size: bytes.length } };
  });
  return { outputs, binary };
}

/** @throws `Problem` where an output is asked for that there is not. */
export function refuseUnknownOutputs(
  { outputs = [] }: Pick<InferenceRequest, 'outputs'>,
  model: Pick<ServedModel, 'classes'>,
): void {
  const known = outputsOf(model);
  const unknown = outputs.find(({ name }) => !known.has(name));
  if (unknown === undefined) return;
  throw new Problem(
    400,
    'Bad request',
    `output "${unknown.name}": expected one of ${[...known.keys()].join(', ')}`,
  );
}
