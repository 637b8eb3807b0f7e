/** What may stand between the fields of CSV. */
export const DELIMITER = /^[^"\r\n]$/;
