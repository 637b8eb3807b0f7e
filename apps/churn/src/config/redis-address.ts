/** Whether it is an address that workers can meet at. */
export function isRedisAddress(text: string): boolean {
  return /^rediss?:\/\/[^/\s]/.test(text) && URL.canParse(text);
}
