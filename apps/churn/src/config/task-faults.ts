import { didYouMean } from '@churn/core';
import type { DatasetSchema } from '@churn/io';
import type { ScorerName } from '@churn/selection';
import { modelsOf } from '../model/models.js';
import { scorersOf } from './scorer.js';
import type { DurationsConfig, TaskName } from './target.js';

/** The keys of a configuration that depend on the task. */
interface Tasked {
  readonly data: {
    readonly task: TaskName;
    readonly target: string;
    readonly durations?: DurationsConfig | undefined;
    readonly positive?: string | undefined;
    readonly treatment?: object | undefined;
    readonly columns?: DatasetSchema | undefined;
  };
  readonly models:
    | 'auto'
    | Readonly<Record<string, { readonly type: string } & Readonly<Record<string, unknown>>>>;
  readonly crossValidation: { readonly scoring?: readonly ScorerName[] | undefined };
  readonly threshold?: object | undefined;
  readonly registry: { readonly gate?: { readonly metric?: ScorerName | undefined } | undefined };
  readonly monitoring: { readonly costs?: object | undefined };
}

interface Fault {
  readonly path: string[];
  readonly message: string;
}

/** Descriptions of the target of each task. */
const TARGETS: Readonly<Record<TaskName, string>> = {
  classes: 'a column of classes',
  value: 'a value',
  survival: 'a duration',
};

/** The errors of keys that do not fit the task, with their paths. */
export function taskFaults(config: Tasked): Fault[] {
  const { task } = config.data;
  return [
    ...classesOnly(config),
    ...kindOfTarget(config),
    ...scorerFaults(config),
    ...modelFaults(task, config.models),
  ];
}

function classesOnly({ data, threshold, monitoring }: Tasked): Fault[] {
  if (data.task === 'classes') return [];
  const given: readonly (readonly [path: string, value: unknown])[] = [
    // For durations, `positive` is the level that means that the event occurred.
    ['data.positive', data.task === 'survival' ? undefined : data.positive],
    ['data.treatment', data.treatment],
    ['threshold', threshold],
    ['monitoring.costs', monitoring.costs],
  ];
  return given
    .filter(([, value]) => value !== undefined)
    .map(([path]) => ({
      path: path.split('.'),
      message: `expected none, since data.target is ${TARGETS[data.task]}, which has no classes`,
    }));
}

function kindOfTarget({ data: { task, target, durations, columns = [] } }: Tasked): Fault[] {
  if (task === 'classes') return [];
  const numbers = [
    [target, TARGETS[task]],
    [durations?.entry, 'a time'],
    [durations?.elapsed, 'a time'],
  ] as const;
  return numbers.flatMap(([name, what]) => {
    const kind = columns.find((column) => column.name === name)?.kind ?? 'numeric';
    if (name === undefined || kind === 'numeric') return [];
    const given = name === target ? 'data.target' : 'it';
    const message = `expected numeric, since ${given} is ${what}, got ${kind}`;
    return [{ path: ['data', 'columns', name, 'kind'], message }];
  });
}

function scorerFaults({ data: { task, durations }, crossValidation, registry }: Tasked): Fault[] {
  const expected = scorersOf[task];
  const given = (path: string, scorer: ScorerName | undefined) => ({ path: path.split('.'), scorer });
  const all = [
    ...(crossValidation.scoring ?? []).map((each) => given('crossValidation.scoring', each)),
    given('registry.gate.metric', registry.gate?.metric),
  ];
  return all.flatMap(({ path, scorer }) => {
    if (scorer === undefined) return [];
    if (!expected.includes(scorer)) {
      const meant = didYouMean(scorer, expected);
      return [
        { path, message: `expected one of ${expected.join(', ')}, got ${JSON.stringify(scorer)}${meant}` },
      ];
    }
    const expect = (why: string) => [
      { path, message: `expected concordance, since ${why}, got "${scorer}"` },
    ];
    const hasWeights = scorer === 'concordanceUno' || scorer === 'integratedBrierScore';
    return hasWeights && durations?.entry !== undefined
      ? expect(`the weights of ${scorer} ignore data.target.entry`)
      : [];
  });
}

function modelFaults(task: TaskName, models: Tasked['models']): Fault[] {
  if (models === 'auto') return [];
  const expected = modelsOf[task].map(({ type }) => type);
  return Object.entries(models).flatMap(([name, { type, nIntervals }]) => {
    if (!expected.includes(type)) {
      const message = `expected one of ${expected.join(', ')}, since data.target is ${TARGETS[task]}, got ${type}${didYouMean(type, expected)}`;
      return [{ path: ['models', name, 'type'], message }];
    }
    if (nIntervals === undefined || task === 'survival') return [];
    const message = `expected none, since data.target is ${TARGETS[task]}, and only survival models have them`;
    return [{ path: ['models', name, 'nIntervals'], message }];
  });
}
