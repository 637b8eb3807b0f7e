/** The presets of automatic model selection, by increasing effort. */
export const PRESETS = ['fast', 'good', 'best'] as const;

export type Preset = (typeof PRESETS)[number];

/** The default time limit of a training, in seconds. */
export const USUAL_SECONDS: Readonly<Record<Preset, number>> = { fast: 60, good: 300, best: 600 };
