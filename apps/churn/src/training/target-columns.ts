import type { DataConfig } from '../config/config.js';

/** A column that tells of the target, and that no model learns from. */
interface TargetColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  /** What messages call it. */
  readonly what: string;
}

/** The column of the target first; of durations those of the event and of the time of entry as well. */
export function targetColumns({
  target,
  task,
  durations,
}: Pick<DataConfig, 'target' | 'task' | 'durations'>): TargetColumn[] {
  if (!durations) return [{ name: target, kind: task === 'value' ? 'numeric' : 'category', what: 'target' }];
  const { event, entry } = durations;
  return [
    { name: target, kind: 'numeric', what: 'duration' },
    { name: event, kind: 'category', what: 'event' },
    ...(entry === undefined ? [] : [{ name: entry, kind: 'numeric' as const, what: 'entry' }]),
  ];
}
