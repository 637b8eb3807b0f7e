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

/** A file of another library. */
export type ForeignFile = { readonly file: string } & (
  | { readonly library: TextLibrary; readonly text: string }
  | { readonly library: 'onnx'; readonly bytes: Uint8Array }
);

/**
 * Reads a file of another library.
 *
 * @param library whose it is. Default: by its content.
 * @throws `invalid-file` if it cannot be read; `model-file` if its content is that of none of the libraries.
 */
export async function readForeignFile(file: string, library?: Library): Promise<ForeignFile> {
  const bytes = await readBytes(file);
  if (library === 'onnx' || (!library && bytes[0] === ONNX)) return { file, library: 'onnx', bytes };
  // UBJSON is no text: its first bytes are enough to be told so.
  const head = Array.from(bytes.subarray(0, 2), (byte) => String.fromCharCode(byte)).join('');
  const text = UBJSON.test(head) ? head : decodeUtf8(bytes, file);
  const found = library ?? libraryOf(text);
  if (found) return { file, library: found, text };
  throw new ChurnError(
    'model-file',
    `${file}: expected a text file of LightGBM, JSON of XGBoost or CatBoost, or ONNX; if it is one, name it with --from`,
  );
}

/** A model of ONNX begins with its version, the first field of its message. */
const ONNX = 8;
/** An object of UBJSON begins with the type of the length of a key. */
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
 * @throws what the readers of `@churn/exchange` throw, with the name of the file.
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
 * The classes of a model by the labels of data: those that the file names, or else its codes in the order of the labels.
 *
 * @param given the labels by the codes of the model, where a user says them.
 * @param labels the labels of the data; of two, the second is the positive one.
 * @throws `invalid-parameter` if it is not clear which code is which label.
 */
export function classesFor(
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
    `the model has the classes ${own.join(', ')}, and the target ${shown}; map them with --classes, the labels in their order`,
  );
}
