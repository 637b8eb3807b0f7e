import { CONFIG, PLAIN, ROWS, smallCase } from './testing/small-case';

const { churn, expectMistake, write } = smallCase();

it('trains, and scores rows in order with the best model, without label and ID columns', () => {
  expect(churn('train', '--config', 'churn.yaml', ...PLAIN).status).toBe(0);
  const stripped = ROWS.slice(0, 30).map((row) => row.split(',').slice(1, 4).join(','));
  write('new.csv', ['plan,usage,age', ...stripped].join('\n'));
  const { status, stdout } = churn('predict', '--config', 'churn.yaml', '--input', 'new.csv');
  expect(status).toBe(0);
  const [header, ...scored] = stdout.trimEnd().split('\n');
  expect(header).toBe('plan,usage,age,churn_probability,churn_prediction,churn_warnings');
  expect(scored.map((row) => row.split(',').slice(0, 3).join(','))).toEqual(stripped);
  for (const row of scored) {
    const [probability, prediction] = row.split(',').slice(3).map(Number);
    expect(prediction).toBe(probability > 0.5 ? 1 : 0);
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThan(1);
  }
});

describe('an error of the command line ends in one clear line', () => {
  it('an unknown option, an unknown command and an invalid seed', () => {
    expect(churn('train', '--sed', '1').status).toBe(1);
    expect(churn('trian').status).toBe(1);
    const { status, stderr } = churn('train', '--seed', 'one');
    expect(status).toBe(1);
    expect(stderr).toContain('integer');
  });

  it('an option of counterfactuals without them', () => {
    write('churn.yaml', CONFIG);
    const explain = ['explain', '--config', 'churn.yaml', '--input', 'data.csv', '--model', 'm.json'];
    expectMistake(churn(...explain, '--data', 'data.csv'), /--data: expected --counterfactuals as well/);
    expectMistake(churn(...explain, '--target', '3'), /--target: expected --counterfactuals as well/);
  });

  it.each([
    [['runs', 'shwo'], /unknown command 'shwo'\n\(Did you mean show\?\)/],
    [
      ['runs', 'zzzzzzzz'],
      /unknown command 'zzzzzzzz'\n\(expected one of list, show, compare, clean, sync\)/,
    ],
    [['runs', 'list', 'more'], /unexpected argument 'more'\n\(use --help/],
    [['init', 'a.csv', '--target', 'left'], /unexpected argument 'a\.csv'\n\(Did you mean --data a\.csv\?\)/],
    [['predict', 'new.csv'], /unexpected argument 'new\.csv'\n\(Did you mean --input new\.csv\?\)/],
    [['runs', 'clean', '--older-than', '30'], /--older-than.*such as 90s, 5m, 1h or 30d/],
    [['serve', '--port', '99999'], /--port.*expected an integer from 0 to 65535/],
    [['serve', '--max-rows', '0'], /--max-rows.*expected an integer of at least 1/],
    [['explain', '--input', 'data.csv', '--row', '0'], /--row.*expected an integer of at least 1/],
    [['explain', '--input', 'data.csv', '--row', '1,2'], /--row.*expected an integer of at least 1/],
    [['runs', 'compare', 'latest'], /missing required argument 'other-run'/],
    [['predict', '--inptu', 'new.csv'], /unknown option '--inptu'\n\(Did you mean --input\?\)/],
    [['registry', 'promote', 'latest', '--zzzzzzzz'], /unknown option '--zzzzzzzz'\n\(use --help/],
    [['explain', '--input', 'data.csv', '--top', '0'], /--top.*expected an integer of at least 1/],
  ])('an unknown command or option: %j', (args, message) => {
    const { status, stderr } = churn(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('the options of the default command of a group', () => {
    write('churn.yaml', CONFIG);
    expect(churn('runs', '--config', 'churn.yaml').stderr).toBe('');
    expect(churn('runs').stderr).toMatch(/config\/churn\.yaml/);
  });
});
