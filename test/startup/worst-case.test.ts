import { Duration, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, said, serve, wait, type Served } from './app';
import {
  Endpoint, FindingSeverity, InitDefaults, InitStep, PrepareVolume, StartupGraph, WaitForService,
} from '../../src';

const minutes = (count: number) => Duration.minutes(count);

/** Has each of several workloads wait for the one before it, the first for a name from outside. */
function chain(chart: Chart, names: string[], timeout?: Duration): Served[] {
  const all = names.map(name => serve(chart, name));
  all.forEach(({ deployment }, index) => new WaitForService(deployment, 'wait', {
    endpoints: [index === 0 ? Endpoint.tcp('disk.example.com', 80) : Endpoint.service(all[index - 1].service)],
    timeout,
  }));
  return all;
}

test('an app with nothing but default timeouts has no warning, however long its chain of waits is', () => {
  const chart = chartIn('shop');
  chain(chart, ['db', 'api', 'web']);

  expect(said(chart)).toEqual([]);
});

test('a timeout that somebody wrote counts, also where it is as long as the default one', () => {
  const late = 'warning [shop/web] may take 11 min in its steps (wait 11 min), '
    + "but after its progressDeadlineSeconds of 600 'kubectl rollout status' reports a failure; "
    + 'set progressDeadlineSeconds to more than 660, or shorten the timeouts';
  const written = chartIn('shop');
  chain(written, ['web'], minutes(11));
  const asDefault = chartIn('shop');
  InitDefaults.set(asDefault, { timeout: minutes(11) });
  chain(asDefault, ['web']);
  const passedOn = chartIn('shop');
  chain(passedOn, ['web'], InitDefaults.of(passedOn).timeout);

  expect([written, asDefault, passedOn].map(said)).toEqual([[late], [late], []]);
});

test('workloads that give each other the same time are as late as one of them, because all pods start together', () => {
  const chart = chartIn('shop');
  chain(chart, ['a', 'b', 'c', 'd', 'e', 'f'], minutes(2));

  expect(said(chart)).toEqual([]);
  expect(StartupGraph.of(chart).toText()).toMatch(/^level 6\n {2}shop\/f {2}at most 2 min, after shop\/e$/m);
});

test('the steps of one pod come one after the other, and no sooner than what they wait for', () => {
  const chart = chartIn('shop');
  const [db, api] = chain(chart, ['db', 'api'], minutes(3));
  new InitStep(db.deployment, 'repair', { command: ['repair'], timeout: minutes(4) });
  new InitStep(api.deployment, 'migrate', { command: ['migrate'], timeout: minutes(5) });

  expect(StartupGraph.of(chart).toText()).toBe([
    'level 1', '  shop/db   at most 7 min, after disk.example.com (outside)',
    'level 2', '  shop/api  at most 12 min, after shop/db', '',
  ].join('\n'));
});

/** What is said of a wait that ends before what it waits for has started. */
function tooShort(waiting: string, awaited: string): string {
  return `warning [shop/${waiting}] waits at most 2 min in step 'wait' for tcp://${awaited}:80, `
    + `but shop/${awaited} may take 6 min to start, `
    + 'and a step that gives up starts again with a delay of up to 5 min; give it a timeout of at least 6 min';
}

test('who follows the advice to wait longer gets no more of it', () => {
  const chart = chartIn('shop');
  const first = chain(chart, ['db', 'api', 'web'], minutes(2));
  new InitStep(first[0].deployment, 'repair', { command: ['repair'], timeout: minutes(4) });
  expect(said(chart)).toEqual([tooShort('api', 'db'), tooShort('web', 'api')]);

  const mended = chartIn('shop');
  const [db] = chain(mended, ['db', 'api', 'web'], minutes(6));
  new InitStep(db.deployment, 'repair', { command: ['repair'] });
  expect(said(mended)).toEqual([]);
});

test('a default timeout of what is waited for says nothing about how long that takes', () => {
  const chart = chartIn('shop');
  const [db] = chain(chart, ['db', 'api'], minutes(5));
  const volume = kplus.Volume.fromEmptyDir(db.deployment, 'volume', 'data');
  new PrepareVolume(db.deployment, 'prepare', { volume, mode: 0o755 });
  new WaitForService(db.deployment, 'wait-more', { endpoints: [Endpoint.tcp('disk.example.com', 81)] });

  expect(said(chart)).toEqual([]);
});

test('a timeout of InitDefaults is one that somebody wrote', () => {
  const chart = chartIn('shop');
  InitDefaults.set(chart, { timeout: minutes(20) });
  new WaitForService(serve(chart, 'web').deployment, 'wait', { endpoints: [Endpoint.tcp('db', 80)] });

  expect(said(chart)).toEqual([
    'warning [shop/web] may take 20 min in its steps (wait 20 min), but after its progressDeadlineSeconds of 600 '
      + "'kubectl rollout status' reports a failure; "
      + 'set progressDeadlineSeconds to more than 1200, or shorten the timeouts',
  ]);
});

test('a note names the longest chain of waits, and how long it may take, which is no finding', () => {
  const chart = chartIn('shop');
  const [web, api, db, cache] = ['web', 'api', 'db', 'cache'].map(name => serve(chart, name));
  wait(web.deployment, 'all', Endpoint.service(cache.service), Endpoint.service(api.service));
  wait(api.deployment, 'stores', Endpoint.service(db.service), Endpoint.service(cache.service));
  new InitStep(api.deployment, 'migrate', { image: 'migrate:1.0', command: ['migrate'] });
  const graph = StartupGraph.of(chart);

  expect(graph.notes()).toEqual([{
    severity: FindingSeverity.INFO,
    path: 'shop/web',
    message: 'starts last: shop/web -> shop/api -> shop/db, '
      + 'at worst after 2 min and what steps without a timeout take',
    remedy: 'if that is too long, shorten the timeouts, or let apps that can connect later start without waiting',
  }]);
  expect(graph.findings()).toEqual([]);
});

test('an app in which nobody waits for anybody has no notes', () => {
  const chart = chartIn('shop');
  wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 80));

  expect(StartupGraph.of(chart).notes()).toEqual([]);
});
