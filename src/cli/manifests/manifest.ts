import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  Scalar,
  visit,
  type Document,
  type Node,
  type SchemaOptions,
} from 'yaml';
import type { Place } from '../finding';
import { WrongUse } from '../terminal';

/** A file with manifests, or the standard input. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly lines: LineCounter;
}

/** A file that cannot be read as YAML or JSON, and from where on. */
export class UnreadableManifest extends WrongUse {
  constructor(readonly place: Place, readonly reason: string) {
    super(`${place.file}:${place.line}:${place.column}: ${reason}`);
  }
}

/** So many are ordinary; what has more grows with every one of them, and is meant to. */
const MOST_ALIASES = 100_000;

/** One object of Kubernetes, and where its parts are written. */
export class Manifest {
  readonly object: any;

  constructor(
    private readonly file: SourceFile,
    private readonly document: Document,
    private readonly root: Node,
  ) {
    this.object = root.toJS(document, { maxAliasCount: MOST_ALIASES });
  }

  get kind(): string {
    return textIn(this.object.kind) ?? 'Object';
  }

  get name(): string {
    const { metadata } = this.object;
    return textIn(metadata?.name) ?? textIn(metadata?.generateName) ?? 'without-name';
  }

  get namespace(): string | undefined {
    return textIn(this.object.metadata?.namespace);
  }

  /** The objects of a list, or the object itself. */
  flat(): Manifest[] {
    if (
      !isMap(this.root)
      || !/List$/.test(this.object.kind)
      || !Array.isArray(this.object.items)
    ) {
      return [this];
    }
    const items = this.root.get('items', true);
    if (!isSeq(items)) return [];
    return items.items.flatMap(each =>
      isMap(each) ? new Manifest(this.file, this.document, each).flat() : [],
    );
  }

  /**
   * Where something is written, or what is nearest around it.
   *
   * @param pointer JSON pointer
   * @param index of a character in the text there
   */
  placeOf(pointer: string, index?: number): Place {
    const node = this.nodeAt(pointer);
    const [start] = node.range ?? [0];
    if (index === undefined || !isScalar(node)) return this.at(start);
    if (node.type === Scalar.BLOCK_LITERAL) return this.inBlock(node, index);
    const isOneLine =
      node.type === Scalar.PLAIN
      || node.type === Scalar.QUOTE_SINGLE
      || node.type === Scalar.QUOTE_DOUBLE;
    const quote = node.type === Scalar.PLAIN ? 0 : 1;
    const isExact =
      isOneLine && this.file.text.startsWith(String(node.value), start + quote);
    return this.at(isExact ? start + quote + index : start);
  }

  /** The lines of a text behind a `|` stand below it, each behind the same blanks. */
  private inBlock(node: Scalar, index: number): Place {
    const before = String(node.value).slice(0, index).split('\n');
    const { file, line } = this.at(node.range![0]);
    const text = this.lineAt(line + before.length);
    const indentation = /^ */.exec(this.lineAt(line + 1))![0].length;
    const column = before[before.length - 1].length + indentation + 1;
    return { file, line: line + before.length, column: Math.min(column, text.length + 1) };
  }

  private lineAt(line: number): string {
    const { text, lines } = this.file;
    const [start, end] = lines.lineStarts.slice(line - 1, line + 1);
    return text.slice(start ?? text.length, end === undefined ? undefined : end - 1);
  }

  private at(offset: number): Place {
    const { line, col } = this.file.lines.linePos(offset);
    return { file: this.file.name, line, column: col };
  }

  private nodeAt(pointer: string): Node {
    const keys = pointer
      .split('/')
      .slice(1)
      .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
    let node = this.root;
    for (const key of keys) {
      if (!isMap(node) && !isSeq(node)) return node;
      const child: unknown = node.get(isSeq(node) ? Number(key) : key, true);
      if (!isMap(child) && !isSeq(child) && !isScalar(child)) return node;
      node = child as Node;
    }
    return node;
  }
}

/** What stands where Kubernetes has a text; an empty one is none. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** YAML 1.1 without times, and with octal numbers of 1.2: `yes` and `on` are true, `0644` and `0o644` are 420. */
const AS_KUBERNETES: SchemaOptions = {
  schema: 'yaml-1.1',
  customTags: tags => [
    ...tags.filter(tag => typeof tag === 'string' || (tag.format !== 'TIME' && !tag.tag.endsWith(':timestamp'))),
    'intOct',
  ],
};

/**
 * The objects of a file of YAML or JSON.
 *
 * @throws UnreadableManifest if it is neither
 */
export function manifestsOf(name: string, text: string): Manifest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { ...AS_KUBERNETES, lineCounter: lines, uniqueKeys: false });
  if (!Array.isArray(documents)) return [];
  const file = { name, text, lines };
  return documents.flatMap(document => manifestsIn(document as Document, file));
}

function manifestsIn(document: Document, file: SourceFile): Manifest[] {
  const root = document.contents;
  const [error = templateIn(document) ?? wrongAliasIn(document)] = document.errors;
  if (error) throw unreadable(file, error.message, error.pos[0]);
  if (!isMap(root)) return [];
  try {
    return new Manifest(file, document, root).flat();
  } catch (thrown) {
    throw unreadable(file, (thrown as Error).message, root.range![0]);
  }
}

function unreadable(
  { name, text, lines }: SourceFile,
  message: string,
  at: number,
): UnreadableManifest {
  const { line, col } = lines.linePos(at);
  const place = { file: name, line, column: col };
  const reason = `cannot be read as YAML: ${message.split('\n')[0]}${hint(text)}`;
  return new UnreadableManifest(place, reason);
}

/** What is wrong in a document, and from where to where. */
interface Mistake {
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** `name: {{ .Values.name }}` is YAML, too: a map in a map, which is the name of a key. */
function templateIn(document: Document): Mistake | undefined {
  let pos: [number, number] | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isMap(key)) return undefined;
      pos = [key.range![0], key.range![1]];
      return visit.BREAK;
    },
  });
  return pos && { message: 'a map cannot be a key', pos };
}

/** `*name` stands for what has `&name` before it, and may not be a part of it. */
function wrongAliasIn(document: Document): Mistake | undefined {
  const anchors = new Map<string, Node>();
  let mistake: Mistake | undefined;
  visit(document, {
    Value: (_, node) => {
      if (node.anchor) anchors.set(node.anchor, node);
    },
    Alias: (_, { source, range }, around) => {
      const target = anchors.get(source);
      if (target && !around.includes(target)) return undefined;
      const message = target
        ? `*${source} is a part of what it stands for`
        : `nothing before *${source} is called &${source}`;
      mistake = { message, pos: [range![0], range![1]] };
      return visit.BREAK;
    },
  });
  return mistake;
}

function hint(text: string): string {
  return text.includes('{{')
    ? '\nIt looks like a template of Helm: helm template CHART | npx cdk8s-init-containers check -'
    : '';
}
