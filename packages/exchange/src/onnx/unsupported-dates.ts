import { ChurnError } from '@churn/core';

/** ONNX has no operators that read dates. */
export function unsupportedDates(): ChurnError {
  return new ChurnError(
    'unsupported',
    'ONNX has no operators for dates; expected a pipeline without dates: export the model alone, or take the parts of dates before',
  );
}
