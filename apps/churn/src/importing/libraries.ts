/** The libraries whose models are imported. */
export const LIBRARIES = ['lightgbm', 'xgboost', 'catboost', 'onnx'] as const;

export type Library = (typeof LIBRARIES)[number];
