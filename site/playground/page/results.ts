import { copied } from './copying';
import { Editor } from './editor';
import { element } from './element';
import { findingsList, lineButton, summary } from './findings';
import { Pictures } from './picture';
import { programsIn } from './programs-in-yaml';
import type { Mistake, Report } from '../engine/report';

/** What is said of a text, beside it. */
export class Results {
  public readonly dom = element('div', { className: 'results' });
  private readonly status = element('p', { role: 'status' });
  private readonly sections = element('div');
  private readonly pictures = new Pictures();
  private readonly yaml = new Editor({ language: 'yaml', label: 'The YAML that the program makes' });

  /** @param selectInText shows a line of the text that was asked about */
  public constructor(private readonly selectInText: (line: number) => void) {
    this.dom.append(this.status, this.sections);
  }

  /** What is shown is not yet of the text as it is now. */
  public wait(): void {
    this.dom.ariaBusy = 'true';
  }

  public show(report: Report): void {
    const { mistake, findings, yaml, printed, order, dot } = report;
    this.dom.ariaBusy = 'false';
    this.say(mistake ? 'It does not work yet' : summary(findings));
    const select = yaml === undefined ? this.selectInText : (line: number) => this.yaml.select(line);
    this.sections.replaceChildren(
      ...mistake ? [this.mistake(mistake)] : [],
      ...findings.length > 0 ? [section('Findings', ...findingsList(findings, select))] : [],
      ...printed ? [section('Printed', element('pre', { tabIndex: 0 }, printed))] : [],
      ...yaml === undefined ? [] : [this.yamlSection(yaml)],
      ...dot ? [section('Who waits for whom', this.picture(dot))] : [],
      ...order ? [section('The order, at worst', element('pre', { tabIndex: 0 }, order))] : [],
    );
    if (yaml !== undefined) this.showYaml(yaml, false);
  }

  public say(status: string): void {
    this.status.textContent = status;
  }

  private mistake({ message, line }: Mistake): HTMLElement {
    const place = line === undefined ? [] : [lineButton(line, this.selectInText), ' '];
    return element('div', { className: 'mistake', role: 'alert' }, ...place, element('pre', { tabIndex: 0 }, message));
  }

  private picture(dot: string): HTMLElement {
    const frame = element('div', { className: 'picture', tabIndex: 0, role: 'group', ariaLabel: 'Picture' }, '…');
    void this.pictures.draw(dot).then(drawn => {
      if (drawn) frame.replaceChildren(drawn);
    });
    return frame;
  }

  private yamlSection(yaml: string): HTMLElement {
    const programs = element('input', { type: 'checkbox', onchange: () => this.showYaml(yaml, programs.checked) });
    const copy = element('button', { type: 'button', onclick: () => void this.copy(yaml) }, 'Copy');
    const bar = element('div', { className: 'bar' }, element('label', {}, programs, ' Show the programs'), copy);
    return section('YAML', bar, this.yaml.dom);
  }

  private showYaml(yaml: string, withPrograms: boolean): void {
    if (this.yaml.text !== yaml) this.yaml.text = yaml;
    this.yaml.unfold();
    if (!withPrograms) this.yaml.fold(programsIn(yaml));
  }

  private async copy(text: string): Promise<void> {
    this.say(await copied(text, 'the YAML'));
  }
}

function section(title: string, ...children: Node[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...children);
}
