import { at, make, say, show } from './dom.js';
import { findOtherwise } from './service.js';

/**
 * The part of the page that tells what would have to be otherwise about the first row for another decision, and tries it.
 *
 * @param {object} page
 * @param {() => import('./types.js').Row | undefined} page.firstRow
 * @param {(row: import('./types.js').Row) => void} page.fill fills in a row and scores it
 * @param {(error: unknown) => void} page.fail
 */
export function offerOtherwise({ firstRow, fill, fail }) {
  at('otherwise').addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault();
    const row = firstRow();
    if (!row) return;
    try {
      const found = await findOtherwise(row, at('target').value);
      // Another row was begun with meanwhile.
      if (row === firstRow()) showFound(found, row, fill);
    } catch (error) {
      fail(error);
    }
  });
}

/** @param {import('./types.js').Model} model */
export function buildOtherwise({ counterfactuals = false, task }) {
  show('otherwise', counterfactuals);
  show('reach', task === 'value');
  at('target').required = task === 'value';
}

/** Forgets what was found of another row. */
export function clearOtherwise() {
  at('found').replaceChildren();
  show('none', false);
}

/**
 * @param {import('./types.js').Counterfactual[]} found
 * @param {import('./types.js').Row} row
 * @param {(row: import('./types.js').Row) => void} fill
 */
function showFound(found, row, fill) {
  show('none', found.length === 0);
  at('found').replaceChildren(
    ...found.map(({ text, changes }) => {
      const words = text.charAt(0).toUpperCase() + text.slice(1);
      const attempt = make('button', { type: 'button', className: 'quiet' }, 'Try it');
      attempt.setAttribute('aria-label', `Try it: ${words}`);
      attempt.addEventListener('click', () => fill(changedRow(row, changes)));
      return make('li', {}, `${words} `, attempt);
    }),
  );
  const [{ text } = { text: 'No plausible change was found' }] = found;
  say(text);
}

/** @param {import('./types.js').Row} row @param {import('./types.js').Counterfactual['changes']} changes */
function changedRow(row, changes) {
  /** @type {import('./types.js').Row} */
  const changed = {};
  const to = new Map(changes.map((change) => [change.column, change.to]));
  for (const [column, value] of Object.entries(row)) {
    Object.defineProperty(changed, column, {
      value: to.has(column) ? to.get(column) : value,
      enumerable: true,
    });
  }
  return changed;
}
