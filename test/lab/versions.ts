/** Two versions of a file that takes a while to come, and a reader who looks at it meanwhile. */
import { existsSync, readFileSync } from 'fs';
import { sleep, type Running } from './process';
import type { Answer } from './servers';

/** Texts of 200 KiB, of which every line tells to which it belongs. */
export const versions = ['a', 'b'].map(letter => `${letter.repeat(99)}\n`.repeat(2048));

export function isWhole(text: string): boolean {
  return versions.includes(text);
}

/** An answer that takes about a tenth of a second. */
export function slowly(data: string | Buffer): Answer {
  const bytes = Buffer.from(data);
  return async (_, response) => {
    response.setHeader('content-length', bytes.length);
    for (let from = 0; from < bytes.length; from += 20_480) {
      response.write(bytes.subarray(from, from + 20_480));
      await sleep(10);
    }
    response.end();
  };
}

/** Reads a file as fast as it can while programs run. */
export class Reader {
  public reads = 0;
  /** Those in which no version came whole. */
  public bad = 0;

  public constructor(private readonly path: string) {}

  public beside({ until }: Running): Promise<void> {
    return until(() => {
      for (const stop = performance.now() + 5; performance.now() < stop; this.reads++) {
        if (!existsSync(this.path) || !isWhole(readFileSync(this.path, 'utf8'))) this.bad += 1;
      }
      return false;
    });
  }
}
