import type * as kplus from 'cdk8s-plus-28';
import { doubtsInTemplate } from './template-doubts';
import { isOneFile, partFiles } from './text-input';
import { FileSource } from '../file-source';
import { treeSource, type FileTree, type StoredTree } from '../file-tree';
import type { StepWarning } from '../init-step-props';
import { childName } from '../private/values/child-name';
import { octal } from '../private/values/file-mode';
import { refuseWith, type NewPlace } from '../private/values/refuse';
import { requireUsed, usesEncodings } from '../variables';

/** What the program is told of the files, and what its step reads for them. */
export class CopiedFiles {
  /** In fours: the kind, where it is, its path in the folder, its mode. */
  public readonly args: string[] = [];
  public readonly reads: { [path: string]: kplus.IStorage } = {};
  public readonly files: { [path: string]: FileSource } = {};
  /** Whether some texts are in several files. */
  public joins = false;
  private readonly paths = new Set<string>();
  /** Path -> text that is known at synth. */
  private readonly texts = new Map<string, string>();
  /** Path -> template of which parts are known at synth. */
  private readonly parted = new Map<string, FileSource>();

  public constructor(
    private readonly place: NewPlace,
    public readonly mode: string,
    private readonly variables: string[],
  ) {}

  public add(tree: FileTree): void {
    const { stored, texts = {} } = treeSource.required(tree);
    if (stored) this.addStored(stored);
    for (const path of Object.keys(texts).sort()) this.addText(path, texts[path]);
  }

  /** What only all of them together can be wrong in. */
  public check(): void {
    const paths = [...this.paths];
    const inner = paths.find(each => paths.some(other => each.startsWith(`${other}/`)));
    if (inner !== undefined) {
      refuseWith(this.place, 'sources', {
        must: 'not have a folder of the name of a file',
        got: inner,
        remedy: `${paths.find(other => inner.startsWith(`${other}/`))} is a file; name one of them otherwise`,
      });
    }
    if (!this.areTextsUnknown) requireUsed(this.place, [...this.texts.values()], this.variables, 'the texts');
  }

  /** Whether something in the texts may have to be replaced: also `$${NAME}` of no variable. */
  public get expands(): boolean {
    return this.variables.length > 0 || [...this.texts.values()].some(text => text.includes('${'));
  }

  /** Whether values may have to be encoded. */
  public encodings(): boolean {
    if (this.variables.length === 0) return false;
    const asked = [...this.texts.values()].filter(text => usesEncodings(this.place, 'sources', text, this.variables));
    return asked.length > 0 || this.areTextsUnknown;
  }

  /** What is seldom meant in the texts. */
  public doubts(keepUndeclared: boolean): StepWarning[] {
    const variables = Object.fromEntries(this.variables.map(name => [name, '']));
    const inline = [...this.texts].map(([path, text]) => [path, FileSource.inline(text)] as const);
    return [...inline, ...this.parted].flatMap(([path, template]) =>
      doubtsInTemplate({ template, variables, keepUndeclared }, path, path));
  }

  private get areTextsUnknown(): boolean {
    return Object.keys(this.files).length > 0;
  }

  private addStored({ items, folder, optional, volume }: StoredTree): void {
    const number = Object.keys(this.reads).length + 1;
    const root = `/in/source-${number}`;
    this.reads[root] = volume(childName(this.place.id, `source-${number}`));
    if (!items) this.args.push('folder', root, folder, this.mode);
    for (const { key, path, mode } of items ?? []) {
      const own = mode === undefined ? this.mode : octal(this.place, 'mode', mode);
      this.paths.add(folder + path);
      this.args.push(optional ? 'optional' : 'file', `${root}/${key}`, folder + path, own);
    }
  }

  private addText(path: string, source: FileSource): void {
    this.paths.add(path);
    if (source.text !== undefined) {
      this.texts.set(path, source.text);
      this.args.push('text', source.text, path, this.mode);
      return;
    }
    const file = `/in/text-${Object.keys(this.files).length + 1}`;
    const isTemplate = this.variables.length > 0;
    if (isOneFile(source)) {
      this.files[file] = source;
      this.args.push(isTemplate ? 'template' : 'file', file, path, this.mode);
      return;
    }
    this.joins = true;
    if (isTemplate) this.parted.set(path, source);
    const parts = partFiles(file, source);
    Object.assign(this.files, parts);
    this.args.push(isTemplate ? 'template-parts' : 'parts', Object.keys(parts).join(' '), path, this.mode);
  }
}
