import { App } from 'cdk8s';
import { StartupGraph } from 'cdk8s-init-containers';
import { foundIn, pictureOf } from './check';
import { load } from './load';
import type { Found, Mistake, Report } from './report';
import { transpile } from './transpile';
import { written } from '../node/fs';
import { printed } from '../node/globals';
import { warningLine } from '../../../src/private/startup/finding';

/** The apps that the program synthesizes, also those that are refused. */
const apps: App[] = [];
const { synth } = App.prototype;
App.prototype.synth = function () {
  apps.push(this);
  synth.call(this);
};

const NO_SYNTH: Mistake = { message: 'The program made no YAML: it never called app.synth()' };

/** Runs a program and tells what it makes. An engine runs one only: nothing of a program is left for the next. */
export async function run(program: string): Promise<Report> {
  const script = transpile(program);
  if (typeof script !== 'string') return { mistake: script, findings: [] };
  const failure = attempt(script);
  // A program may go on behind an await.
  await new Promise(resolve => setTimeout(resolve));
  const mistake = failure ?? (apps.length === 0 ? NO_SYNTH : undefined);
  const yaml = yamlOf(written);
  const ofStart = apps.flatMap(app => findingsOf(StartupGraph.of(app)));
  return {
    mistake,
    findings: [...ofStart, ...yaml ? foundIn(yaml) : []],
    yaml,
    printed: withoutFindings(printed.join(''), ofStart),
    ...apps.length > 0 ? pictureOf(StartupGraph.of(apps[apps.length - 1])) : {},
  };
}

function attempt(script: string): Mistake | undefined {
  try {
    load(script);
    return undefined;
  } catch (error) {
    const { message, line } = error as Error & Mistake;
    return { message, line };
  }
}

function findingsOf(graph: StartupGraph): Found[] {
  return [...graph.findings(), ...graph.notes()];
}

/** One file as it is; several below their names. */
function yamlOf(files: ReadonlyMap<string, string>): string | undefined {
  const texts = [...files.values()];
  if (texts.length < 2) return texts[0];
  return [...files].map(([path, text]) => `# ${path}\n${text}`).join('---\n');
}

/** The synthesis prints warnings, which are among the findings. */
function withoutFindings(text: string, findings: readonly Found[]): string {
  return findings.reduce(
    (rest, { path, message, remedy = '' }) => rest.replace(`${warningLine({ path, message, remedy })}\n`, ''),
    text,
  );
}
