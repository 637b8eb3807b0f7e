import type { SchemaElement } from 'hyparquet';

/** Whether a column holds UTF-8 text. */
export function isText({ type, converted_type, logical_type }: SchemaElement): boolean {
  const isNamed = converted_type === 'UTF8' || converted_type === 'ENUM';
  return (
    type === 'BYTE_ARRAY' && (isNamed || logical_type?.type === 'STRING' || logical_type?.type === 'ENUM')
  );
}

/** A column as its values are stored, so that they go out as they came in, whatever they mean; text is text. */
export function readableElement(element: SchemaElement): SchemaElement {
  const { name, type, type_length, repetition_type } = element;
  const stored = { name, type, type_length, repetition_type };
  return isText(element) ? { ...stored, converted_type: 'UTF8' } : stored;
}

/** A column as it is written. The times of old writers are not written any more: they become microseconds. */
export function writableElement(element: SchemaElement): SchemaElement {
  const { name, repetition_type, type } = element;
  return type === 'INT96'
    ? { name, repetition_type, type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }
    : element;
}
