// Renders charts with the built package, as a program of a user does: specifications come in, SVG and PNG sizes go out.
import { text } from 'node:stream/consumers';
import { renderPng, renderSvg, svgToPng, svgToPngAsync } from '@churn/eda/render';

const results = [];
for (const { chart, scale, fontFiles, twice } of JSON.parse(await text(process.stdin))) {
  try {
    if (twice) {
      const svg = await renderSvg(chart);
      const [one, other] = [svgToPng(svg, { scale }), await svgToPngAsync(svg, { scale })];
      results.push({ png: [...one.subarray(0, 26)], isSame: Buffer.compare(one, other) === 0 });
    } else if (scale === undefined) results.push({ svg: String(await renderSvg(chart)) });
    else results.push({ png: [...(await renderPng(chart, { scale, fontFiles })).subarray(0, 26)] });
  } catch (error) {
    results.push({ code: error.code, message: error.message });
  }
}
process.stdout.write(JSON.stringify(results));
