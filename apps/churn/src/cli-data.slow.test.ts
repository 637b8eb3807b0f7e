import { existsSync, readdirSync } from 'node:fs';
import { CONFIG, HEADER, PLAIN, ROWS, smallCase } from './testing/small-case';
import type { TrainingReport } from './training/training-report.js';

const { at, churn, expectMistake, read, write } = smallCase();

describe('the data in the output of training', () => {
  const left = (row: string) => row.endsWith('Yes');

  it('log, report and page show the kinds of columns, warnings and left-out columns', () => {
    const rows = ROWS.map((row, i) => {
      const gone = left(row) ? `2024-03-${10 + (i % 20)}` : '';
      const usage = i === 4 ? '#N/V' : row.split(',')[2];
      return `${row.split(',').with(2, usage).join(',')},${gone}`;
    });
    write('data.csv', [`${HEADER},gone on`, ...rows, ROWS[9].replace(/,\w+$/, ',,')].join('\n'));
    write('churn.yaml', CONFIG.replace('  drop: [id]', '  unlabelled: drop'));
    const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(`${status} ${stderr}`).toMatch(
      /^0 .*data\.csv: 200 rows \(dropped without a label: 1\), 4 feature columns/,
    );
    const log = read('out/latest/churn.log');
    const warnings = [
      /"usage": .*1 value.* read as missing: "#N\/V" \(line 6\)/,
      /"left": 1 row has no value and is dropped, first in line 202/,
      /"gone on": the presence of a value alone ranks the target with an AUC of 1\.0000/,
    ];
    for (const warning of warnings) {
      expect(stderr).toMatch(new RegExp(`warning: ${warning.source}`));
      expect(log).toMatch(warning);
    }
    for (const told of [stderr, log]) {
      expect(told).toMatch(/columns read: 2 numeric, 1 category, 1 date; not used as features: id \(an ID/);
      expect(told).toMatch(/read as missing: "usage" "NA" \(20 times, first in line 9\)/);
    }
    const report: TrainingReport = JSON.parse(read('out/latest/models/training_report.json'));
    expect(report.data.warnings).toHaveLength(3);
    expect(report.data.columns.map(({ column, use }) => [column.name, column.kind, use])).toEqual([
      ['id', 'numeric', 'drop'],
      ['plan', 'category', 'learn'],
      ['usage', 'numeric', 'learn'],
      ['age', 'numeric', 'learn'],
      ['left', 'category', 'target'],
      ['gone on', 'date', 'learn'],
    ]);
    for (const file of ['models/training_report.md', 'report.html']) {
      const text = read(`out/latest/${file}`);
      expect(text).toContain('How the columns were read');
      expect(text).toContain('the presence of a value alone ranks the target');
      expect(text.match(/the presence of a value/g)).toHaveLength(1);
    }
  });

  it('shows the same count of duplicate rows everywhere, which are kept by default', () => {
    write('data.csv', [HEADER, ...ROWS, ROWS[5], ROWS[9], ROWS[5]].join('\n'));
    const trained = (config: string, ...more: string[]) => {
      write('churn.yaml', config);
      const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out', ...more);
      expect(status).toBe(0);
      const { data }: TrainingReport = JSON.parse(read('out/latest/models/training_report.json'));
      return { stderr, data };
    };
    const kept = trained(CONFIG);
    expect(kept.stderr).toContain('203 rows (equal to an earlier row, but kept: 3)');
    expect(kept.data).toMatchObject({ rows: 203, duplicates: 0, equalRows: 3 });
    expect(read('out/latest/report.html')).toMatch(/equal rows kept<\/dt>\s*<dd>3</);
    const dropped = trained(CONFIG.replace('drop: [id]', 'drop: [id]\n  duplicates: drop'), ...PLAIN);
    expect(dropped.stderr).toContain('200 rows (duplicates dropped: 3)');
    expect(dropped.data).toMatchObject({ rows: 200, duplicates: 3, equalRows: 0 });
  });
});

describe('churn eda', () => {
  it('writes a profile, figures and a page', () => {
    const { status, stdout } = churn('eda', '--config', 'churn.yaml', '--out', 'out');
    expect(status).toBe(0);
    expect(stdout).toContain('profile: out/eda/latest/profile.json');
    const profile = JSON.parse(read('out/eda/latest/profile.json'));
    expect(profile).toMatchObject({ rows: 200, target: { name: 'left', positive: 'Yes' } });
    expect(read('out/eda/latest/report.html')).toContain('<title>left: the data</title>');
    expect(existsSync(at('out/eda/latest/images/corr_heatmap.png'))).toBe(true);
  });

  it('draws the configured columns, and reports missing ones', () => {
    write('churn.yaml', `${CONFIG}eda: { figures: { who_left: left, gone: nowhere } }\n`);
    const { status, stderr } = churn('eda', '--config', 'churn.yaml', '--out', 'out');
    expect(status).toBe(0);
    expect(stderr).toContain('eda.figures: there is no column "nowhere"');
    const files = readdirSync(at('out/eda/latest/images'));
    expect(files).toContain('who_left.svg');
    expect(files).not.toContain('plan_dist.svg');
  });
});

describe('churn validate', () => {
  it('reports all violations of the declaration, or success', () => {
    const columns =
      'columns: { usage: { kind: numeric, max: 99 }, plan: { kind: category, levels: [A, B, C] } }';
    write('churn.yaml', CONFIG.replace('drop: [id]', columns));
    const good = churn('validate', '--config', 'churn.yaml');
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toBe('data.csv: 200 rows and 2 columns are as declared\n');

    write('bad.csv', 'usage,plan\n100,A\nmany,D\n');
    const { status, stdout, stderr } = churn('validate', '--config', 'churn.yaml', '--data', 'bad.csv');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('column "usage": expected a number, got "many" in line 3');
    expect(stderr).toContain('column "usage": expected 99 or less, got 100 in line 2');
    // Rows to be scored may have other levels.
    expect(stderr).not.toContain('"plan"');
  });

  it('accepts what training accepts, also in the target, but not the levels of scored rows', () => {
    const columns = 'columns: { plan: { kind: category, levels: [A, B, C] }, usage: { kind: numeric } }';
    const validate = (data: string) => {
      write('new.csv', data);
      return churn('validate', '--config', 'churn.yaml', '--data', 'new.csv');
    };
    write('churn.yaml', CONFIG.replace('drop: [id]', columns));
    const unseen = validate('plan,usage\nA,1\nD,2\nD,3\n,4\n');
    expect(unseen.stdout).toBe(
      'new.csv: 4 rows and 2 columns are as declared (without the target "left")\n' +
        'warning: "plan": 2 rows have a level that is not declared: "D"\n',
    );
    for (const [rows, message] of [
      [
        ['D,1,No', ...ROWS.map((row) => row.split(',').toSpliced(3, 1).slice(1).join(','))],
        /"plan": expected one of "A", "B", "C"/,
      ],
      [['A,1,No', 'A,2,Maybe', 'B,3,Yes'], /expected two labels .*got 3/],
      [['A,1,No', 'A,2,', 'B,3,Yes'], /line 3: the target "left" has no value/],
      [['A,1,No', 'A,2,No', 'B,3,Yes', 'B,3,Yes'], /too few for 3 folds/],
    ] as const) {
      const { status, stderr } = validate(['plan,usage,left', ...rows].join('\n'));
      expect(status).toBe(1);
      expect(stderr).toMatch(message);
      expect(churn('train', '--config', 'churn.yaml', '--data', 'new.csv').stderr).toBe(stderr);
    }
  });

  it('requires declared columns', () => {
    expectMistake(churn('validate', '--config', 'churn.yaml'), /data\.columns: expected the columns/);
  });
});
