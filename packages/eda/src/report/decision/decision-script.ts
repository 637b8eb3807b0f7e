import { html } from '../html.js';

/** What becomes of a threshold and of costs, in the page. The profit is that of a campaign of Verbraken, Verbeke and Baesens, 2013. */
export const DECISION_ARITHMETIC = html`
function decisionAt({ thresholds, called, found, rows, positives }, threshold, capacity) {
  let i = thresholds.length;
  while (i > 0 && (thresholds[i - 1] < threshold || called[i - 1] > capacity)) i--;
  const calls = i > 0 ? called[i - 1] : 0;
  const right = i > 0 ? found[i - 1] : 0;
  return { truePositives: right, falsePositives: calls - right, falseNegatives: positives - right, trueNegatives: rows - calls - positives + right };
}
function campaignProfit(right, wrong, { value, contact, offer, acceptance }) {
  return right * (acceptance * (value - offer) - contact) - wrong * (offer + contact);
}
function mostProfitable({ called, found }, economics, capacity) {
  let best = -1;
  let most = 0;
  for (let i = 0; i < called.length && called[i] <= capacity; i++) {
    const profit = campaignProfit(found[i], called[i] - found[i], economics);
    if (profit > most) [best, most] = [i, profit];
  }
  return { index: best, profit: most };
}
`;

/** What moves when the controls of a decision are moved. */
export const DECISION_SCRIPT = html`
for (const panel of document.querySelectorAll('.decision')) {
  const { counts, steps, currency, things } = JSON.parse(panel.querySelector('script').textContent);
  const inputs = [...panel.querySelectorAll('input')];
  const settings = {};
  for (const input of inputs) if (input.type === 'number') settings[input.name] = Number(input.value);
  const whole = (value) => Math.round(value).toLocaleString('en');
  const share = (part, of) => of > 0 ? (100 * part / of).toFixed(1) + '%' : '-';
  const money = (value) => (currency ? currency + ' ' : '') + (Math.abs(value) < 100 ? (Math.abs(value) < 0.005 ? 0 : value).toFixed(2) : whole(value));
  const say = (name, text) => { for (const place of panel.querySelectorAll('[data-say="' + name + '"]')) place.textContent = text; };
  const path = (name, d) => panel.querySelector('[data-path="' + name + '"]').setAttribute('d', d);
  const perThousand = 1000 / counts.rows;
  const draw = (at, best) => {
    const profits = counts.called.map((called, i) => campaignProfit(counts.found[i], called - counts.found[i], settings));
    const low = Math.min(0, ...profits);
    const span = Math.max(0, ...profits) - low || 1;
    const x = (called) => (400 * called / counts.rows).toFixed(1);
    const y = (profit) => (150 - 150 * (profit - low) / span).toFixed(1);
    path('curve', 'M0 ' + y(0) + counts.called.map((called, i) => 'L' + x(called) + ' ' + y(profits[i])).join(''));
    path('zero', 'M0 ' + y(0) + 'H400');
    path('chosen', 'M' + x(at.called) + ' 0V150');
    path('best', best.index < 0 ? 'M0 0' : 'M' + x(counts.called[best.index]) + ' ' + y(best.profit) + 'h.01');
    say('low', money(low * perThousand));
    say('high', money((low + span) * perThousand));
  };
  const show = () => {
    const capacity = Math.floor(settings.capacity / perThousand + 1e-9);
    const at = decisionAt(counts, Math.floor(settings.threshold * steps + 1e-6), capacity);
    const called = at.truePositives + at.falsePositives;
    const profit = campaignProfit(at.truePositives, at.falsePositives, settings);
    const best = mostProfitable(counts, settings, capacity);
    for (const name of ['truePositives', 'falsePositives', 'falseNegatives', 'trueNegatives']) say(name, whole(at[name]));
    say('precision', share(at.truePositives, called));
    say('recall', share(at.truePositives, counts.positives));
    say('called', whole(called * perThousand));
    say('profit', money(profit * perThousand));
    say('bestThreshold', best.index < 0 ? 'nobody' : (counts.thresholds[best.index] / steps).toFixed(3));
    say('bestCalled', best.index < 0 ? '0' : whole(counts.called[best.index] * perThousand));
    say('bestProfit', money(best.profit * perThousand));
    say('summary', 'Of 1,000 ' + things + ' ' + whole(called * perThousand) + ' are contacted, ' + whole(at.truePositives * perThousand) + ' of them correctly; ' + whole(at.falseNegatives * perThousand) + ' are missed. Expected profit: ' + money(profit * perThousand) + '.');
    draw({ called }, best);
    return best;
  };
  const set = (name, value) => {
    settings[name] = value;
    for (const input of inputs) if (input.name === name && Number(input.value) !== value) input.value = value;
  };
  for (const input of inputs) input.addEventListener('input', () => {
    const value = Number(input.value);
    if (input.value === '' || !(value >= Number(input.min)) || (input.type === 'range' ? value > Number(input.max) : input.dataset.most && value > Number(input.dataset.most))) return;
    set(input.name, value);
    show();
  });
  panel.querySelector('[data-do=best]').addEventListener('click', () => {
    const best = show();
    set('threshold', best.index < 0 ? 1 : counts.thresholds[best.index] / steps);
    show();
  });
  panel.querySelector('[data-do=reset]').addEventListener('click', () => {
    for (const input of inputs) if (input.type === 'number') set(input.name, Number(input.defaultValue));
    show();
  });
  for (const hidden of panel.querySelectorAll('[hidden]')) hidden.hidden = false;
  show();
}
`;
