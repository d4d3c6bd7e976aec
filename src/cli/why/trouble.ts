/** What kind of trouble keeps something from starting. */
export type TroubleKind =
  | 'circle'
  | 'config'
  | 'crash'
  | 'evicted'
  | 'image'
  | 'job'
  | 'memory'
  | 'missing'
  | 'no-pods'
  | 'node'
  | 'outside'
  | 'own-pod'
  | 'pending'
  | 'port'
  | 'probe'
  | 'quota'
  | 'rights'
  | 'scaled-to-zero'
  | 'starting'
  | 'status'
  | 'step'
  | 'unmet'
  | 'unread'
  | 'volume';

/** Why something does not start that waits for nothing else. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** What is the same for all that it happens to: no name of a pod. */
  readonly text: string;
  /** What the cluster says of it, one a line. */
  readonly details: readonly string[];
  /** Whether something is wrong. Otherwise it only takes its time, or cannot be told. */
  readonly isIll: boolean;
}

/** In characters. What others write may be a page. */
const LONGEST = 400;

/** Something that is wrong. */
export function ill(
  kind: TroubleKind,
  text: string,
  details: ReadonlyArray<string | undefined> = [],
): Trouble {
  const told = details.filter(each => each !== undefined && each !== '') as string[];
  return {
    kind,
    text: oneLine(text),
    details: [...new Set(told.map(oneLine))],
    isIll: true,
  };
}

/** Something that takes its time. */
export function starting(
  text: string,
  details: ReadonlyArray<string | undefined> = [],
): Trouble {
  return { ...ill('starting', text, details), isIll: false };
}

/** What cannot be told, because it may not be read. */
export function unread(text: string): Trouble {
  return { ...ill('unread', text), isIll: false };
}

/** What others wrote, without what is another for each pod: addresses, ids and generated names. */
export function withoutIds(text: string): string {
  return text
    .replace(/\b\d+(\.\d+){3}\b|\[[0-9a-f:]+\]|\b[0-9a-f]{64}\b/g, '…')
    .replace(/\bkube-api-access-\w+/g, 'kube-api-access-…');
}

/** What others wrote, for a terminal: one line of it, without control characters. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text
    .replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, '')
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
