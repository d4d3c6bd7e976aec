import { mkdtempSync, readdirSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'cdk8s';

const folder = join(__dirname, '../../examples');

/** The app of every example, by its name. */
export function exampleApps(): Map<string, App> {
  process.env.CDK8S_OUTDIR = mkdtempSync(join(tmpdir(), 'cdk8s.outdir.'));
  const apps = new Map<string, App>();
  for (const file of readdirSync(folder).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'synth.ts')) {
    const synth = jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) { apps.set(file.replace('.ts', ''), this); });
    jest.requireActual(join(folder, file));
    synth.mockRestore();
  }
  return apps;
}
