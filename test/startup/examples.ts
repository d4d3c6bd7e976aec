import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'cdk8s';
import { exampleNames, exampleProgram } from '../examples';

/** The app of every example, by its name. */
export function exampleApps(): Map<string, App> {
  process.env.CDK8S_OUTDIR = mkdtempSync(join(tmpdir(), 'cdk8s.outdir.'));
  return new Map(exampleNames.map(name => [name, appOf(exampleProgram(name))]));
}

/** The app that a program would synthesize. */
function appOf(program: string): App {
  let app: App | undefined;
  const synth = jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) { app = this; });
  jest.requireActual(program);
  synth.mockRestore();
  return app!;
}
