import { ApiObject, Duration, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { chartIn, serve, serviceOf, wait } from './app';
import { DownloadConfig, Endpoint, FileSource, GenerateConfig, InitStep, StartupGraph } from '../../src';

/** A web shop over two charts, with all that a picture can show. */
function shop() {
  const app = Testing.app();
  const [front, data] = ['shop', 'data'].map(each => chartIn(each, app));
  const web = serve(front, 'web').deployment;
  const [blue, green] = ['blue', 'green'].map(id => serve(front, id, { podMetadata: { labels: { app: 'api' } } }));
  const db = serve(data, 'db');
  new ApiObject(front, 'service', serviceOf('api', { selector: { app: 'api' }, ports: [{ port: 80 }, { port: 443 }] }));
  wait(web, 'api', Endpoint.http('https://api/ready'), Endpoint.tcp('api', 443), Endpoint.dns('api'));
  wait(web, 'cloud', Endpoint.tcp('queue.example.com', 5671), Endpoint.tcp('cache', 6379));
  for (const { deployment } of [blue, green]) {
    wait(deployment, 'db', Endpoint.service(db.service), Endpoint.tcp('cache', 6379));
  }
  new InitStep(green.deployment, 'migrate', { image: 'migrate:1.0' });
  return { app, front, data, web };
}

test('the Mermaid of a startup groups by chart, labels arrows with port and timeout, and marks outside names', () => {
  expect(StartupGraph.of(shop().app).toMermaid()).toBe(`flowchart LR
  subgraph c1["shop"]
    w1["web<br>Deployment"]
    w2["blue<br>Deployment"]
    w3["green<br>Deployment"]
  end
  subgraph c2["data"]
    w4["db<br>Deployment"]
  end
  o1(["queue.example.com"]):::outside
  o2(["cache"]):::outside
  w1 -->|"443, 2 min"| w2
  w1 -->|"443, 2 min"| w3
  w1 -.->|"name, 2 min"| w2
  w1 -.->|"name, 2 min"| w3
  w1 -->|"5671, 2 min"| o1
  w1 -->|"6379, 2 min"| o2
  w2 -->|"80, 2 min"| w4
  w2 -->|"6379, 2 min"| o2
  w3 -->|"80, 2 min"| w4
  w3 -->|"6379, 2 min"| o2
  classDef outside stroke-dasharray: 4 4
`);
});

test('the DOT of a startup shows what its Mermaid shows', () => {
  expect(StartupGraph.of(shop().app).toDot()).toBe(`digraph startup {
  rankdir=LR
  node [shape=box]
  subgraph cluster_1 {
    label="shop"
    w1 [label="web\\nDeployment"]
    w2 [label="blue\\nDeployment"]
    w3 [label="green\\nDeployment"]
  }
  subgraph cluster_2 {
    label="data"
    w4 [label="db\\nDeployment"]
  }
  o1 [label="queue.example.com", shape=ellipse, style=dashed]
  o2 [label="cache", shape=ellipse, style=dashed]
  w1 -> w2 [label="443, 2 min"]
  w1 -> w3 [label="443, 2 min"]
  w1 -> w2 [label="name, 2 min", style=dashed]
  w1 -> w3 [label="name, 2 min", style=dashed]
  w1 -> o1 [label="5671, 2 min"]
  w1 -> o2 [label="6379, 2 min"]
  w2 -> w4 [label="80, 2 min"]
  w2 -> o2 [label="6379, 2 min"]
  w3 -> w4 [label="80, 2 min"]
  w3 -> o2 [label="6379, 2 min"]
}
`);
});

test('the text of a startup has the order in which workloads can start, level by level', () => {
  expect(StartupGraph.of(shop().app).toText()).toBe(`level 1
  data/db     at once
level 2
  shop/blue   at most 2 min, after data/db and cache (outside)
  shop/green  at most 2 min and what steps without a timeout take, after data/db and cache (outside)
level 3
  shop/web    at most 4 min, after shop/blue or shop/green, queue.example.com (outside) and cache (outside)
`);
});

test('the graph of a scope shows its own workloads and what they wait for', () => {
  const { front, data, web } = shop();
  const shown = (scope: Construct) =>
    [...StartupGraph.of(scope).toMermaid().matchAll(/"(\w+)<br>/g)].map(match => match[1]);

  expect(shown(front)).toEqual(['web', 'blue', 'green', 'db']);
  expect(shown(data)).toEqual(['db']);
  expect([web, InitStep.of(web)[0]].map(shown)).toEqual([['web', 'blue', 'green'], ['web', 'blue', 'green']]);
  expect(StartupGraph.of(web).toText()).toMatch(/^level 3\n {2}shop\/web /);
});

test('a graph shows the app as it was when it was made', () => {
  const { app, web } = shop();
  const graph = StartupGraph.of(app);
  const [mermaid, dot, text] = [graph.toMermaid(), graph.toDot(), graph.toText()];
  wait(web, 'later', Endpoint.tcp('later', 80));
  serve(chartIn('later', app), 'later');

  expect([graph.toMermaid(), graph.toDot(), graph.toText()]).toEqual([mermaid, dot, text]);
  expect(StartupGraph.of(app).toText()).toContain('  later/later  ');
});

test('in the text of a startup every kind of step counts with the most that it may take', () => {
  const { deployment } = serve(chartIn('shop'), 'web');
  new GenerateConfig(deployment, 'generate', { template: FileSource.inline('x') });
  new DownloadConfig(deployment, 'download', {
    url: 'http://config/app.json',
    timeout: Duration.minutes(4),
  });
  new InitStep(deployment, 'migrate', {
    command: ['migrate'],
    timeout: Duration.minutes(3),
  });
  wait(deployment, 'db', Endpoint.tcp('db', 5432));

  expect(StartupGraph.of(deployment).toText()).toBe('level 1\n  shop/web  at most 9 min, after db (outside)\n');
});

test('workloads that never start come last in the text of a startup', () => {
  const chart = chartIn('shop');
  const [web, api, db] = ['web', 'api', 'db'].map(name => serve(chart, name));
  wait(web.deployment, 'api', Endpoint.service(api.service));
  wait(api.deployment, 'web', Endpoint.service(web.service), Endpoint.service(db.service));

  expect(StartupGraph.of(chart).toText()).toBe(`level 1
  shop/db   at once
never
  shop/web  after shop/api
  shop/api  after shop/web and shop/db
`);
});

test('names from outside are one node of the picture if they mean the same', () => {
  const app = Testing.app();
  const [one, other] = ['one', 'other'].map(each => serve(chartIn(each, app), 'web').deployment);
  const names: [string, number][] = [['db', 1], ['db.data', 1], ['DB', 2], ['10.0.0.1', 1]];
  const endpoints = names.map(([host, port]) => Endpoint.tcp(host, port));
  for (const web of [one, other]) wait(web, 'all', ...endpoints);

  const outside = [...StartupGraph.of(app).toMermaid().matchAll(/(o\d)\(\["(.*)"\]\)/g)].map(match => match.slice(1));
  expect(outside).toEqual([['o1', 'db'], ['o2', 'db.data'], ['o3', '10.0.0.1'], ['o4', 'db']]);
});

test('an app without workloads is an empty picture', () => {
  const graph = StartupGraph.of(Testing.app());

  expect([graph.toMermaid(), graph.toDot(), graph.toText(), graph.findings()])
    .toEqual(['flowchart LR\n', 'digraph startup {\n  rankdir=LR\n  node [shape=box]\n}\n', '', []]);
});

test.each([
  [1, '1 s'], [60, '1 min'], [90, '1 min 30 s'], [3600, '1 h'], [3661, '1 h 1 min 1 s'], [86400, '24 h'],
])('the text of a startup writes %d seconds as %s', (seconds, words) => {
  const { deployment } = serve(chartIn('shop'), 'web');
  new InitStep(deployment, 'step', {
    command: ['true'],
    timeout: Duration.seconds(seconds),
  });

  expect(StartupGraph.of(deployment).toText()).toBe(`level 1\n  shop/web  at most ${words}\n`);
});
