/** A text without what breaks a line or steers a terminal: manifests may have that in any text. */
export function printable(raw: string): string {
  return raw
    .replace(/[\r\n\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, each => `\\u{${each.codePointAt(0)!.toString(16)}}`);
}
