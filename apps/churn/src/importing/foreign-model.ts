import { ChurnError, type ClassLabel } from '@churn/core';
import {
  fromCatBoost,
  fromLightGBM,
  fromOnnx,
  fromXGBoost,
  type ImportedTrees,
  type ImportOptions,
} from '@churn/exchange';
import { decodeUtf8, inFile, readBytes } from '@churn/io';
import type { Library } from './libraries.js';

const READERS: Readonly<Record<TextLibrary, (text: string, options: ImportOptions) => ImportedTrees>> = {
  lightgbm: fromLightGBM,
  xgboost: fromXGBoost,
  catboost: fromCatBoost,
};

type TextLibrary = Exclude<Library, 'onnx'>;

/** A model file of another library. */
export type ForeignFile = { readonly file: string } & (
  | { readonly library: TextLibrary; readonly text: string }
  | { readonly library: 'onnx'; readonly bytes: Uint8Array }
);

/**
 * Reads a model file of another library.
 *
 * @param library the library. By default detected from the content.
 * @throws `invalid-file` if it cannot be read; `model-file` if its content matches no library.
 */
export async function readForeignFile(file: string, library?: Library): Promise<ForeignFile> {
  const bytes = await readBytes(file);
  if (library === 'onnx' || (!library && bytes[0] === ONNX)) return { file, library: 'onnx', bytes };
  // UBJSON is binary; its first bytes are enough for the error message.
  const head = Array.from(bytes.subarray(0, 2), (byte) => String.fromCharCode(byte)).join('');
  const text = UBJSON.test(head) ? head : decodeUtf8(bytes, file);
  const found = library ?? libraryOf(text);
  if (found) return { file, library: found, text };
  throw new ChurnError(
    'model-file',
    `${file}: expected a text file of LightGBM, JSON of XGBoost or CatBoost, or ONNX; if it is one, name it with --from`,
  );
}

/** An ONNX model starts with its version, the first field of the message. */
const ONNX = 8;
/** A UBJSON object starts with the type of the length of a key. */
const UBJSON = /^\{[LliUI$#]/;

function libraryOf(text: string): TextLibrary | undefined {
  if (/^tree\s/.test(text)) return 'lightgbm';
  if (UBJSON.test(text)) return 'xgboost';
  if (!/^\s*\{/.test(text)) return undefined;
  if (text.includes('"learner"')) return 'xgboost';
  return text.includes('"features_info"') ? 'catboost' : undefined;
}

/**
 * The fitted model of a file.
 * @throws as the readers of `@churn/exchange` do, with the name of the file.
 */
export function foreignModel(foreign: ForeignFile, options: ImportOptions): ImportedTrees {
  try {
    if (foreign.library === 'onnx') return fromOnnx(foreign.bytes, options);
    return READERS[foreign.library](foreign.text, options);
  } catch (error) {
    throw inFile(foreign.file, error);
  }
}

/**
 * The labels of a model's classes: those named by the file, or else its codes in the order of the labels.
 *
 * @param given the labels in the order of the model's codes, if specified by the user.
 * @param file the file of the model, for messages.
 * @param labels the labels of the data; if there are two, the second is the positive one.
 * @throws `invalid-parameter` if the correspondence of codes and labels is unclear.
 */
export function classesFor(
  file: string,
  model: readonly ClassLabel[],
  labels: readonly ClassLabel[],
  given?: readonly string[],
): readonly string[] {
  const own = model.map(String);
  const ofData = labels.map(String);
  const isSame = (names: readonly string[]) =>
    names.length === ofData.length && ofData.every((name) => names.includes(name));
  const shown = ofData.join(', ');
  if (given) {
    if (isSame(given)) return given;
    throw new ChurnError(
      'invalid-parameter',
      `--classes: expected the labels of the target in the order of the model's codes, got ${given.join(', ')}; the target has ${shown}`,
    );
  }
  if (isSame(own)) return own;
  const areCodes = own.every((name, code) => name === String(code));
  if (areCodes && own.length === 2 && ofData.length === 2) return ofData;
  throw new ChurnError(
    'invalid-parameter',
    `${file}: expected a model of the classes ${shown}, as in the target, got ${own.join(', ')}; map them with --classes, the labels in the order of the model's classes`,
  );
}
