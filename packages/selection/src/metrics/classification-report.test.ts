import reference from '../../test/reference/metrics.json';
import { classificationReport, formatClassificationReport } from './classification-report.js';

describe('classificationReport', () => {
  it('has the metrics of each class and their averages', () => {
    const report = classificationReport(['a', 'a', 'a', 'b'], ['a', 'a', 'b', 'b']);
    const [a, b] = [
      { precision: 1, recall: 2 / 3, f1: 4 / 5, support: 3 },
      { precision: 1 / 2, recall: 1, f1: 2 / 3, support: 1 },
    ];
    const mean = (weight: number) => ({
      precision: expect.closeTo(weight * a.precision + (1 - weight) * b.precision, 14),
      recall: expect.closeTo(weight * a.recall + (1 - weight) * b.recall, 14),
      f1: expect.closeTo(weight * a.f1 + (1 - weight) * b.f1, 14),
      support: 4,
    });
    expect(report).toEqual({
      classes: [
        { label: 'a', ...a },
        { label: 'b', ...b },
      ],
      accuracy: 3 / 4,
      macroAverage: mean(1 / 2),
      weightedAverage: mean(3 / 4),
      isWeighted: false,
    });
  });
});

describe('formatClassificationReport', () => {
  it.each(reference.predicted)('equals the text printed by scikit-learn for $name', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    const report = classificationReport(expected.y, expected.predicted, { sampleWeight });
    expect(formatClassificationReport(report)).toBe(expected.report);
    expect(formatClassificationReport(report, { digits: 4 })).toBe(expected.report4);
  });

  it('accepts 0 to 20 digits', () => {
    const report = classificationReport([0, 1], [0, 1]);
    const cells = (digits: number) =>
      formatClassificationReport(report, { digits }).split('\n')[2].trim().split(/ +/);
    expect(cells(0)).toEqual(['0', '1', '1', '1', '1']);
    expect(cells(20)).toEqual(['0', ...Array(3).fill(`1.${'0'.repeat(20)}`), '1']);
  });

  it('rejects an invalid number of digits', () => {
    const report = classificationReport([0, 1], [0, 1]);
    for (const digits of [-1, 1.5, 21, NaN]) {
      expect(() => formatClassificationReport(report, { digits })).toThrow(
        expect.objectContaining({ code: 'invalid-parameter', message: expect.stringMatching(/^digits: /) }),
      );
    }
  });
});
