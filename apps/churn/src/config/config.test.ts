import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config';
import { loadConfig } from './load-config';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-config-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What a configuration says of its columns and of dates, made of the parts that are given. */
async function dates(columns: string, processing = ''): Promise<Pick<Config, 'data' | 'processing'>> {
  const file = join(folder, 'churn.yaml');
  writeFileSync(
    file,
    `data: { file: d.csv, target: left, positive: 1${columns} }
processing: {${processing}}
models: { one: { type: LogisticRegression } }
`,
  );
  return loadConfig(file);
}

const PARTS = ['year', 'month', 'day', 'weekday'];

it.each(['', '# only a comment\n'])('says that a file is empty: %j', async (text) => {
  const [file, base] = [join(folder, 'churn.yaml'), join(folder, 'base.yaml')];
  writeFileSync(base, text);
  const message = `${base}: empty, expected the keys of a configuration`;
  await expect(loadConfig(base)).rejects.toThrow(message);
  writeFileSync(file, 'extends: base.yaml\ndata: { file: d.csv, target: left }\n');
  await expect(loadConfig(file)).rejects.toThrow(message);
});

it('says how to create a configuration that is missing', async () => {
  const file = join(folder, 'churn.yaml');
  const advice = 'create one by churn init --data FILE --target COLUMN, or pass --config';
  await expect(loadConfig(file)).rejects.toThrow(`${file}: there is no such file; ${advice}`);
  writeFileSync(file, 'extends: base.yaml\n');
  await expect(loadConfig(file)).rejects.toThrow(/base\.yaml: there is no such file$/);
});

it('searches models if none are listed', async () => {
  const file = join(folder, 'none.yaml');
  writeFileSync(file, 'data: { file: d.csv, target: left }\n');
  expect((await loadConfig(file)).models).toBe('auto');
  writeFileSync(file, 'data: { file: d.csv, target: left }\nmodels: autom\n');
  await expect(loadConfig(file)).rejects.toThrow(
    'models: expected auto, or models by name, got "autom"; did you mean auto?',
  );
});

describe('date columns', () => {
  it('are the columns declared as dates', async () => {
    const { data, processing } = await dates(', columns: { joined: { kind: date }, age: { kind: numeric } }');
    expect(data.columns?.map(({ kind }) => kind)).toEqual(['date', 'numeric']);
    expect(processing.dates).toEqual({ columns: ['joined'], parts: PARTS });
  });

  it('are expanded as configured in processing', async () => {
    const { processing } = await dates(', columns: { joined: { kind: date } }', 'dates: { parts: [year] }');
    expect(processing.dates).toEqual({ columns: ['joined'], parts: ['year'] });
  });

  it('may be named in processing, if declared as categories or not at all', async () => {
    const declared = await dates(
      ', columns: { joined: { kind: category }, left: { kind: category }, seen: { kind: date } }',
      'dates: { columns: [joined] }',
    );
    expect(declared.data.columns?.map(({ kind }) => kind)).toEqual(['date', 'category', 'date']);
    expect(declared.processing.dates?.columns).toEqual(['seen', 'joined']);
    const undeclared = await dates('', 'dates: { columns: [joined] }');
    expect(undeclared.data.columns).toBeUndefined();
    expect(undeclared.processing.dates).toEqual({ columns: ['joined'], parts: PARTS });
  });

  it('do not exist by default', async () => {
    expect((await dates(', columns: { age: { kind: numeric } }')).processing.dates).toBeUndefined();
    await expect(dates('', 'dates: { parts: [year] }')).rejects.toThrow(
      'churn.yaml: processing.dates: expected a column of kind date in data.columns, got none',
    );
  });
});

describe('reading of values', () => {
  it('by default keeps every row and continues', async () => {
    const { data } = await dates('');
    expect(data).toMatchObject({ invalidValues: 'missing', unlabelled: 'refuse', duplicates: 'keep' });
    expect([data.numbers, data.timeZone]).toEqual([undefined, undefined]);
  });

  it('is validated', async () => {
    const given =
      ', numbers: { decimal: "," }, timeZone: Europe/Berlin, invalidValues: refuse, unlabelled: drop';
    expect((await dates(given)).data).toMatchObject({
      numbers: { decimal: ',' },
      timeZone: 'Europe/Berlin',
      invalidValues: 'refuse',
      unlabelled: 'drop',
    });
  });

  it('accepts `misfits`, the former name of `invalidValues`', async () => {
    expect((await dates(', misfits: refuse')).data).toMatchObject({ invalidValues: 'refuse' });
  });

  it.each([
    ['numbers: { decimal: ";" }', 'data.numbers.decimal: '],
    ['numbers: { thousands: "," }', 'data.numbers'],
    [
      'timeZone: Mars/Olympus',
      'data.timeZone: expected a time zone such as Europe/Berlin, got "Mars/Olympus"',
    ],
    ['invalidValues: ignore', 'data.invalidValues: '],
    ['duplicates: maybe', 'data.duplicates: '],
    ['unlabelled: guess', 'data.unlabelled: '],
    [
      'columns: { joined: { kind: date, dateOrder: yearFirst } }',
      'data.columns: joined: expected "dateOrder" to be "dayFirst" or "monthFirst", got "yearFirst"',
    ],
    [
      'columns: { paid: { kind: category, decimal: "," } }',
      'data.columns: paid: "decimal" has no meaning for a category column',
    ],
  ])('rejects %s', async (given, message) => {
    await expect(dates(`, ${given}`)).rejects.toThrow(message);
  });
});

describe('processing', () => {
  const BOOSTING = 'type: GradientBoostingClassifier';

  /** A configuration of the parts that are given. */
  async function configOf(processing: string, models: string): Promise<Config> {
    const file = join(folder, 'processing.yaml');
    writeFileSync(
      file,
      `data: { file: d.csv, target: left }\nprocessing: {${processing}}\nmodels: {${models}}\n`,
    );
    return loadConfig(file);
  }

  it('accepts an encoding by name, or with its parameters', async () => {
    const models = `one: { ${BOOSTING} }`;
    const encodingOf = async (text: string) => (await configOf(text, models)).processing.encoding;
    const plain = { smoothing: 'auto', folds: 5 };
    expect(await encodingOf('')).toEqual(plain);
    expect(await encodingOf('encoding: ratio')).toEqual({ method: 'ratio', ...plain });
    expect(await encodingOf('encoding: { smoothing: 2 }')).toEqual({ ...plain, smoothing: 2 });
  });

  it('accepts processing for one model, with several candidates', async () => {
    const { models } = await configOf(
      '',
      `one: { ${BOOSTING}, missing: [keep, fill], encoding: { smoothing: 1 } }`,
    );
    expect(models).toMatchObject({ one: { missing: ['keep', 'fill'], encoding: [{ smoothing: 1 }] } });
  });

  it('accepts splines and a skewness threshold, with several candidates', async () => {
    const own = 'splines: [false, true, 8], skewThreshold: [0.75, null]';
    const { models, processing } = await configOf(
      'skewThreshold: null',
      `one: { type: LogisticRegression, ${own} }, two: { type: LogisticRegression }`,
    );
    expect(processing.skewThreshold).toBeNull();
    expect(models).toMatchObject({ one: { splines: [false, true, 8], skewThreshold: [0.75, null] } });
    expect(models).not.toHaveProperty('two.splines');
  });

  it.each([
    ['skewThreshold: -1', `one: { ${BOOSTING} }`, 'processing.skewThreshold: '],
    [
      '',
      `one: { ${BOOSTING}, splines: [true, 2] }`,
      'models.one.splines: expected true, false or a number of knots from 3 to 100, or a list of such, got 2',
    ],
    [
      '',
      `one: { ${BOOSTING}, skewThreshold: none }`,
      'models.one.skewThreshold: expected a number of at least 0, or null, or a list of such, got "none"',
    ],
    [
      '',
      'one: { type: LogisticRegression, degree: [1, 2], splines: [false, 5] }',
      'models.one.splines: expected false, since polynomial features are made of the columns themselves, got 5',
    ],
    ['missing: drop', `one: { ${BOOSTING} }`, 'processing.missing: expected one of '],
    ['encoding: { smoothing: -1 }', `one: { ${BOOSTING} }`, 'processing.encoding.smoothing: '],
    [
      '',
      `one: { ${BOOSTING}, encoding: target }`,
      'models.one.encoding: expected ratio, oneHot or native, or an object',
    ],
    [
      '',
      'one: { type: LogisticRegression, missing: [fill, keep] }',
      'models.one.missing: expected fill, indicator or level, since LogisticRegression takes no missing values, got keep',
    ],
    [
      'missing: keep',
      `one: { ${BOOSTING} }, two: { type: SVC }`,
      'processing.missing: expected fill, indicator or level, since SVC takes no missing values, got keep; or set missing for the model "two" itself',
    ],
    [
      'encoding: native',
      'one: { type: RandomForestClassifier }',
      'processing.encoding: expected ratio or oneHot, since RandomForestClassifier takes no categories, got native; or set encoding for the model "one" itself',
    ],
    [
      '',
      `one: { ${BOOSTING}, degree: [1, 2], encoding: native }`,
      'models.one.encoding: expected ratio or oneHot, since polynomial features are made of numbers, got native',
    ],
  ])('is rejected if a model does not support it: %s %s', async (processing, models, message) => {
    await expect(configOf(processing, models)).rejects.toThrow(message);
  });

  it('accepts what one model does not support, if that model has its own', async () => {
    const models = `one: { ${BOOSTING} }, two: { type: SVC, missing: fill, encoding: ratio }`;
    await expect(configOf('missing: keep, encoding: native', models)).resolves.toBeDefined();
  });
});
