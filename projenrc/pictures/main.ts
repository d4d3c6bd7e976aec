/** Draws the pictures of the documentation into docs/pictures/: one for each step, and two of what the library does. */
import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { overview } from './overview';
import { startUp } from './start-up';
import { FLOWS, type Flow } from './steps';
import { arrow, box, drawing, HEIGHT, words } from './svg';
import { kebabCase } from '../reference/names';

const FOLDER = 'docs/pictures';
const WIDTH = 178;
const GAP = 84;
const TOP = 38;

/** What is outside of the pod stands left of its frame; without it the frame is at the left. */
function flow({ step, outside, verb, does, leaves, app, title }: Flow): string {
  const y = TOP + 14;
  const place = (index: number) => 14 + index * (WIDTH + GAP);
  const boxes = [
    { kind: 'step' as const, title: step, detail: does },
    ...leaves ? [{ kind: 'files' as const, title: leaves[0], detail: leaves[1] }] : [],
    { kind: 'app' as const, title: 'app', detail: app ?? 'starts when it has ended' },
  ];
  const first = outside ? 1 : 0;
  const all = outside ? [{ kind: 'outside' as const, title: outside[0], detail: outside[1] }, ...boxes] : boxes;
  const frame = [place(first) - 14, place(all.length - 1) + WIDTH + 14];
  const shapes = [
    `<rect class="pod" x="${frame[0]}" y="${TOP - 12}" width="${frame[1] - frame[0]}" height="${HEIGHT + 40}"/>`,
    words('pod', frame[0] + 4, TOP - 18, 'detail', 'start'),
    ...all.map((each, index) => box({ ...each, x: place(index), y, width: WIDTH })),
    ...all.slice(1).map((_, index) =>
      arrow(place(index) + WIDTH, place(index + 1), y + HEIGHT / 2, outside && index === 0 ? verb : '')),
  ];
  return drawing(title, [frame[1] + 2, TOP + HEIGHT + 32], shapes);
}

/** A step before the app. */
function icon(): string {
  const y = (64 - HEIGHT / 2) / 2;
  const place = `y="${y}" width="24" height="${HEIGHT / 2}"`;
  const part = (kind: string, x: number) => `<rect class="${kind}" x="${x}" ${place}/>`;
  return drawing('A step before the app', [64, 64], [part('step', 4), part('app', 36)]);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
for (const each of FLOWS) writeFileSync(`${FOLDER}/${kebabCase(each.step)}.svg`, flow(each));
writeFileSync(`${FOLDER}/pod.svg`, overview());
writeFileSync(`${FOLDER}/start-up.svg`, startUp());
writeFileSync(`${FOLDER}/icon.svg`, icon());
