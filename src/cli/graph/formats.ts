import type { ManifestGraph } from './graph';
import { inWords, type UnknownWait } from './unknown-wait';
import type { StartupEdge, StartupPosition } from '../../startup-graph';
import { FORMATS as FINDINGS } from '../check/formats';
import type { PlacedFinding } from '../finding';
import { printable } from '../printable';
import type { Terminal } from '../terminal';

/** How a graph is printed. */
export type Format = (graph: ManifestGraph, shown: readonly PlacedFinding[], colors: Terminal['colors']) => string;

export const FORMATS: { readonly [name: string]: Format } = {
  text: (graph, shown, colors) => [
    lineByLine(graph.graph.toText()),
    ...graph.unknown.length > 0 ? [graph.unknown.map(unknownLine).join('')] : [],
    ...shown.length > 0 ? [FINDINGS.text(shown, colors)] : [],
  ].join('\n'),
  json: ({ graph, findings, notes, unknown }) => `${JSON.stringify({
    order: graph.order().map(positionAsData), edges: graph.edges().map(edgeAsData), findings, notes, unknown,
  }, undefined, 2)}\n`,
  mermaid: ({ graph }) => lineByLine(graph.toMermaid()),
  dot: ({ graph }) => lineByLine(graph.toDot()),
};

function lineByLine(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function unknownLine(wait: UnknownWait): string {
  const { path, place: { file, line, column } } = wait;
  return `${printable(`${file}:${line}:${column} ${path} ${inWords(wait)}`)}\n`;
}

function positionAsData({ worstCase, ...position }: StartupPosition): object {
  return { ...position, worstCaseSeconds: worstCase?.toSeconds() };
}

function edgeAsData({ timeout, ...edge }: StartupEdge): object {
  return { ...edge, timeoutSeconds: timeout?.toSeconds() };
}
