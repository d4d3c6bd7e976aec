import { element } from './element';

/** Something to show, one at a time. */
export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly dom: HTMLElement;
  /** Called each time before it is shown. */
  readonly onShow?: () => void;
}

/** Tabs that arrow keys walk through, as WAI-ARIA describes them. */
export class Tabs {
  public readonly list = element('div', { role: 'tablist', ariaLabel: 'What to write' });
  public readonly panels: readonly HTMLElement[];
  private readonly buttons: readonly HTMLButtonElement[];

  public constructor(private readonly tabs: readonly Tab[]) {
    this.buttons = tabs.map(({ name, title }, index) => {
      const onclick = () => this.show(name);
      const onkeydown = ({ key }: KeyboardEvent) => this.walk(index, key);
      const button = element('button', { type: 'button', role: 'tab', id: `tab-${name}`, onclick, onkeydown }, title);
      button.setAttribute('aria-controls', `panel-${name}`);
      return button;
    });
    this.panels = tabs.map(({ name, dom }) => {
      const panel = element('div', { role: 'tabpanel', id: `panel-${name}`, hidden: true }, dom);
      panel.setAttribute('aria-labelledby', `tab-${name}`);
      return panel;
    });
    this.list.append(...this.buttons);
  }

  public show(shown: string): void {
    this.tabs.forEach(({ name, onShow }, index) => {
      const isShown = name === shown;
      if (isShown) onShow?.();
      this.panels[index].hidden = !isShown;
      this.buttons[index].ariaSelected = String(isShown);
      this.buttons[index].tabIndex = isShown ? 0 : -1;
    });
  }

  private walk(from: number, key: string): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (by === undefined) return;
    const to = (from + by + this.tabs.length) % this.tabs.length;
    this.show(this.tabs[to].name);
    this.buttons[to].focus();
  }
}
