import { type ModelComparison, modelComparison } from './model-comparison.js';

const comparison: ModelComparison = {
  figures: ['ROC AUC'],
  curves: [{ title: 'ROC', x: 'false positive rate', y: 'true positive rate' }],
  models: ['a', 'b<', 'c'].map((name, i) => ({
    name,
    values: [`0.${9 - i}`],
    curves: [{ x: [0, 0.5, 1], y: [0, 0.75, 1] }],
  })),
  difference: (i, j) => `${i} and ${j} differ`,
};

describe('modelComparison', () => {
  it('shows the first two models without scripts, and contains the others', () => {
    const page = modelComparison(comparison).toString();
    expect(page).toContain('<td class="n" data-cell="0 0">0.9</td><td class="n" data-cell="1 0">0.8</td>');
    expect(page).toContain('d="M0 200L100 50L200 0"');
    expect(page).toContain('>0 and 1 differ</p>');
    const [, json] = /<script type="application\/json">(.*)<\/script>/.exec(page) ?? [];
    expect(json).not.toContain('<');
    const { models, differences } = JSON.parse(json);
    expect(models.map(({ name }: { name: string }) => name)).toEqual(['a', 'b<', 'c']);
    expect(differences).toEqual([
      ['', '0 and 1 differ', '0 and 2 differ'],
      ['', '', '1 and 2 differ'],
      ['', '', ''],
    ]);
  });

  it('rejects a single model, and one without a figure', () => {
    const [a, b] = comparison.models;
    expect(() => modelComparison({ ...comparison, models: [a] })).toThrow('expected at least two models');
    const models = [a, { ...b, values: [] }];
    expect(() => modelComparison({ ...comparison, models })).toThrow('expected 1 values of "b<", got 0');
  });
});
