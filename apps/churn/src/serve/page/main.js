import { at, show, text } from './dom.js';
import { takeFiles } from './file.js';
import { RowForm } from './form.js';
import { latest } from './latest.js';
import { buildOtherwise, clearOtherwise, offerOtherwise } from './otherwise.js';
import { buildResult, showResult } from './result.js';
import { askModel, explain, hasKey, ServiceError, useKey } from './service.js';

/** @type {import('./types.js').Model | undefined} */
let model;
/**
 * The row that others are compared with, and what was said of it.
 * @type {import('./types.js').Answer & { row: import('./types.js').Row } | undefined}
 */
let first;
/** Whether what is filled in is to be scored: from the first time until it is cleared. */
let isLive = false;
/** Counts the rows that were begun with, so that an answer to one before is known. */
let turn = 0;

const form = new RowForm(() => {
  if (isLive) void rescore();
});

const rescore = latest(async () => {
  const began = turn;
  const row = form.read();
  try {
    const answer = await explain(row);
    if (began !== turn || !model || !isLive) return;
    // A new model is served: its answers are no differences from those of the old one.
    if (first?.model !== answer.model) first = { row, ...answer };
    const isFirst = first.row === row;
    const changed = form.mark(first.row);
    showResult(model, answer.explained, isFirst ? undefined : { explained: first.explained, changed });
    show('back', changed.length > 0);
    show('error', false);
  } catch (error) {
    if (began === turn) fail(error);
  }
});

/** @param {unknown} error */
function fail(error) {
  text('error', error instanceof Error ? error.message : String(error));
  show('error', true);
  show('result', false);
}

/** @param {import('./types.js').Model} told */
function build(told) {
  document.title = `Scoring: ${told.predicts}`;
  text('title', document.title);
  form.build(told);
  buildResult(told);
  buildOtherwise(told);
  text('hash', told.hash.slice(0, 12));
  // A link sends no key.
  show('document', !hasKey());
  for (const id of ['model', 'row', 'file']) show(id, true);
  show('unlock', false);
  text(
    'hint',
    'Fill in what is known; what is left empty counts as unknown. Once scored, change a value to see what it does.',
  );
}

async function open() {
  try {
    model = await askModel();
    show('error', false);
    build(model);
    if (hasKey()) at('c0').focus();
  } catch (error) {
    const isLocked = error instanceof ServiceError && error.status === 401;
    if (isLocked) {
      show('unlock', true);
      text('hint', 'This service answers to whoever has its key.');
      at('key').focus();
    }
    if (!isLocked || hasKey()) fail(isLocked ? new Error('This is not the API key.') : error);
  }
}

/** Forgets what rows are compared with. */
function begin() {
  turn++;
  first = undefined;
  form.mark(undefined);
  clearOtherwise();
  show('back', false);
}

at('unlock').addEventListener('submit', (/** @type {Event} */ event) => {
  event.preventDefault();
  useKey(at('key').value);
  void open();
});
at('row').addEventListener('submit', (/** @type {Event} */ event) => {
  event.preventDefault();
  begin();
  isLive = true;
  void rescore();
});
at('back').addEventListener('click', () => {
  if (!first) return;
  form.write(first.row);
  at('c0').focus();
  void rescore();
});
at('typical').addEventListener('click', () => {
  form.write(form.typical());
  if (isLive) void rescore();
});
at('row').addEventListener('reset', () => {
  begin();
  isLive = false;
  show('result', false);
  show('error', false);
  // The fields are emptied after this event.
  setTimeout(() => form.moveSliders());
});
offerOtherwise({
  firstRow: () => first?.row,
  fill(row) {
    form.write(row);
    void rescore();
  },
  fail,
});
takeFiles(() => model);
void open();
