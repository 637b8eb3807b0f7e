import { ChurnError } from '@churn/core';
import { thinCurve } from '../../charts/thin-curve.js';
import { embeddedJson } from '../embedded-json.js';
import { type Html, html } from '../html.js';

/** Models to compare side by side, two at a time. */
export interface ModelComparison {
  /** The names of the figures of each model. */
  readonly figures: readonly string[];
  /** What each model has a curve of, over axes from 0 to 1. */
  readonly curves: readonly ComparedAxes[];
  /** The best first; at least two. */
  readonly models: readonly ComparedModel[];
  /** The difference between the models at two positions in `models`, in words; `i` is the lower position. */
  readonly difference: (i: number, j: number) => string;
}

interface ComparedAxes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

export interface ComparedModel {
  readonly name: string;
  /** One for each of the figures. */
  readonly values: readonly string[];
  /** One for each of the axes. */
  readonly curves: readonly { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }[];
}

/** So many models can be chosen, and so many points of a curve are drawn. */
const [MAX_MODELS, MAX_POINTS] = [12, 200];

/**
 * Two models side by side: their figures, curves and differences. Where scripts run, a reader chooses the two; the first two are shown
 * without.
 *
 * @throws `invalid-data` if there are fewer than two models, or one has not as many values as there are figures.
 */
export function modelComparison({ figures, curves, models, difference }: ModelComparison): Html {
  const shown = models.slice(0, MAX_MODELS);
  if (shown.length < 2)
    throw new ChurnError('invalid-data', 'compare: expected at least two models, got fewer');
  for (const { name, values } of shown) {
    if (values.length === figures.length) continue;
    throw new ChurnError(
      'invalid-data',
      `compare: expected ${figures.length} values of "${name.slice(0, 80)}", got ${values.length}`,
    );
  }
  const paths = shown.map((model) => curves.map((_, c) => curvePath(model.curves[c])));
  const data = {
    models: shown.map(({ name, values }, i) => ({ name, values, paths: paths[i] })),
    differences: shown.map((_, i) => shown.map((_, j) => (i < j ? difference(i, j) : ''))),
  };
  const choice = (side: number) =>
    html`<label>${side === 0 ? 'Compare' : 'with'} <select data-side="${side}">${shown.map(({ name }, i) => html`<option value="${i}"${i === side ? html` selected` : undefined}>${name}</option>`)}</select></label>`;
  const name = (side: number) =>
    html`<th scope="col" class="n"><i class="key side${side}"></i><span data-name="${side}">${shown[side].name}</span></th>`;
  const lines = figures.map(
    (figure, f) =>
      html`<tr><th scope="row">${figure}</th>${[0, 1].map((side) => html`<td class="n" data-cell="${side} ${f}">${shown[side].values[f]}</td>`)}</tr>`,
  );
  const plots = curves.map(
    ({ title, x, y }, c) =>
      html`<div class="plot"><p class="axis">${title}: ${y} by ${x}, each from 0 to 1</p><svg viewBox="-3 -3 206 206" role="img" aria-label="${title} of the two models, over each other"><path class="zero" d="M0 200H200M0 0V200"/>${[1, 0].map((side) => html`<path class="curve side${side}" data-curve="${side} ${c}" d="${paths[side][c]}"/>`)}</svg></div>`,
  );
  return html`<div class="comparison"><p class="choices" hidden>${choice(0)} ${choice(1)}</p><div class="scroll" tabindex="0"><table class="plain"><caption><span>Two models on the same held-out rows</span></caption><thead><tr><td></td>${[0, 1].map(name)}</tr></thead><tbody>${lines}</tbody></table></div><p role="status" data-say="difference">${data.differences[0][1]}</p><div class="plots">${plots}</div>${embeddedJson(data)}</div>`;
}

function curvePath({ x, y }: ComparedModel['curves'][number]): string {
  const at = (value: number) => String(Number((200 * value).toFixed(1)));
  return thinCurve(x, y, MAX_POINTS)
    .map((k, i) => `${i === 0 ? 'M' : 'L'}${at(x[k])} ${at(1 - y[k])}`)
    .join('');
}
