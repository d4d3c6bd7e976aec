import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { NO_WORKLOAD } from './refusals';

const folder = mkdtempSync(join(tmpdir(), 'minified-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LABEL = 'must be a DNS label (lower-case letters, digits and "-", at most 63 characters)';

test('errors in a minified program name classes of libraries, and what classes of the user are made of', () => {
  const outfile = join(folder, 'program.js');
  buildSync({
    entryPoints: [join(__dirname, 'minified-program.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
  });

  expect(execFileSync('node', [outfile], { encoding: 'utf8' }).trim().split('\n')).toEqual([
    `InitStep: 'id' ${LABEL}, got "Step"; did you mean step? [shop/web/Step]`,
    `WaitForService: 'id' ${LABEL}, got "Wait"; did you mean wait? [shop/web/Wait]`,
    `WaitForService: 'id' ${LABEL}, got "CompanyWait"; did you mean company-wait? [shop/web/CompanyWait]`,
    `InitStep: 'id' ${LABEL}, got "CompanyStep"; did you mean company-step? [shop/web/CompanyStep]`,
    `InitStep: ${NO_WORKLOAD}, got Chart 'shop'; name a workload below it: shop/web [shop/step]`,
    "InitStep: 'runAs' must be a RunAs, got an object of class Endpoint; "
      + 'write RunAs.user(1000, 1000) or RunAs.inherited() [shop/web/step]',
    "Endpoint: 'service' must be a Service, got Deployment 'shop/web'; "
      + 'give it the Service of these pods, as exposeViaService() makes one [shop/web]',
  ]);
});
