/**
 * Runs every example and prints, for each workload, its steps in run order and where the YAML is.
 *
 * usage: synth.ts [FOLDER], by default manifests
 */
import { mkdirSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

const folder = process.argv[2] ?? 'manifests';
const notExamples = ['synth.ts', 'restricted.ts'];

interface Container { readonly name: string }

/** The pod spec in a manifest, wherever its kind has it. */
function podSpec(manifest: any): { initContainers?: Container[] } | undefined {
  const spec = manifest.kind === 'CronJob' ? manifest.spec.jobTemplate.spec : manifest.spec;
  return manifest.kind === 'Pod' ? spec : spec?.template?.spec;
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
  }
}

void main();
