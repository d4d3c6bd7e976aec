import { drawing, words } from './svg';

/** Seconds of the benchmark "A deadline of 5 s, and a fault", refused: docs/benchmarks.md. */
const MEASURED = { library: 5.05, watched: 12 };

const LEFT = 170;
const SECOND = 42;
const at = (seconds: number) => LEFT + seconds * SECOND;

function bar(style: string, [from, to]: readonly [number, number], y: number, text: string): string {
  const [x, width] = [at(from), at(to) - at(from)];
  return `<rect class="${style}" x="${x}" y="${y}" width="${width}" height="34"/>`
    + words(text, x + width / 2, y + 22, 'mono');
}

function lane(title: string, detail: string, y: number): string {
  return words(title, LEFT - 12, y + 14, '', 'end') + words(detail, LEFT - 12, y + 31, 'detail', 'end');
}

const TITLE = 'A port at which nothing listens: the loop stays in Init without a word, the step gives up and says why';

/** What the pod shows over time while nothing listens at the port: the loop of the tutorials, and a step of ours. */
export function startUp(): string {
  const { library, watched } = MEASURED;
  const [first, second, axis] = [30, 122, 218];
  const ticks = [0, 2, 4, 6, 8, 10, 12].map(each => words(`${each} s`, at(each), axis));
  return drawing(TITLE, [860, 232], [
    lane('until nc -z …', 'a loop by hand', first),
    bar('bad', [0, watched], first, 'Init:0/1'),
    words('still running when the test ended it after 12 s; its log is empty, and so is the Message in describe',
      LEFT, first + 54, 'detail', 'start'),
    lane('WaitForService', 'timeout: 5 s', second),
    bar('step', [0, library], second, 'Init:0/1'),
    words('Init:Error, exit 124', at(library) + 10, second + 22, 'mono', 'start'),
    words('after 5.05 s, in the log and in describe: “gave up after 5 s: tcp://…: connection refused or no route”',
      LEFT, second + 54, 'detail', 'start'),
    ...ticks,
  ]);
}
