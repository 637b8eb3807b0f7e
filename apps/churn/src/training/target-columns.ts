import type { DataConfig } from '../config/config.js';

/** The keys of a configuration for these columns. */
export type TargetConfig = Pick<DataConfig, 'target' | 'task' | 'durations' | 'treatment'>;

/** A column of the target or the treatment, which cannot be a feature. */
interface TargetColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** Its name in messages. */
  readonly what: string;
}

/** The target column first; for durations also those of event and entry, and for an experiment that of the treatment. */
export function targetColumns({ target, task, durations, treatment }: TargetConfig): TargetColumn[] {
  if (!durations) {
    return [
      { name: target, kind: task === 'value' ? 'numeric' : 'category', what: 'target' },
      ...(treatment ? [{ name: treatment.column, kind: 'category' as const, what: 'treatment' }] : []),
    ];
  }
  const { event, entry } = durations;
  return [
    { name: target, kind: 'numeric', what: 'duration' },
    { name: event, kind: 'category', what: 'event' },
    ...(entry === undefined ? [] : [{ name: entry, kind: 'numeric' as const, what: 'entry' }]),
  ];
}
