/** Lengths of the windows into which dates divide rows. */
export const WINDOWS = ['day', 'week', 'month'] as const;

export type Window = (typeof WINDOWS)[number];
