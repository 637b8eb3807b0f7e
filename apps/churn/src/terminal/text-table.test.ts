import { tableOf } from './text-table';

const HEAD = ['column', 'example', 'why'];
const ROWS = [
  ['Total_Relationship_Count', 'Existing Customer', 'an ID by its name: 1,800 different values'],
  ['Gender', 'F', 'two texts'],
];

/** The table on a terminal of this width. */
function shown(columns: number | undefined, expendable?: string[]) {
  const { stdout } = process;
  const before = stdout.columns;
  try {
    Object.assign(stdout, { columns });
    return tableOf(HEAD, ROWS, ['left', 'left', 'left'], expendable);
  } finally {
    Object.assign(stdout, { columns: before });
  }
}

const widthOf = (table: string) => Math.max(...table.split('\n').map((line) => line.length));
const wordsOf = (table: string) => table.match(/[^\s│┌┬┐├┼┤└┴┘─]+/g)?.toSorted();

it('is as wide as its content, if that fits or there is no terminal', () => {
  const whole = shown(undefined);
  expect(whole).toContain('│ Gender                   │ F                 │ two texts    ');
  expect(shown(widthOf(whole))).toBe(whole);
  expect(shown(widthOf(whole) - 1)).not.toBe(whole);
});

it.each([80, 65, 61])('fits a terminal of %i columns, and keeps every word', (columns) => {
  const table = shown(columns);
  expect(widthOf(table)).toBe(columns);
  expect(wordsOf(table)).toEqual(wordsOf(shown(undefined)));
});

it('leaves out expendable columns first, as many as needed', () => {
  expect(shown(undefined, ['example', 'column'])).toContain('Existing Customer');
  const narrow = shown(80, ['example', 'column']);
  expect(narrow).not.toContain('Existing');
  expect(narrow).toContain('│ Total_Relationship_Count │ an ID by its name: 1,800 different values │');
  expect(shown(45, ['example', 'column'])).toContain(
    '│ an ID by its name: 1,800 different values │\n│ two texts',
  );
});

it('cuts no word on a terminal that is narrower than they are', () => {
  const table = shown(10);
  expect(widthOf(table)).toBeGreaterThan(10);
  expect(wordsOf(table)).toEqual(wordsOf(shown(undefined)));
});
