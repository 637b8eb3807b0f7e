import { histogramChart } from './charts/histogram-chart.js';
import { createReport } from './report/report.js';
import { reportFrame } from './report/report-frame.js';
import { InertSvg } from './svg/svg.js';

/** What a kernel shows of the output of a cell. */
function shown(output: object): Record<string, unknown> {
  const display = Reflect.get(output, Symbol.for('Jupyter.display')) as () => Record<string, unknown>;
  return display.call(output);
}

describe('a notebook', () => {
  const chart = histogramChart('age', [45, 49, 51, 40, 38]);

  it('draws a chart with Vega-Lite, or names it if that is not supported', () => {
    const { 'text/plain': text, ...drawn } = JSON.parse(JSON.stringify(shown(chart)));
    expect(text).toBe('Chart: age: distribution');
    const spec = JSON.parse(JSON.stringify(chart));
    expect(drawn).toEqual({
      'application/vnd.vegalite.v5+json': spec,
      'application/vnd.vegalite.v6+json': spec,
    });
    expect(JSON.stringify(shown({ ...chart, title: undefined }))).toContain('Chart: without a title');
  });

  it('draws a modified copy of a chart', () => {
    const wider = { ...chart, width: 901 };
    expect(shown(wider)['application/vnd.vegalite.v5+json']).toMatchObject({ width: 901 });
  });

  it('shows a drawn image', () => {
    const svg = '<svg width="9" height="9"/>';
    expect(shown(new InertSvg(svg))).toEqual({ 'image/svg+xml': svg, 'text/plain': 'SVG' });
  });

  it('shows a report in a frame, with the page escaped', () => {
    const page = createReport({ title: '"A" & <B>', sections: [{ title: 'S', blocks: [] }] });
    const { 'text/html': frame } = shown(reportFrame(page, { height: 300 }));
    const [, height, content] = /height="(\d+)" srcdoc="([^"]*)"><\/iframe>$/.exec(String(frame)) ?? [];
    expect(height).toBe('300');
    const letters: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
    expect(content?.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => letters[name] ?? '')).toBe(
      page,
    );
    expect(() => reportFrame(page, { height: 99 })).toThrow(
      'height: expected an integer of at least 100, in pixels, got 99',
    );
  });
});
