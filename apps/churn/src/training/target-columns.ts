import type { DataConfig } from '../config/config.js';

/** What a configuration says of these columns. */
export type TargetConfig = Pick<DataConfig, 'target' | 'task' | 'durations' | 'treatment'>;

/** A column that tells of the target or of the treatment, and that no model learns from. */
interface TargetColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** What messages call it. */
  readonly what: string;
}

/** The column of the target first; of durations those of the event and of the time of entry as well, and of an experiment that of the treatment. */
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
