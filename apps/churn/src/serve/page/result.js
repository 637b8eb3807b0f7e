import { difference, percent, shownReasons, told, upliftText } from './answer.js';
import { at, make, say, show, text } from './dom.js';

/** How many of the strongest reasons are shown. */
const REASONS = 6;

/** @param {import('./types.js').Model} model */
export function buildResult({ task, threshold = null }) {
  if (threshold !== null) {
    at('threshold').style.left = `${100 * Math.min(threshold, 1)}%`;
    at('threshold').title = `threshold ${threshold.toFixed(3)}`;
  }
  show('threshold', threshold !== null);
  show('bar', task !== 'value');
}

/**
 * Shows what is said of a row.
 * @param {import('./types.js').Model} model
 * @param {import('./types.js').Explained} now
 * @param {{ explained: import('./types.js').Explained, changed: readonly string[] }} [compared] with what it is compared
 */
export function showResult(model, now, compared) {
  const { label, score, call, number, isPositive } = told(model, now);
  const { warnings = [], probabilities } = now;
  at('result').classList.toggle('positive', isPositive);
  text('label', label);
  text('probability', score);
  text('call', call);
  at('level').style.width = `${100 * number}%`;
  showDifference(model, now, compared?.explained);
  const uplift = upliftText(model, now);
  text('uplift', uplift);
  show('uplift', uplift !== '');
  at('warnings').replaceChildren(...warnings.map((warning) => make('li', {}, warning.text)));
  show('warnings', warnings.length > 0);
  showClasses(now, compared?.explained);
  const reasons = shownReasons(now, compared?.explained, compared?.changed ?? [], REASONS);
  at('reasons').replaceChildren(
    ...reasons.map(({ text: reason, direction, before }) => {
      const item = make('li', { className: direction }, reason);
      if (before) item.append(make('span', { className: 'before' }, before));
      return item;
    }),
  );
  show('others', probabilities !== undefined);
  show('result', true);
  const apart = compared ? `, ${difference(model, compared.explained, now).text}` : '';
  say(`${label}: ${score}${call && `, ${call}`}${apart.replace(/[▲▼] /, '')}`);
}

/**
 * @param {import('./types.js').Model} model
 * @param {import('./types.js').Explained} now
 * @param {import('./types.js').Explained | undefined} first
 */
function showDifference(model, now, first) {
  show('difference', first !== undefined);
  show('earlier', first !== undefined && model.task !== 'value' && first.label === now.label);
  if (!first) return;
  const { text: words, direction } = difference(model, first, now);
  text('difference', words);
  at('difference').className = direction;
  at('earlier').style.left = `${100 * told(model, first).number}%`;
}

/**
 * The probabilities of several classes, the likeliest first.
 * @param {import('./types.js').Explained} now
 * @param {import('./types.js').Explained | undefined} first
 */
function showClasses({ probabilities = {}, prediction }, first) {
  const sorted = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  at('classes').replaceChildren(
    ...sorted.map(([name, probability]) => {
      const before = first?.probabilities?.[name];
      const apart =
        before === undefined || percent(before) === percent(probability)
          ? ''
          : ` (${percent(before)} at first)`;
      const className = name === prediction ? 'called' : '';
      return make(
        'li',
        { className },
        make('span', {}, name),
        make('span', {}, percent(probability) + apart),
      );
    }),
  );
}
