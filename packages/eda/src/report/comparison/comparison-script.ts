import { html } from '../html.js';

/** Shows the two models that a reader chooses. */
export const COMPARISON_SCRIPT = html`
for (const comparison of document.querySelectorAll('.comparison')) {
  const { models, differences } = JSON.parse(comparison.querySelector('script').textContent);
  const choices = [...comparison.querySelectorAll('select')];
  const each = (name, show) => { for (const place of comparison.querySelectorAll('[data-' + name + ']')) { const [side, at] = place.dataset[name].split(' ').map(Number); show(place, models[Number(choices[side].value)], at); } };
  const show = () => {
    each('name', (place, model) => { place.textContent = model.name; });
    each('cell', (place, model, at) => { place.textContent = model.values[at]; });
    each('curve', (place, model, at) => place.setAttribute('d', model.paths[at]));
    const [a, b] = choices.map(({ value }) => Number(value));
    comparison.querySelector('[data-say=difference]').textContent = a === b ? 'Both models are the same.' : differences[Math.min(a, b)][Math.max(a, b)];
  };
  for (const choice of choices) choice.addEventListener('change', show);
  comparison.querySelector('.choices').hidden = false;
}
`;
