import type { IConstruct } from 'constructs';
import { wrapSyntheses } from './cdk8s-internals';
import { Attached } from '../values/attached';

/** The syntheses of an app as a whole: those of single charts, as tests make them, are none. */
interface Syntheses {
  /** What is done behind each that succeeds. */
  readonly done: () => void;
  /** The one under way. While it is, nobody adds to the app. */
  current?: object;
}

const syntheses = new Attached<Syntheses>('synthesis', 1);

/** Has something done behind each synthesis of an app that succeeds. */
export function afterEachSynthesis(root: IConstruct, done: () => void): void {
  syntheses.set(root, { done });
  wrapSyntheses(root, watched);
}

/** What tells one synthesis of an app from another, while one is under way. */
export function synthesisOf(root: IConstruct): object | undefined {
  return syntheses.of(root)?.current;
}

function watched(app: IConstruct, synthesize: () => unknown): unknown {
  const known = syntheses.of(app);
  if (!known || known.current) return synthesize();
  known.current = {};
  try {
    const result = synthesize();
    known.done();
    return result;
  } finally {
    known.current = undefined;
  }
}
