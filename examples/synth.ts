/**
 * Runs every example and prints, for each workload, its steps in run order and where the YAML is; then what is to be known of its start.
 *
 * usage: synth.ts [FOLDER], by default manifests
 */
import { mkdirSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'cdk8s';
import { StartupGraph } from 'cdk8s-init-containers';
import { parseAllDocuments } from 'yaml';

const folder = process.argv[2] ?? 'manifests';
const notExamples = ['synth.ts', 'restricted.ts'];
const withPicture = ['three-tier-shop'];

interface Container { readonly name: string }

/** The pod spec in a manifest, wherever its kind has it. */
function podSpec(manifest: any): { initContainers?: Container[] } | undefined {
  const spec = manifest.kind === 'CronJob' ? manifest.spec.jobTemplate.spec : manifest.spec;
  return manifest.kind === 'Pod' ? spec : spec?.template?.spec;
}

/** The apps that are synthesized while an example runs. */
const apps: App[] = [];
const { synth } = App.prototype;
App.prototype.synth = function () {
  synth.call(this);
  apps.push(this);
};

function printStart(example: string, app: App): void {
  const graph = StartupGraph.of(app);
  for (const { severity, path, message, remedy } of graph.findings()) console.log(`  ${severity}: [${path}] ${message}; ${remedy}`);
  if (withPicture.includes(example)) console.log(`\n${graph.toMermaid()}\n${graph.toText()}`);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  process.env.CDK8S_OUTDIR = folder;
  for (const file of readdirSync(__dirname).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts') && !notExamples.includes(name))) {
    const example = file.replace(/\.ts$/, '');
    const output = join(folder, `${example}.k8s.yaml`);
    await import(join(__dirname, file));
    console.log(`${example} -> ${output}`);
    for (const document of parseAllDocuments(readFileSync(output, 'utf8'))) {
      const manifest = document.toJS();
      const spec = podSpec(manifest);
      if (!spec) continue;
      const steps = spec.initContainers?.map(step => step.name).join(' -> ') ?? 'no steps';
      console.log(`  ${manifest.kind} ${manifest.metadata.name}: ${steps}`);
    }
    for (const app of apps.splice(0)) printStart(example, app);
  }
}

void main();
