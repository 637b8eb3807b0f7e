import { HEADER, PLAIN, ROWS, smallCase } from './testing/small-case';

const { churn, expectMistake, read, write } = smallCase();

describe('churn init', () => {
  it('rejects a positive label that the data lacks', () => {
    expectMistake(
      churn('init', '--data', 'data.csv', '--target', 'left', '--positive', 'yes', '--out', 'out'),
      /--positive yes: expected a label of "left" in data\.csv, which has "No", "Yes"/,
    );
  });

  it('writes a configuration of another business case that trains and predicts unchanged', () => {
    write('loans.csv', [HEADER.replace('left', 'repaid'), ...ROWS].join('\n'));
    const made = churn('init', '--data', 'loans.csv', '--target', 'repaid', '--out', 'loans');
    expect(made.status).toBe(0);
    // What is piped is the result alone.
    expect(made.stdout).not.toContain('next:');
    const config = read('loans/config/churn.yaml');
    expect(made.stdout).toMatch(/│ id +│ numeric +│ +│ +200 │ 1000 +│ drop +│ an ID/);
    expect(made.stdout).toMatch(/│ plan +│ category │ +10\.0% │ +3 │ A +│ learn +│/);
    expect(config).toMatch(/^# Dropped, .*: id\.$/m);
    expect(config).toMatch(/^ +- id # an ID/m);
    expect(config).toMatch(/positive: "?Yes"?/);
    const at = ['--config', 'loans/config/churn.yaml'];
    expect(churn('validate', ...at).status).toBe(0);
    expect(churn('train', ...at, '--quick', ...PLAIN).status).toBe(0);
    expect(churn('predict', ...at, '--input', 'loans.csv', '--output', 'scored.csv').status).toBe(0);
    expectMistake(
      churn('init', '--data', 'loans.csv', '--target', 'repaid', '--out', 'loans'),
      /loans\/config\/churn\.yaml: a configuration already exists/,
    );
  });

  it('supports more than two labels, and expands dates', () => {
    const rows = ROWS.map((row, i) => `${row},202${i % 4}-0${1 + (i % 9)}-15`);
    write('dated.csv', [`${HEADER},joined`, ...rows].join('\n').replaceAll(/,,/g, ',A,'));
    expect(churn('init', '--data', 'dated.csv', '--target', 'plan', '--out', 'plans').status).toBe(0);
    const config = read('plans/config/churn.yaml');
    expect(config).toMatch(/joined:\s+kind: date/);
    expect(config).not.toMatch(/positive|threshold/);
    const at = ['--config', 'plans/config/churn.yaml'];
    expect(churn('train', ...at, '--quick', ...PLAIN).status).toBe(0);
    expect(churn('predict', ...at, '--input', 'dated.csv', '--output', 'scored.csv').status).toBe(0);
    expect(read('scored.csv').split('\n')[0]).toMatch(
      /,plan_prediction,plan_probability_A,plan_probability_B,plan_probability_C,plan_warnings$/,
    );
  });

  it('detects the delimiter, and all later commands use it', () => {
    const semicolons = (lines: readonly string[]) => lines.join('\n').replaceAll(',', ';');
    write('semi.csv', semicolons([HEADER, ...ROWS]));
    expect(churn('init', '--data', 'semi.csv', '--target', 'left', '--out', 'semi').status).toBe(0);
    const at = ['--config', 'semi/config/churn.yaml'];
    expect(read(at[1])).toMatch(/delimiter: "?;"?\n/);
    expect(churn('validate', ...at).status).toBe(0);
    expect(churn('train', ...at, '--quick', ...PLAIN).status).toBe(0);
    expect(read('semi/outputs/latest/sample.csv')).toMatch(/^id;plan;usage;age;left\n/);
    write('new.csv', semicolons([HEADER, ROWS[0], '1;A;many;30;No']));
    expect(churn('predict', ...at, '--input', 'new.csv', '--output', 'scored.csv').status).toBe(0);
    const [head, row] = read('scored.csv').split('\n');
    expect(head).toBe('id;plan;usage;age;left;left_probability;left_prediction;left_warnings');
    expect(row).toMatch(/^1000;A;0;20;No;0\.\d+;[01];$/);
    expect(read('scored.csv.rejected.csv')).toMatch(
      /^line;reason;row\n3;[^;]*"many"[^;]*;"1;A;many;30;No"\n$/,
    );
  });

  it('keeps every column, whatever its name', () => {
    const names = HEADER.replace('usage', '__proto__').replace('plan', 'constructor');
    write('odd.csv', [names, ...ROWS].join('\n'));
    expect(churn('init', '--data', 'odd.csv', '--target', 'left', '--out', 'odd').status).toBe(0);
    const at = ['--config', 'odd/config/churn.yaml'];
    const config = read(at[1]);
    const mapped = (mappings: string) => write(at[1], `${config}processing: { mappings: ${mappings} }\n`);
    mapped('{ constructor: { C: __proto__ } }');
    const { status, stderr } = churn('train', ...at, '--quick', ...PLAIN);
    expect(`${status} ${stderr}`).toMatch(/^0 .*3 feature columns/);
    const best = JSON.parse(read('odd/outputs/latest/models/training_report.json'));
    expect(best.data.features).toEqual(['constructor', '__proto__', 'age']);
    expect(best.models[best.best].test.rocAuc).toBeGreaterThan(0.9);
    expect(churn('predict', ...at, '--input', 'odd.csv', '--output', 'scored.csv').status).toBe(0);
    mapped('{ __proto__: { "1": "2" } }');
    expect(churn('train', ...at, '--quick').stderr).toContain(
      'column "__proto__": expected categories, got numbers',
    );
  });

  it('requires a target with few labels', () => {
    expectMistake(
      churn('init', '--data', 'data.csv', '--target', 'gone'),
      /data\.csv: target .*"gone" is missing/,
    );
    expectMistake(
      churn('init', '--data', 'data.csv', '--target', 'id'),
      /expected 2 to 50 labels in "id", got 200/,
    );
  });
});
