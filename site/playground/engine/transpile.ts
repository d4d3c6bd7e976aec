import { transform } from 'sucrase';
import type { Mistake } from './report';

/** What sucrase writes around the words for what is wrong. */
const AROUND = /^Error (?:transforming|parsing) .*?: | \(\d+:\d+\)$/g;

/** A program in JavaScript whose lines are those of its TypeScript, or what is wrong with that. */
export function transpile(program: string): string | Mistake {
  try {
    return transform(program, { transforms: ['typescript', 'imports'], disableESTransforms: true }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    return { message: message.replace(AROUND, ''), line: loc?.line };
  }
}
