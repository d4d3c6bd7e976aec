import { Chart, Duration, Testing } from 'cdk8s';
import { chartIn, serve } from './app';
import { Endpoint, InitStep, StartupGraph, type InitStepProps } from '../../src';

const command = ['sh', '-c', 'until pg_isready; do sleep 1; done'];

/** `shop/web`, one step of which waits for `shop/db` with a program of its own. */
function shop(props: Partial<InitStepProps> = {}): Chart {
  const chart = chartIn('shop');
  const { service } = serve(chart, 'db');
  const { deployment } = serve(chart, 'web');
  new InitStep(deployment, 'wait', { command, waitsFor: [Endpoint.service(service)], ...props });
  return chart;
}

test('a program of one\'s own that waits is in the order of the start-up', () => {
  expect(StartupGraph.of(shop()).toText()).toBe([
    'level 1',
    '  shop/db   at once',
    'level 2',
    '  shop/web  no time limit, after shop/db',
    '',
  ].join('\n'));
});

test.each<[string, Partial<InitStepProps>, string]>([
  ['nobody limits has no time limit', {}, 'no time limit'],
  ['the library limits has that limit', { timeout: Duration.minutes(3) }, '3 min'],
  ['limits itself has the limit that it tells', { endsWithin: Duration.minutes(4) }, '4 min'],
])('a wait that %s in the picture', (_, props, limit) => {
  expect(StartupGraph.of(shop(props)).toMermaid()).toContain(`80, ${limit}`);
});

test('a limit that a program keeps by itself counts in the worst case', () => {
  expect(StartupGraph.of(shop({ endsWithin: Duration.minutes(4) })).toText())
    .toContain('shop/web  at most 4 min, after shop/db');
});

test('a circle of programs of one\'s own is refused', () => {
  const chart = chartIn('shop');
  const [one, two] = ['one', 'two'].map(name => serve(chart, name));
  new InitStep(one.deployment, 'wait', { command, waitsFor: [Endpoint.service(two.service)] });
  new InitStep(two.deployment, 'wait', { command, waitsFor: [Endpoint.service(one.service)] });

  expect(() => Testing.synth(chart)).toThrow("shop/one waits for shop/two in step 'wait' (tcp://two:80)");
});
