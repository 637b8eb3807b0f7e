/** What of an answer is shown, in words. */

/** @param {number} value */
const short = (value) => value.toLocaleString('en', { maximumSignificantDigits: 4 });

/** @param {number} probability */
export const percent = (probability) => `${(100 * probability).toFixed(1)}%`;

/** @param {number} value */
const signed = (value) => (value < 0 ? '−' : '+');

/**
 * @typedef {object} Told
 * @property {string} label what is predicted
 * @property {string} score
 * @property {string} call what the row is called, or the interval of its value
 * @property {number} number the probability or the value
 * @property {boolean} isPositive whether the row is called what is looked for
 */

/**
 * @param {import('./types.js').Model} model
 * @param {import('./types.js').Explained} explained
 * @returns {Told}
 */
export function told(model, explained) {
  const { task, predicts, classes = [] } = model;
  const { prediction, label, probability = 0, low, high } = explained;
  if (task === 'survival') return toldTimes(model, explained);
  if (task === 'value') {
    const number = Number(prediction);
    const call = low === undefined || high === undefined ? '' : `${short(low)} to ${short(high)}`;
    const what = `Predicted ${predicts.replaceAll('_', ' ')}`;
    return { label: what, score: short(number), call, number, isPositive: false };
  }
  const isBinary = classes.length === 2;
  return {
    label: `Probability of “${label}”`,
    score: percent(probability),
    call: prediction === label && !isBinary ? '' : `predicted “${prediction}”`,
    number: probability,
    isPositive: isBinary && prediction === classes[1],
  };
}

/**
 * What a treatment would do to the row; `undefined` if the model does not tell.
 * @param {import('./types.js').Model} model
 * @param {import('./types.js').Explained} explained
 */
export function upliftText({ treatment }, { uplift }) {
  if (!treatment || uplift === undefined) return '';
  const points = (100 * Math.abs(uplift)).toFixed(1);
  return `Uplift: “${treatment.treated}” in “${treatment.column}” would ${uplift < 0 ? 'raise' : 'lower'} it by ${points} percentage points`;
}

/**
 * The probability within the last horizon, and the expected time.
 * @param {import('./types.js').Model} model
 * @param {import('./types.js').Explained} explained
 * @returns {Told}
 */
function toldTimes({ predicts, horizons = [], unit }, { within = {}, expectedTime = 0, medianTime = null }) {
  const horizon = horizons[horizons.length - 1];
  const number = within[horizon];
  const inUnit = unit === undefined ? '' : ` ${unit}`;
  const median = medianTime === null ? '' : `, median ${short(medianTime)}`;
  return {
    label: `Probability of ${predicts.replaceAll('_', ' ')} within ${horizon}${inUnit}`,
    score: percent(number),
    call: `expected after ${short(expectedTime)}${median}${inUnit}`,
    number,
    isPositive: false,
  };
}

/**
 * How an answer differs from the first one.
 * @param {import('./types.js').Model} model
 * @param {import('./types.js').Explained} first
 * @param {import('./types.js').Explained} now
 * @returns {{ text: string, direction: '' | 'up' | 'down' }}
 */
export function difference(model, first, now) {
  const [before, after] = [told(model, first), told(model, now)];
  // The probabilities of two classes are no difference.
  if (before.label !== after.label) {
    return { text: `at first “${first.label}”, ${before.score}`, direction: '' };
  }
  const change = after.number - before.number;
  const called = before.call === after.call || model.task !== 'classes' ? '' : `, ${before.call}`;
  if (before.score === after.score) return { text: `no change from ${before.score}`, direction: '' };
  const size =
    model.task === 'value' ? short(Math.abs(change)) : `${(100 * Math.abs(change)).toFixed(1)} points`;
  return {
    text: `${change > 0 ? '▲' : '▼'} ${signed(change)}${size} from ${before.score}${called}`,
    direction: change > 0 ? 'up' : 'down',
  };
}

/**
 * @typedef {object} ShownReason
 * @property {string} text
 * @property {'' | 'up' | 'down'} direction
 * @property {string} before what the first answer said of the column, where that was something else
 */

/**
 * The reasons to show: the strongest, and those of changed columns.
 * @param {import('./types.js').Explained} now
 * @param {import('./types.js').Explained | undefined} first what it is compared with; `undefined` if it is the first
 * @param {readonly string[]} changed
 * @param {number} most how many of the strongest
 * @returns {ShownReason[]}
 */
export function shownReasons(now, first, changed, most) {
  // Reasons for another class are no comparison.
  const comparable = first && first.label === now.label ? first.reasons : [];
  const earlier = new Map(comparable.map((reason) => [reason.column, reason]));
  return now.reasons
    .filter(({ column }, i) => i < most || changed.includes(column))
    .map((reason) => {
      const { column, contribution, text } = reason;
      const direction = contribution > 0 ? 'up' : contribution < 0 ? 'down' : '';
      const before = earlier.get(column);
      return { text, direction, before: before && before.text !== text ? beforeText(before, reason) : '' };
    });
}

/** @param {import('./types.js').Reason} before @param {import('./types.js').Reason} now */
function beforeText(before, now) {
  const effect = before.text.slice(before.text.lastIndexOf(': '));
  return before.value === now.value ? `at first${effect}` : `at first ${before.value ?? 'unknown'}${effect}`;
}
