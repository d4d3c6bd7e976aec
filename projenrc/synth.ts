/**
 * Runs every example and prints, for each workload, its steps in run order and where the YAML is;
 * then what is to be known of its start.
 *
 * usage: synth.ts [FOLDER], by default manifests
 */
import { mkdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { StartupGraph } from '../src';
import { exampleNames, exampleProgram } from '../test/examples';
import { podSpecIn } from '../test/pod-spec';

const folder = process.argv[2] ?? 'manifests';
const withPicture = ['three-tier-shop'];

/** The apps that are synthesized while an example runs. */
const apps: App[] = [];
const { synth } = App.prototype;
App.prototype.synth = function () {
  synth.call(this);
  apps.push(this);
};

function printSteps(output: string): void {
  for (const document of parseAllDocuments(readFileSync(output, 'utf8'))) {
    const manifest = document.toJS();
    const pod = podSpecIn(manifest);
    if (!pod) continue;
    const steps = pod.initContainers?.map(({ name }: { name: string }) => name) ?? ['no steps'];
    console.log(`  ${manifest.kind} ${manifest.metadata.name}: ${steps.join(' -> ')}`);
  }
}

function printStart(example: string, app: App): void {
  const graph = StartupGraph.of(app);
  for (const { severity, path, message, remedy } of graph.findings()) {
    console.log(`  ${severity}: [${path}] ${message}; ${remedy}`);
  }
  if (withPicture.includes(example)) console.log(`\n${graph.toMermaid()}\n${graph.toText()}`);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  process.env.CDK8S_OUTDIR = folder;
  for (const example of exampleNames) {
    const output = join(folder, `${example}.k8s.yaml`);
    await import(exampleProgram(example));
    console.log(`${example} -> ${output}`);
    printSteps(output);
    for (const app of apps.splice(0)) printStart(example, app);
  }
}

void main();
