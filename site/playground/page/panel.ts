import { copied } from './copying';
import { Editor, type EditorOptions } from './editor';
import { element } from './element';
import { engines, SECONDS } from './engines';
import { packed } from './link';
import { Results } from './results';
import type { Request } from '../engine/report';

/** After so many milliseconds without a key somebody has stopped typing. */
const PAUSE = 300;

const TOO_LONG = `It was stopped: it ran for more than ${SECONDS} s. Is there a loop without an end?`;

export interface PanelOptions {
  readonly kind: Request['kind'];
  readonly language: EditorOptions['language'];
  readonly label: string;
  /** What can be chosen, by name; the first one is there at the beginning. */
  readonly examples: { readonly [name: string]: string };
}

/** A text to write, and what is said of it. */
export class Panel {
  public readonly dom: HTMLElement;
  private readonly editor: Editor;
  private readonly results: Results;
  private readonly engines = engines();
  private timer?: ReturnType<typeof setTimeout>;

  public constructor(private readonly options: PanelOptions) {
    const { language, label } = options;
    this.editor = new Editor({ language, label, onChange: () => this.askSoon() });
    this.results = new Results(line => this.editor.select(line));
    this.dom = element('div', { className: 'panel' },
      element('div', { className: 'text' }, this.bar(), this.editor.dom), this.results.dom);
  }

  /** Takes a text if it has none yet. */
  public begin(text: string): void {
    this.editor.text ||= text;
  }

  public replace(text: string): void {
    this.editor.text = text;
  }

  private bar(): HTMLElement {
    const { examples } = this.options;
    const names = Object.keys(examples).map(name => element('option', { value: name }, name));
    const choice = element('select', { onchange: () => this.editor.text = examples[choice.value] }, ...names);
    const link = element('button', { type: 'button', onclick: () => void this.copyLink() }, 'Copy link');
    return element('div', { className: 'bar' }, element('label', {}, 'Example ', choice), link);
  }

  private askSoon(): void {
    this.results.wait();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    try {
      const report = await this.engines.ask({ kind: this.options.kind, text: this.editor.text });
      if (report === 'superseded') return;
      this.results.show(report === 'too long' ? { findings: [], mistake: { message: TOO_LONG } } : report);
    } catch (error) {
      this.results.show({ findings: [], mistake: { message: (error as Error).message } });
    }
  }

  /** Puts the text into the address, behind its #. */
  private async copyLink(): Promise<void> {
    history.replaceState(undefined, '', `#${this.options.kind}=${await packed(this.editor.text)}`);
    this.results.say(await copied(location.href, 'a link that holds this text'));
  }
}
