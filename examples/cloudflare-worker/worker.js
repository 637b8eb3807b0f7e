import { columns, hash, predict } from './model.js';

/** The maximum number of rows of a request, so that it stays within the processor time of a worker. */
const MAX_ROWS = 1000;

export default {
  /** Answers `POST {"age": 45, …}`, or a list of such rows, with what the model says of each. */
  async fetch(request) {
    if (request.method !== 'POST') return answer(200, { model: hash, expects: columns });
    try {
      const body = await request.json();
      const rows = Array.isArray(body) ? body : [body];
      if (rows.length > MAX_ROWS) throw new Error(`expected at most ${MAX_ROWS} rows, got ${rows.length}`);
      rows.forEach(requireColumns);
      return answer(200, { model: hash, predictions: predict(rows) });
    } catch (error) {
      // The model says which row and column it cannot take, and what it expects.
      return answer(400, { error: error.message });
    }
  },
};

/** So that a misspelt name is told, and not taken for a value that is not known. */
function requireColumns(row, place) {
  if (typeof row !== 'object' || row === null) throw new Error(`row ${place}: expected an object`);
  const lacking = columns.find(({ name }) => !Object.hasOwn(row, name));
  if (lacking)
    throw new Error(`row ${place}: column "${lacking.name}" is missing; pass null if the value is unknown`);
}

function answer(status, body) {
  return Response.json(body, { status });
}
