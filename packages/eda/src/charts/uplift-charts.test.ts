import { svgsOf } from '../../test/render/rendered.js';
import { observedUpliftChart, qiniChart, upliftChart } from './uplift-charts.js';

const curve = { nListed: [0, 50, 100, 150, 200], values: [0, 12, 16, 10, 6] };
const harmful = { nListed: [0, 100, 200], values: [0, -8, 6] };
const bins = [0.3, 0.1, -0.2].map((value, i) => ({
  from: i / 3,
  to: (i + 1) / 3,
  predicted: value,
  treated: { nRows: 30 },
  control: { nRows: 20 },
  uplift: { value, low: value - 0.1, high: value + 0.1 },
}));

describe('uplift charts', () => {
  it('show models with their areas, and segments of the list', () => {
    const named = [
      { name: 'forest', ...curve, auc: 0.2154 },
      { name: '<b>', ...harmful },
    ];
    const [qini, uplift, parts] = svgsOf(qiniChart(named), upliftChart(named), observedUpliftChart(bins));
    expect(qini).toContain('Qini curves');
    expect(qini).toContain('forest: area 0.215');
    expect(uplift).toContain('&lt;b&gt;');
    expect(uplift).toContain('dashed line: random order');
    expect(parts).toContain('33 to 67 %, predicted 0.1');
  });

  it('leave room for negative values, and end at the gain of all rows', () => {
    // biome-ignore lint/suspicious/noExplicitAny: the parts of a specification, of which types know little
    const [reference, lines] = (qiniChart([{ name: 'a', ...harmful }]) as any).layer;
    expect(reference.data.values).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 0.03 },
    ]);
    const [low, high] = lines.encoding.y.scale.domain;
    expect(low).toBeLessThanOrEqual(-0.04);
    expect(high).toBeGreaterThanOrEqual(0.03);
  });

  it('draw the confidence band of a curve', () => {
    const band = { nListed: [0, 100, 200], low: [0, -10, -4], high: [0, 30, 16] };
    const chart = upliftChart([{ name: 'a', ...curve, band }]);
    // biome-ignore lint/suspicious/noExplicitAny: the parts of a specification, of which types know little
    const [, area, lines] = (chart as any).layer;
    expect(area.data.values[1]).toMatchObject({ x: 0.5, low: -0.05, high: 0.15 });
    const [low, high] = lines.encoding.y.scale.domain;
    expect(low).toBeLessThanOrEqual(-0.05);
    expect(high).toBeGreaterThanOrEqual(0.15);
    const named = upliftChart([{ name: 'forest', ...curve, auc: 0.2154, band }]);
    expect(svgsOf(named)[0]).toContain('forest: area 0.215');
    expect(() => upliftChart([{ name: 'a', ...curve, band: { ...band, low: [0, NaN, 0] } }])).toThrow(
      'the band of "a"',
    );
  });

  it('reject invalid data', () => {
    expect(() => qiniChart([])).toThrow('qiniChart: expected curves to draw, got none');
    expect(() => upliftChart([{ name: 'a', nListed: [0, 1], values: [0, NaN] }])).toThrow('upliftChart');
    expect(() => observedUpliftChart([])).toThrow('observedUpliftChart: expected parts to draw, got none');
    expect(() => observedUpliftChart([{ ...bins[0], predicted: NaN }])).toThrow('observedUpliftChart');
  });
});
