import { element } from './element';
import { startsOf } from './scripts';
import { Workers } from './workers';

const SECONDS = 20;

interface Drawn {
  readonly svg?: string;
  readonly problem?: string;
}

const start = startsOf('draw.js');

/** Draws pictures of the start-up; the first one loads Graphviz. */
export class Pictures {
  private readonly workers = new Workers<string, Drawn>(start, SECONDS);

  /** The picture as an element, or what can be said instead; nothing if another one was asked for since. */
  public async draw(dot: string): Promise<Element | undefined> {
    const drawn = await this.workers.ask(dot);
    if (drawn === 'superseded') return undefined;
    if (drawn === 'too long') return element('p', {}, `It is too large to be drawn in ${SECONDS} s.`);
    return drawn.svg ? svgOf(drawn.svg) : element('p', {}, `It could not be drawn: ${drawn.problem}`);
  }
}

/** Graphviz escapes texts; links, which it could make as well, are in none of our pictures. */
function svgOf(text: string): Element {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  const svg = document.importNode(parsed.documentElement as Element as SVGSVGElement, true);
  svg.querySelectorAll('a').forEach(link => link.replaceWith(...link.childNodes));
  // A large one is scrolled rather than too small to be read.
  svg.style.minWidth = `min(${svg.getAttribute('width')}, 38rem)`;
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', 'Who waits for whom; the order below says the same in words');
  return svg;
}
