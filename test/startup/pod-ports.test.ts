import { Testing, type Chart } from 'cdk8s';
import { chartIn, ELSEWHERE, said, serviceIn, webThatWaits, workloadIn } from './app';
import { Endpoint, StartupGraph } from '../../src';

/** Ports that the one container of a workload declares. */
const declaring = (...numbers: number[]) => ({
  podSpec: {
    containers: [{ name: 'app', image: 'db', ports: numbers.map(containerPort => ({ name: 'sql', containerPort })) }],
  },
});

/** A chart in which `web` waits for a StatefulSet `db` behind a Service of port 80. */
function waitingFor(
  endpoint: Endpoint, targetPort: number | string | undefined, numbers: number[], clusterIP?: string,
): Chart {
  const chart = chartIn('shop');
  const { podSpec } = declaring(...numbers);
  workloadIn(chart, 'StatefulSet', 'db', { spec: { serviceName: 'db', replicas: 1 }, podSpec });
  serviceIn(chart, 'db', { app: 'db' }, { clusterIP, ports: [{ port: 80, targetPort }] });
  webThatWaits(chart, endpoint);
  return chart;
}

const untranslated = (url: string, targetPort: number | string) =>
  `[shop/web] waits in step 'wait' for ${url}, but Service shop/db-service is headless and translates no ports: `
  + `its pods answer on ${targetPort}, its targetPort; `
  + `use Endpoint.service, or wait for the port of the pods, ${ELSEWHERE}`;

test.each<[string, Endpoint, number | string, number[], string]>([
  ['tcp://db:80', Endpoint.tcp('db', 80), 8080, [8080], 'error'],
  ['http://db/', Endpoint.http('http://db/'), 8080, [8080, 9090], 'error'],
  ['tcp://db-0.db:80', Endpoint.tcp('db-0.db', 80), 8080, [8080], 'error'],
  ['tcp://db:80', Endpoint.tcp('db', 80), 'sql', [8080], 'error'],
  ['tcp://db:80', Endpoint.tcp('db', 80), 8080, [], 'warning'],
])('the graph tells of a wait for %s that a headless Service does not translate', (...given) => {
  const [url, endpoint, target, ports, how] = given;
  const chart = waitingFor(endpoint, target, ports, 'None');

  expect(said(chart)).toEqual([`${how} ${untranslated(url, target)}`]);
  const synthesis = expect(() => Testing.synth(chart));
  (how === 'error' ? synthesis : synthesis.not).toThrow();
});

test.each<[string, Endpoint, number | string | undefined, number[], string | undefined]>([
  ['a Service that translates', Endpoint.tcp('db', 80), 8080, [8080], undefined],
  ['a headless Service with the port of its pods', Endpoint.tcp('db', 80), undefined, [8080], 'None'],
  ['the port of the pods', Endpoint.tcp('db', 8080), 8080, [8080], 'None'],
  ['a port that a container has beside it', Endpoint.tcp('db', 80), 8080, [8080, 80], 'None'],
  ['a named port of the same number', Endpoint.tcp('db', 80), 'sql', [80], 'None'],
  ['the name alone', Endpoint.dns('db'), 8080, [8080], 'None'],
  ['what others answer', Endpoint.tcp('db', 80).answeredByOthers(), 8080, [8080], 'None'],
])('nothing is said of a wait for %s', (_, endpoint, target, ports, clusterIP) => {
  expect(said(waitingFor(endpoint, target, ports, clusterIP))).toEqual([]);
});

test('a Service that is given itself leads to the port of its pods', () => {
  const chart = chartIn('shop');
  const service = serviceIn(chart, 'db', { app: 'db' }, { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] });
  workloadIn(chart, 'StatefulSet', 'db', declaring(8080));
  webThatWaits(chart, Endpoint.service(service));

  expect(said(chart)).toEqual([]);
});

test('a Service that leads to a port which no container declares is a note', () => {
  const notesOf = (targetPort: number | undefined, ports: number[], clusterIP?: string) =>
    StartupGraph.of(waitingFor(Endpoint.tcp('db', 80), targetPort, ports, clusterIP)).notes()
      .map(({ severity, path, message, remedy }) => `${severity} [${path}] ${message}; ${remedy}`)
      .filter(text => !text.includes('starts last'));

  expect(notesOf(8081, [8080, 8080])).toEqual([
    'info [shop/web/wait] waits for tcp://db:80, which leads to port 8081 of shop/db, '
    + 'where containers declare only 8080; '
    + 'if nothing listens on 8081, correct the targetPort of Service shop/db-service',
  ]);
  expect(notesOf(undefined, [8080])).toHaveLength(1);
  expect([notesOf(8081, []), notesOf(8080, [8080]), notesOf(8081, [8080], 'None')]).toEqual([[], [], []]);
});
