// Draws what introduces the project: the picture of the home page, in light and dark colours, and the card that social media show. The SHAP
// values are of a model fitted here on the generated bank customers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Labels } from '../packages/core/dist/index.js';
import { beeswarmChart } from '../packages/eda/dist/index.js';
import { renderSvg, svgToPng } from '../packages/eda/dist/render/index.js';
import { explain } from '../packages/explain/dist/index.js';
import { readCsv } from '../packages/io/dist/index.js';
import { GradientBoostingClassifier } from '../packages/models/dist/index.js';
import { dark } from './dark-colours.mjs';
import { ROOT } from './entry-points.mjs';

const PUBLIC = join(import.meta.dirname, '.vitepress/public');
const FEATURES = 8;

const customers = await readCsv(join(ROOT, 'data/bank_data.csv'));
const features = Array.from(customers.entries())
  .filter(([name, { kind }]) => kind === 'numeric' && name !== '' && name !== 'CLIENTNUM')
  .map(([name]) => name);
const x = customers.select(features);
const y = Labels.from(Array.from(customers.toRows(), (row) => row.Attrition_Flag === 'Attrited Customer'));
const model = new GradientBoostingClassifier().fit(x, y);
const { rows } = explain(model, x.take(Array.from({ length: 120 }, (_, i) => 80 * i)));
const chart = beeswarmChart(
  features.map((feature) => {
    const found = rows.map(({ contributions }) => contributions.find(({ column }) => column === feature));
    return {
      feature: feature.replaceAll('_', ' '),
      contributions: found.map((each) => each.contribution),
      values: found.map((each) => each.value),
    };
  }),
  { title: 'SHAP values', top: FEATURES, measure: 'contribution to the log-odds of leaving' },
);
const light = String(await renderSvg(chart));
const png = (svg, width) => svgToPng(svg, { scale: width / Number(/width="([\d.]+)"/.exec(svg)[1]) });
writeFileSync(join(PUBLIC, 'hero.png'), png(light, 784));
writeFileSync(join(PUBLIC, 'hero-dark.png'), png(dark(light), 784));
writeFileSync(join(PUBLIC, 'card.png'), png(card(dark(light)), 1200));

/** 1,200 × 630 pixels, the format of link previews. */
function card(picture) {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(picture);
  const shown = 560;
  const placed = picture.replace(
    /^<svg ([^>]*?)width="[^"]*" height="[^"]*"/,
    `<svg $1x="610" y="${(630 - (shown * height) / width) / 2}" width="${shown}" height="${(shown * height) / width}"`,
  );
  const text = (y, size, colour, content, weight = 400) =>
    `<text x="70" y="${y}" font-family="DejaVu Sans, Verdana, sans-serif" font-size="${size}" font-weight="${weight}" fill="${colour}">${content}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#1b1b1f"/>${[
    text(170, 96, '#56b4e9', 'churn', 700),
    text(262, 42, '#ffffff', 'Tabular machine'),
    text(318, 42, '#ffffff', 'learning in TypeScript'),
    text(400, 25, '#b8b8b8', "scikit-learn's API, and results"),
    text(436, 25, '#b8b8b8', 'checked against its own'),
  ].join('')}${placed}</svg>`;
}
