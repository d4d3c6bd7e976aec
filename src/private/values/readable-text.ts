import { memoizeLongTexts } from './memoize-long-texts';
import { inWords, refuseWith, type Place } from './refuse';

/** What kubectl cannot read back as it was written, and what to do about it. */
interface Unreadable {
  readonly must: string;
  readonly got: object;
  readonly remedy: string;
}

/** Refuses a text that kubectl could not read from the YAML that cdk8s makes, or would read as another one. */
export function checkReadable(place: Place, prop: string, text: string): void {
  const unreadable = unreadableIn(text);
  if (unreadable) refuseWith(place, prop, unreadable);
}

/** Looked for once in each long text: programs are the same in thousands of steps. */
const unreadableIn = memoizeLongTexts((text: string): Unreadable | undefined => {
  if (PLAIN.test(text)) return undefined;
  const character = unreadableCharacter(text);
  if (character !== undefined) {
    return {
      must: 'hold no character that kubectl cannot read in YAML',
      got: inWords(`U+${character.toString(16).toUpperCase().padStart(4, '0')}`),
      remedy: 'remove it, or put the text into a ConfigMap and use FileSource.fromConfigMap',
    };
  }
  if (beginsWithTab(text)) {
    return {
      must: 'not begin with a tab, which kubectl cannot read in YAML',
      got: inWords(JSON.stringify(text.trimEnd().slice(0, 40))),
      remedy: 'indent with spaces, or use FileSource.fromConfigMap',
    };
  }
  return looksLikeNumber(text)
    ? {
      must: 'not look like a number in another base, which kubectl writes in decimal',
      got: inWords(JSON.stringify(text)),
      remedy: 'write it otherwise, e.g. 0644 for 0o644',
    }
    : undefined;
});

/** Printable ASCII and line breaks that do not begin as a number of another base does, as nearly all texts are. */
const PLAIN = /^(?![-+0])[\n -~]*$/;

/** DEL, the C1 controls, the line breaks of Unicode, what is no character, and lone surrogates. */
function unreadableCharacter(text: string): number | undefined {
  return /[\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]/u.exec(text)?.[0].codePointAt(0);
}

/**
 * Whether a tab comes first where YAML looks for the indentation: in the first line with content of a text
 * that cdk8s writes as a block. It writes one in quotes that holds control characters, or whose last line is blank.
 */
function beginsWithTab(text: string): boolean {
  return /^\n*\t[^]*\S/.test(text)
    && text.includes('\n')
    && !/[\x00-\x08\x0b-\x1f]|\n[\t ]+$/.test(text);
}

/** Whether kubectl takes a text for a number of another base: cdk8s writes these without quotes. */
function looksLikeNumber(text: string): boolean {
  return /^[-+]?0([oO][0-7]+|X[0-9A-Fa-f]+|B[01]+)$/.test(text);
}
