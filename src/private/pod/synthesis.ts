import type { IConstruct } from 'constructs';
import { wrapSyntheses } from './cdk8s-internals';
import { Attached } from '../values/attached';

/** The syntheses of an app as a whole: those of single charts, as tests make them, are none. */
interface Syntheses {
  /** The one under way. While it is, nobody adds to the app. */
  current?: object;
}

const syntheses = new Attached<Syntheses>('synthesis', 1);

/** Has something done behind each synthesis of an app that succeeds. */
export function afterEachSynthesis(root: IConstruct, done: () => void): void {
  const known = syntheses.set(root, {});
  wrapSyntheses(root, synthesize => {
    known.current = {};
    try {
      const result = synthesize();
      done();
      return result;
    } finally {
      known.current = undefined;
    }
  });
}

/** What tells one synthesis of an app from another, while one is under way. */
export function synthesisOf(root: IConstruct): object | undefined {
  return syntheses.of(root)?.current;
}
