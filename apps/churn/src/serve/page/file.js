import { csvBatches, withoutHeader } from './csv-batches.js';
import { at, make, show, text } from './dom.js';
import { ServiceError, scoreCsv } from './service.js';

/** How much is scored by one request at most. */
const ROWS = 1000;
const CHARACTERS = 500_000;
/** How many faults are told. */
const TOLD = 100;

/** @param {number} count @param {string} what */
const counted = (count, what) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

let running = new AbortController();
let url = '';

/** Takes files that are chosen, or dropped on the page. @param {() => import('./types.js').Model | undefined} modelOf */
export function takeFiles(modelOf) {
  const take = (/** @type {File | undefined} */ file) => {
    const model = modelOf();
    if (file && model) void scoreFile(file, model);
  };
  at('chosen').addEventListener('change', () => {
    take(at('chosen').files[0]);
    // The same file may be chosen again, once it is mended.
    at('chosen').value = '';
  });
  at('stop').addEventListener('click', () => running.abort());
  const { classList } = document.body;
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    classList.toggle('dropping', modelOf() !== undefined);
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) classList.remove('dropping');
  });
  addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Otherwise the browser would leave the page for the file.
    event.preventDefault();
    classList.remove('dropping');
    take(event.dataTransfer.files[0]);
  });
}

/** @param {File} file @param {import('./types.js').Model} model */
async function scoreFile(file, model) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  show('download', false);
  show('faults', false);
  show('scoring', true);
  at('progress').max = Math.max(1, file.size);
  at('progress').value = 0;
  text('scored', `Scoring ${file.name} …`);
  at('file').scrollIntoView({ block: 'nearest' });
  try {
    const { pieces, rows, faults, omitted } = await scored(file, model, signal);
    if (rows === 0) throw new Error('expected a header line and rows, got none');
    if (faults.length > 0) tellFaults(file.name, faults, omitted);
    else offer(file.name, pieces, rows);
  } catch (error) {
    // Another file has taken its place.
    if (signal !== running.signal) return;
    text('scored', signal.aborted ? `${file.name}: stopped.` : `${file.name}: ${reason(error)}`);
  } finally {
    if (signal === running.signal) show('scoring', false);
  }
}

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Scores a file, batch by batch. Once a row has a fault, the others are only looked at.
 * @param {File} file
 * @param {import('./types.js').Model} model
 * @param {AbortSignal} signal
 */
async function scored(file, { maxRows }, signal) {
  /** @type {string[]} */
  const pieces = [];
  /** @type {string[]} */
  const faults = [];
  let [rows, omitted] = [0, 0];
  for await (const batch of csvBatches(textOf(file), { rows: Math.min(ROWS, maxRows), size: CHARACTERS })) {
    signal.throwIfAborted();
    try {
      const answer = await scoreCsv(batch.header + batch.text, signal);
      pieces.push(rows === 0 ? answer : withoutHeader(answer));
    } catch (error) {
      if (!(error instanceof ServiceError) || error.errors.length === 0) throw error;
      for (const { row, column, detail } of error.errors) {
        const where = `row ${(rows + row + 1).toLocaleString('en')}`;
        faults.push(column === undefined ? `${where}: ${detail}` : `${where}, column ${column}: ${detail}`);
      }
      omitted += error.omitted;
    }
    rows += batch.rows;
    at('scored').textContent = `${file.name}: ${counted(rows, 'row')} …`;
  }
  return { pieces, rows, faults, omitted };
}

/** The text of a file as it is read, which the progress follows. @param {File} file @returns {AsyncGenerator<string>} */
async function* textOf(file) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = file.stream().getReader();
  const decoded = (/** @type {Uint8Array} */ bytes, /** @type {boolean} */ stream) => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw new Error('expected CSV in UTF-8');
    }
  };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    yield decoded(value, true);
    at('progress').value += value.byteLength;
  }
  yield decoded(new Uint8Array(), false);
}

/** @param {string} name @param {string[]} pieces @param {number} rows */
function offer(name, pieces, rows) {
  URL.revokeObjectURL(url);
  url = URL.createObjectURL(new Blob(pieces, { type: 'text/csv' }));
  const download = `${name.replace(/\.[^.]*$/, '')}_scored.csv`;
  const link = make('a', { href: url, download }, `Download ${download}`);
  at('download').replaceChildren(link);
  show('download', true);
  text('scored', `${name}: ${counted(rows, 'row')} scored.`);
}

/** @param {string} name @param {string[]} faults @param {number} omitted */
function tellFaults(name, faults, omitted) {
  const told = faults.slice(0, TOLD);
  const more = faults.length - told.length + omitted;
  text(
    'scored',
    `${name}: ${counted(faults.length + omitted, 'value')} cannot be scored; nothing is given back.`,
  );
  at('faults')
    .querySelector('ul')
    .replaceChildren(
      ...told.map((fault) => make('li', {}, fault)),
      ...(more > 0 ? [make('li', {}, `and ${counted(more, 'other')}`)] : []),
    );
  show('faults', true);
}
