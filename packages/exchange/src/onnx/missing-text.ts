/** In ONNX, texts cannot be missing: the empty one stands for that. */
export const MISSING_TEXT = '';
