/** What a model of each task is called in messages. */
export const MODEL_KIND = {
  classes: 'classification model',
  value: 'regression model',
  survival: 'survival model',
} as const;
