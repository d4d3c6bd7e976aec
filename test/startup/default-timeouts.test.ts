import { Duration, type Chart } from 'cdk8s';
import { chartIn, serve } from './app';
import { Endpoint, FindingSeverity, InitDefaults, StartupGraph, WaitForService } from '../../src';

const warnings = (chart: Chart) => StartupGraph.of(chart).findings()
  .filter(({ severity }) => severity === FindingSeverity.WARNING)
  .map(({ path, message, remedy }) => `[${path}] ${message}; ${remedy}`);

test('an app with nothing but default timeouts has no warning, however long its chain of waits is', () => {
  const chart = chartIn('shop');
  const [db, api, web] = ['db', 'api', 'web'].map(name => serve(chart, name));
  new WaitForService(db.deployment, 'wait', { endpoints: [Endpoint.tcp('disk.example.com', 80)] });
  new WaitForService(api.deployment, 'wait', { endpoints: [Endpoint.service(db.service)] });
  new WaitForService(web.deployment, 'wait', { endpoints: [Endpoint.service(api.service)] });

  expect(warnings(chart)).toEqual([]);
});

test('a timeout of InitDefaults is one that somebody wrote', () => {
  const chart = chartIn('shop');
  InitDefaults.set(chart, { timeout: Duration.minutes(20) });
  new WaitForService(serve(chart, 'web').deployment, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });

  expect(warnings(chart)).toEqual([
    '[shop/web] may take 20 min in its steps (wait 20 min), but after its progressDeadlineSeconds of 600 '
      + "'kubectl rollout status' reports a failure; "
      + 'set progressDeadlineSeconds to more than 1200, or shorten the timeouts',
  ]);
});
