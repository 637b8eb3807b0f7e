import { existsSync } from 'node:fs';

/** An answer to choose. */
export interface Choice<V> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
}

/** Asks questions interactively. */
export interface Asker {
  /** @param check returns the error in an answer; `undefined` if it is valid. */
  text(
    question: string,
    options?: { readonly initial?: string; readonly check?: (answer: string) => string | undefined },
  ): Promise<string>;
  choose<V>(question: string, choices: readonly Choice<V>[], initial?: V): Promise<V>;
}

/** Answers that may already be given by options. */
export interface CaseAnswers {
  readonly data?: string | undefined;
  readonly target?: string | undefined;
  readonly value?: string | undefined;
  readonly duration?: string | undefined;
  readonly event?: string | undefined;
  readonly horizon?: number | undefined;
  readonly positive?: string | undefined;
}

/** The columns of a file, by name, as text. */
export type ReadColumns = (file: string) => Promise<ReadonlyMap<string, readonly string[]>>;

/** A numeric column with more distinct values is probably a regression target. */
const MANY_VALUES = 20;

/**
 * Asks for the parts of a new business case that options leave out: the data file and the target.
 * @param read reads the data file.
 */
export async function askCase(
  given: CaseAnswers,
  ask: Asker,
  read: ReadColumns,
): Promise<CaseAnswers & { readonly data: string }> {
  const data = given.data ?? (await askFile(ask));
  const columns = await read(data);
  const isOpen = [given.target, given.value, given.duration].every((each) => each === undefined);
  const named = isOpen ? { ...given, ...(await askTarget(columns, ask)) } : given;
  return { ...named, data, ...(await askRest(named, columns, ask)) };
}

function askFile(ask: Asker): Promise<string> {
  return ask.text('Which file has the data?', {
    check: (file) => (existsSync(file) ? undefined : 'There is no such file.'),
  });
}

async function askTarget(columns: ReadonlyMap<string, readonly string[]>, ask: Asker): Promise<CaseAnswers> {
  const column = await ask.choose(
    'Which column should be predicted?',
    Array.from(columns, ([value, texts]) => ({ value, label: value, hint: hintOf(texts) })),
  );
  const kind = await ask.choose(
    `What is “${column}”?`,
    [
      { value: 'target', label: 'A class', hint: 'such as yes or no' },
      { value: 'value', label: 'A number', hint: 'such as yearly spend' },
      {
        value: 'duration',
        label: 'The time to an event',
        hint: 'with a column that says whether it occurred',
      },
    ] as const,
    isOfAmounts(columns.get(column) ?? []) ? 'value' : 'target',
  );
  return { [kind]: column };
}

/** Asks the questions that depend on the task. */
async function askRest(
  { target, duration, event, horizon, positive }: CaseAnswers,
  columns: ReadonlyMap<string, readonly string[]>,
  ask: Asker,
): Promise<CaseAnswers> {
  if (target !== undefined && positive === undefined) {
    const labels = valuesOf(columns.get(target) ?? []);
    if (labels.length !== 2) return {};
    const choices = labels.map((value): Choice<string | undefined> => ({ value, label: value }));
    const usual = { value: undefined, label: 'The yes of yes and no, or the rarer label' };
    return {
      positive: await ask.choose('Which label is the positive one?', [usual, ...choices]),
    };
  }
  if (duration === undefined) return {};
  const others = [...columns.keys()].filter((name) => name !== duration);
  const occurred =
    event ??
    (await ask.choose(
      'Which column says whether the event occurred?',
      others.map((value) => ({ value, label: value, hint: hintOf(columns.get(value) ?? []) })),
    ));
  if (horizon !== undefined) return { event: occurred };
  const within = await ask.text(
    'Within which time should it be predicted? (empty: half of the longest time)',
    {
      check: (answer) =>
        answer.trim() === '' || Number(answer) > 0
          ? undefined
          : 'Give a number above 0, in the unit of the column.',
    },
  );
  return { event: occurred, ...(within.trim() !== '' && { horizon: Number(within) }) };
}

function isOfAmounts(texts: readonly string[]): boolean {
  const values = valuesOf(texts);
  return values.length > MANY_VALUES && values.every((text) => Number.isFinite(Number(text)));
}

function valuesOf(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text.trim() !== '');
}

/** A few values of a column, as a hint. */
function hintOf(texts: readonly string[]): string {
  const values = valuesOf(texts);
  const first = values.slice(0, 3).map((text) => (text.length > 20 ? `${text.slice(0, 19)}…` : text));
  return [...first, ...(values.length > 3 ? ['…'] : [])].join(', ');
}
