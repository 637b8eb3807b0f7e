/** How much is tried where the models are found by themselves, the least first. */
export const PRESETS = ['fast', 'good', 'best'] as const;

export type Preset = (typeof PRESETS)[number];

/** How long a training may take, in seconds, if the configuration does not say. */
export const USUAL_SECONDS: Readonly<Record<Preset, number>> = { fast: 60, good: 300, best: 600 };
