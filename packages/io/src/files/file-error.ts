import { isAbsolute } from 'node:path';
import { ChurnError } from '@churn/core';

/** The `invalid-file` error for a file that cannot be read or written, worded for users. */
export function fileError(doing: 'read' | 'write', file: string, error: unknown): ChurnError {
  const why = reason(doing, file, error);
  return new ChurnError('invalid-file', `${file}: ${why}`, { cause: error });
}

/** Prefixes the message of a `ChurnError` with a file; returns any other error unchanged. */
export function inFile(file: string, error: unknown): unknown {
  return ChurnError.is(error)
    ? new ChurnError(error.code, `${file}: ${error.message}`, { cause: error })
    : error;
}

/** The code of a system error, such as `ENOENT`. Not by instanceof: the error may come from another realm. */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function reason(doing: 'read' | 'write', file: string, error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      // A relative path may be meant from another folder, such as that of the configuration.
      if (doing === 'read') return `there is no such file${isAbsolute(file) ? '' : ` in ${process.cwd()}`}`;
      return 'there is no such folder';
    case 'EISDIR':
      return 'this is a folder, expected a file';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of this path is a file, expected a folder';
    case 'EACCES':
    case 'EPERM':
      return `no permission to ${doing} it`;
    case 'EROFS':
      return 'the disk is read-only';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no space left on the disk';
    case 'EFBIG':
      return 'the file is larger than the system allows';
    default:
      return `could not ${doing} it (${String(error)})`;
  }
}
