import type { DatasetSchema } from '@churn/io';
import type { ScorerName } from '@churn/selection';
import { modelsOf } from '../model/models.js';
import { scorersOf } from './scorer.js';
import type { TaskName } from './target.js';

/** What of a configuration goes with one task alone. */
interface Tasked {
  readonly data: {
    readonly task: TaskName;
    readonly target: string;
    readonly positive?: string | undefined;
    readonly columns?: DatasetSchema | undefined;
  };
  readonly models: 'auto' | Readonly<Record<string, { readonly type: string }>>;
  readonly crossValidation: { readonly scoring?: readonly ScorerName[] | undefined };
  readonly threshold?: object | undefined;
  readonly registry: { readonly gate?: { readonly metric?: ScorerName | undefined } | undefined };
  readonly monitoring: { readonly costs?: object | undefined };
}

interface Fault {
  readonly path: string[];
  readonly message: string;
}

/** What does not go with what is predicted, by the path of the field. */
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
    ['data.positive', data.positive],
    ['threshold', threshold],
    ['monitoring.costs', monitoring.costs],
  ];
  return given
    .filter(([, value]) => value !== undefined)
    .map(([path]) => ({
      path: path.split('.'),
      message: 'expected none, since data.target is a value, which has no classes',
    }));
}

function kindOfTarget({ data: { task, target, columns = [] } }: Tasked): Fault[] {
  const kind = columns.find(({ name }) => name === target)?.kind ?? 'numeric';
  if (task === 'classes' || kind === 'numeric') return [];
  const message = `expected numeric, since data.target is a value, got ${kind}`;
  return [{ path: ['data', 'columns', target, 'kind'], message }];
}

function scorerFaults({ data: { task }, crossValidation, registry }: Tasked): Fault[] {
  const expected = scorersOf[task];
  const given = (path: string, scorer: ScorerName | undefined) => ({ path: path.split('.'), scorer });
  const all = [
    ...(crossValidation.scoring ?? []).map((each) => given('crossValidation.scoring', each)),
    given('registry.gate.metric', registry.gate?.metric),
  ];
  return all.flatMap(({ path, scorer }) =>
    scorer === undefined || expected.includes(scorer)
      ? []
      : [{ path, message: `expected one of ${expected.join(', ')}, got ${JSON.stringify(scorer)}` }],
  );
}

function modelFaults(task: TaskName, models: Tasked['models']): Fault[] {
  if (models === 'auto') return [];
  const expected = modelsOf[task].map(({ type }) => type);
  const why =
    task === 'value' ? ', since data.target is a value' : ', since data.target is a column of classes';
  return Object.entries(models)
    .filter(([, { type }]) => !expected.includes(type))
    .map(([name, { type }]) => ({
      path: ['models', name, 'type'],
      message: `expected one of ${expected.join(', ')}${why}, got ${type}`,
    }));
}
