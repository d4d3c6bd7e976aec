import { isAbsolute, sep } from 'path';
import { pathToFileURL } from 'url';
import type { PlacedFinding, Severity } from '../finding';
import { printable } from '../printable';
import { RULES } from '../rules';
import type { Terminal } from '../terminal';

/** How findings are printed. */
export type Format = (
  findings: readonly PlacedFinding[],
  colors: Terminal['colors'],
) => string;

export const FORMATS: { readonly [name: string]: Format } = { text, json, sarif };

/** What the command line calls a severity. */
const WORDS = {
  error: 'error',
  warning: 'warning',
  info: 'note',
} as const satisfies Record<Severity, string>;

/** Between the lines of a message. */
const LINE = '\n    ';

function text(findings: readonly PlacedFinding[], colors: Terminal['colors']): string {
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan };
  return findings
    .map(({ severity, rule, path, message, remedy, place: { file, line, column } }) =>
      [
        `${colors.bold(printable(`${file}:${line}:${column}`))} ${paint[severity](WORDS[severity])} ${rule}`,
        `  ${printable(path)} ${message.split(LINE).map(printable).join(LINE)}`,
        `  ${colors.dim('→')} ${printable(remedy)}`,
        '',
      ].join('\n'),
    )
    .join('\n');
}

function json(findings: readonly PlacedFinding[]): string {
  return `${JSON.stringify(findings, undefined, 2)}\n`;
}

/** A path as SARIF wants it: a URI, relative to where the command runs unless the path is absolute. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(sep).map(encodeURIComponent).join('/');
}

/** What GitHub's code scanning reads, and many others. */
function sarif(findings: readonly PlacedFinding[]): string {
  const rules = RULES.map(({ name, reason, severity }) => ({
    id: name,
    shortDescription: { text: name.replace(/-/g, ' ') },
    fullDescription: { text: reason },
    defaultConfiguration: { level: WORDS[severity] },
  }));
  const results = findings.map(
    ({ rule, severity, path, message, remedy, place: { file, line, column } }) => ({
      ruleId: rule,
      ruleIndex: RULES.findIndex(({ name }) => name === rule),
      level: WORDS[severity],
      message: { text: `${path} ${message}\n${remedy}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file) },
            region: { startLine: line, startColumn: column },
          },
          logicalLocations: [{ fullyQualifiedName: path }],
        },
      ],
    }),
  );
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'cdk8s-init-containers', rules } }, results }],
    },
    undefined,
    2,
  )}\n`;
}
