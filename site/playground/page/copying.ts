/** Copies a text, and tells whether the browser let it. */
export async function copied(text: string, what: string): Promise<string> {
  return navigator.clipboard.writeText(text).then(
    () => `Copied ${what}`,
    () => 'The browser does not allow to copy',
  );
}
