import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG, HEADER, PLAIN, ROWS, smallCase } from './testing/small-case';

const { at, churn, expectMistake, read, spawnChurn, write } = smallCase();

describe('an error ends in one clear line, exit code 1 and no output', () => {
  const training: [string, string | undefined, RegExp][] = [
    ['an empty file', '', /data\.csv.*empty/],
    ['a header only', HEADER, /data\.csv.*no rows/],
    [
      'a row with too few fields',
      `${HEADER}\n1,A,5,30,No\n2,B\n`,
      /data\.csv, line 3: expected 5 fields.*got 2/,
    ],
    ['a missing target', 'id,plan\n1,A\n', /data\.csv.*"left" is missing/],
    [
      'a label never seen',
      `${HEADER}\n1,A,5,30,No\n2,A,5,30,Maybe\n`,
      /"Yes" never occurs in "left".*"No", "Maybe"/,
    ],
    ['a third label', `${[HEADER, ...ROWS].join('\n')}\n1,A,5,30,Maybe\n`, /expected two labels.*got 3/],
    [
      'one class only',
      [HEADER, ...ROWS.filter((row) => row.endsWith('Yes'))].join('\n'),
      /two labels.*"Yes"/,
    ],
    [
      'a row without a label',
      `${[HEADER, ...ROWS].join('\n')}\n1,A,5,30,\n`,
      /line 202: the target "left" has no value/,
    ],
    [
      'a file of semicolons',
      [HEADER, ...ROWS].join('\n').replaceAll(',', ';'),
      /data\.csv: expected fields separated by ",", but the header "id;plan;usage;age;left" has ";"/,
    ],
    [
      'a class of too few rows for the folds',
      [
        HEADER,
        ...ROWS.filter((row) => row.endsWith('No')),
        ...ROWS.filter((row) => row.endsWith('Yes')).slice(0, 2),
      ].join('\n'),
      /class "Yes" has 1 of the training rows, too few for 3 folds: .*crossValidation\.folds/,
    ],
    ['a column twice', 'id,id,left\n1,2,Yes\n', /data\.csv, line 1.*"id".*twice/],
    ['a file that is not there', undefined, /data\.csv/],
  ];
  it.each(training)('training on %s', (_, content, message) => {
    rmSync(at('data.csv'));
    if (content !== undefined) write('data.csv', content);
    expectMistake(churn('train', '--config', 'churn.yaml', '--out', 'out'), message);
  });

  it('training on a directory', () => {
    mkdirSync(at('folder'));
    expectMistake(
      churn('train', '--config', 'churn.yaml', '--out', 'out', '--data', 'folder'),
      /folder: this is a folder, expected a file/,
    );
  });

  it('text that is not UTF-8, naming where its encoding is set', () => {
    writeFileSync(at('data.csv'), `${[HEADER, ...ROWS].join('\n')}\n1,\xE9,1,30,No\n`, 'latin1');
    const training = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expectMistake(training, /data\.csv, line 202: not UTF-8 text; .* or set data\.encoding to its encoding/);
    const init = churn('init', '--data', 'data.csv', '--target', 'left', '--out', 'case');
    expectMistake(init, /data\.csv, line 202: not UTF-8 text; .* or set --encoding to its encoding/);
    const other = churn(
      ...['init', '--data', 'data.csv', '--target', 'left', '--out', 'case'],
      ...['--encoding', 'shift_jis'],
    );
    expectMistake(other, /not text in the encoding shift_jis; set --encoding to another/);
  });

  it('training on text in a numeric column', () => {
    write('data.csv', `${[HEADER, ...ROWS].join('\n')}\n1,A,many,30,No\n`);
    write(
      'churn.yaml',
      CONFIG.replace('drop: [id]', 'invalidValues: refuse\n  columns: { usage: { kind: numeric } }'),
    );
    const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^error: data\.csv, column "usage": expected a number, got "many" in line 202; to have such values read as missing, [^\n]*\n$/,
      ),
    ]);
    expect(existsSync(at('out'))).toBe(false);
  });

  it('training into a file', () => {
    write('out', 'precious');
    const result = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(result.status).toBe(1);
    expect(result.stderr).toBe('error: out: a part of this path is a file, expected a folder\n');
    expect(read('out')).toBe('precious');
  });

  const configs: [string, string | undefined, RegExp][] = [
    ['an unknown key', `${CONFIG}sed: 1\n`, /churn\.yaml.*"sed"/],
    [
      'a sample outside of the run',
      CONFIG.replace('sample.csv', '../sample.csv'),
      /output\.sample\.file: expected a file name in the folder of the run/,
    ],
    ['no model', CONFIG.replace(/models:[\s\S]*?output/, 'models: {}\noutput'), /models.*at least one model/],
    ['broken YAML', 'data: [', /churn\.yaml, line 1: not valid YAML: /],
    [
      'no configuration',
      undefined,
      /churn\.yaml: there is no such file in .*; create one by churn init --data FILE --target COLUMN, or pass --config$/m,
    ],
    [
      'a file that it extends and is not there',
      'extends: base.yaml',
      /base\.yaml: there is no such file in [^;]*$/,
    ],
    ['itself to extend', 'extends: churn.yaml', /churn\.yaml extends itself/],
    ['a delimiter that is none', CONFIG.replace('left', 'left\n  delimiter: "::"'), /data\.delimiter/],
    [
      'a column without a name',
      CONFIG.replace('drop: [id]', 'columns: { "": { kind: numeric } }'),
      /data\.columns/,
    ],
    ['a threshold rule that no rule is', `${CONFIG}threshold: { atLeast: 1 }\n`, /threshold/],
  ];
  it.each(configs)('a configuration with %s', (_, content, message) => {
    rmSync(at('churn.yaml'));
    if (content !== undefined) write('churn.yaml', content);
    expectMistake(churn('train', '--config', 'churn.yaml', '--out', 'out'), message);
  });

  it('reports all errors of a configuration, each with its path', () => {
    write('churn.yaml', CONFIG.replace('C: 1', 'C: -1').replace('folds: 3', 'folds: many'));
    const { status, stderr } = churn('train', '--config', 'churn.yaml');
    expect(status).toBe(1);
    expect(stderr).toContain('models.ridge.C');
    expect(stderr).toContain('crossValidation.folds');
  });

  describe('of prediction', () => {
    const predict = (...more: string[]) =>
      churn('predict', '--input', 'data.csv', '--output', 'out', ...more);
    let model: string;

    beforeAll(() => {
      const made = mkdtempSync(join(tmpdir(), 'churn-cli-model-'));
      writeFileSync(join(made, 'data.csv'), [HEADER, ...ROWS].join('\n'));
      writeFileSync(join(made, 'churn.yaml'), CONFIG);
      spawnChurn(['train', '--config', 'churn.yaml', ...PLAIN], '', made);
      model = readFileSync(join(made, 'outputs/latest/models/ridge.model.json'), 'utf8');
      rmSync(made, { recursive: true });
    });

    const damages: [string, (text: string) => string, RegExp][] = [
      ['cut off', (text) => text.slice(0, -20), /m\.json.*JSON/],
      ['edited', (text) => text.replace('"seed":42', '"seed":43'), /m\.json.*hash/],
      ['foreign', () => '{"coef": [1, 2]}', /m\.json.*not a model file/],
      ['newer', (text) => text.replace(/"version":\d+/, '"version":99'), /m\.json.*version 99/],
      ['empty', () => '', /m\.json/],
    ];
    it.each(damages)('with a model file that is %s', (_, damage, message) => {
      write('m.json', damage(model));
      expectMistake(predict('--model', 'm.json'), message);
    });

    it('with a missing model file, or before training', () => {
      expectMistake(predict('--model', 'm.json'), /m\.json/);
      expectMistake(predict('--config', 'churn.yaml'), /outputs: no trained model yet: train first/);
    });

    const inputs: [string, string | undefined, RegExp][] = [
      ['without a column', 'plan,age\nA,30\n', /data\.csv.*"usage"/],
      [
        'with text in a numeric column of all rows',
        'plan,usage,age\nA,few,30\nB,lots,31\n',
        /data\.csv: none of 2 rows can be scored; line 2: column "usage": expected a number, got "few"/,
      ],
      [
        'that was scored before',
        'plan,usage,age,churn_probability\nA,3,30,0.5\n',
        /already.*"churn_probability"/,
      ],
      ['that is empty', '', /data\.csv.*empty/],
      ['that is not there', undefined, /data\.csv/],
    ];
    it.each(inputs)('for a file %s', (_, content, message) => {
      write('m.json', model);
      rmSync(at('data.csv'));
      if (content !== undefined) write('data.csv', content);
      expectMistake(predict('--model', 'm.json'), message);
    });
  });
});
