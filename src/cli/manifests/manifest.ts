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
} from 'yaml';
import type { Place } from '../finding';
import { WrongUse } from '../terminal';

/** A file with manifests, or the standard input. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly lines: LineCounter;
}

/** One object of Kubernetes, and where its parts are written. */
export class Manifest {
  readonly object: any;

  constructor(
    private readonly file: SourceFile,
    private readonly document: Document,
    private readonly root: Node,
  ) {
    this.object = root.toJS(document);
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
    const text =
      this.file.text.split('\n', line + before.length)[line + before.length - 1] ?? '';
    const indentation = /^ */.exec(this.file.text.split('\n')[line] ?? '')![0].length;
    const column = before[before.length - 1].length + indentation + 1;
    return { file, line: line + before.length, column: Math.min(column, text.length + 1) };
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

/**
 * The objects of a file of YAML or JSON.
 *
 * @throws WrongUse if it is neither
 */
export function manifestsOf(name: string, text: string): Manifest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    merge: true,
    uniqueKeys: false,
  });
  if (!Array.isArray(documents)) return [];
  const file = { name, text, lines };
  return documents.flatMap(document => {
    const [error = templateIn(document as Document)] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new WrongUse(
        `${name}:${line}:${col}: cannot be read as YAML: ${error.message.split('\n')[0]}${hint(text)}`,
      );
    }
    return isMap(document.contents)
      ? new Manifest(file, document as Document, document.contents).flat()
      : [];
  });
}

/** `name: {{ .Values.name }}` is YAML, too: a map in a map, which is the name of a key. */
function templateIn(
  document: Document,
): { message: string; pos: [number, number] } | undefined {
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

function hint(text: string): string {
  return text.includes('{{')
    ? '\nIt looks like a template of Helm: helm template CHART | npx cdk8s-init-containers check -'
    : '';
}
