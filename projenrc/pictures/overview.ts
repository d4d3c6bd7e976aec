import { HEIGHT, arrow, box, drawing, words } from './svg';

const TITLE = 'A pod: its steps run one after the other, hand files on through a directory, and then the app starts';

/** A pod of the example with every step, shortened: a wait, a download, the directory between it and the app. */
export function overview(): string {
  const [top, width] = [52, 186];
  const low = top + HEIGHT + 70;
  const steps = [24, 264, 504];
  return drawing(TITLE, [880, 300], [
    `<rect class="pod" x="8" y="26" width="704" height="${low + HEIGHT - 4}"/>`,
    words('pod', 14, 20, 'detail', 'start'),
    box({ kind: 'step', title: 'wait', detail: '1. until all endpoints are up', x: steps[0], y: top, width }),
    box({ kind: 'step', title: 'download-rates', detail: '2. verified, then renamed', x: steps[1], y: top, width }),
    box({ kind: 'app', title: 'app', detail: '3. starts when both ended', x: steps[2], y: top, width }),
    arrow(steps[0] + width, steps[1], top + HEIGHT / 2),
    arrow(steps[1] + width, steps[2], top + HEIGHT / 2),
    box({ kind: 'files', title: 'directory', detail: 'rates.json', x: 384, y: low, width }),
    `<path d="M357 ${top + HEIGHT}V${low + 32}H378"/><path class="head" d="M384 ${low + 32}l-9 -5v10z"/>`,
    words('writes', 350, low - 26, 'detail', 'end'),
    `<path d="M570 ${low + 32}H597V${top + HEIGHT + 6}"/><path class="head" d="M597 ${top + HEIGHT}l-5 9h10z"/>`,
    words('reads one file', 604, low - 26, 'detail', 'start'),
    words('exit 0', steps[1] - 30, top + 24), words('exit 0', steps[2] - 30, top + 24),
    words('else: Init, and the', 728, top + 24, 'detail', 'start'),
    words('reason in describe', 728, top + 42, 'detail', 'start'),
  ]);
}
