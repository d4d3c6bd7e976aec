/** Whether a text is a script in which the kernel and shells would take the line ends for a part of each line. */
export function isScriptOfWindows(text: string, path: string): boolean {
  return text.includes('\r\n') && (text.startsWith('#!') || /\.(ba|da|k|z)?sh$/.test(path));
}

/** What such a script is, as the end of a sentence, and what to do about it. */
export const SCRIPT_OF_WINDOWS = {
  message: 'a script with line ends of Windows, which neither the kernel nor a shell takes for line ends',
  remedy: 'save it with line ends of Unix',
};
