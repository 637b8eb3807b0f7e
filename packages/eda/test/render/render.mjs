// Renders charts with the built package, as a program of a user does: specifications come in, SVG and PNG sizes go out.
import { text } from 'node:stream/consumers';
import { renderPng, renderSvg } from '@churn/eda/render';

const results = [];
for (const { chart, scale, fontFiles } of JSON.parse(await text(process.stdin))) {
  try {
    if (scale === undefined) results.push({ svg: await renderSvg(chart) });
    else results.push({ png: [...(await renderPng(chart, { scale, fontFiles })).subarray(0, 24)] });
  } catch (error) {
    results.push({ code: error.code, message: error.message });
  }
}
process.stdout.write(JSON.stringify(results));
