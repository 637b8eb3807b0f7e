import type { SchemaElement } from 'hyparquet';

/** Whether a column contains UTF-8 text. */
export function isText({ type, converted_type, logical_type }: SchemaElement): boolean {
  const isNamed = converted_type === 'UTF8' || converted_type === 'ENUM';
  return (
    type === 'BYTE_ARRAY' && (isNamed || logical_type?.type === 'STRING' || logical_type?.type === 'ENUM')
  );
}

/** A column with its physical type only, so that values are copied as stored; text is decoded. */
export function readableElement(element: SchemaElement): SchemaElement {
  const { name, type, type_length, repetition_type } = element;
  const stored = { name, type, type_length, repetition_type };
  return isText(element) ? { ...stored, converted_type: 'UTF8' } : stored;
}

/** A column as it is written. The obsolete INT96 times become microseconds. */
export function writableElement(element: SchemaElement): SchemaElement {
  const { name, repetition_type, type } = element;
  return type === 'INT96'
    ? { name, repetition_type, type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }
    : element;
}
