const LONG = 1024;
const MOST = 100;

/** Remembers what was made of long texts: programs are the same in thousands of steps. */
export function memoizeLongTexts<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return text => {
    if (text.length < LONG) return make(text);
    if (!made.has(text)) {
      if (made.size === MOST) made.clear();
      made.set(text, make(text));
    }
    return made.get(text)!;
  };
}
