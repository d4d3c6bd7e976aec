import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, refusal, serve, serviceOf, wait } from './app';
import { Endpoint, StartupGraph, WaitForService } from '../../src';

const escape = 'or write .answeredByOthers() behind the endpoint if something answers there that this program does not make';

/** A chart whose deployment `shop/web` waits for a Service with this selector, beside a `shop/db` with these labels. */
function selecting(selector: { [label: string]: string }, labels: { [label: string]: string }, endpoint = Endpoint.tcp('db', 80)): Chart {
  const chart = chartIn('shop');
  new ApiObject(chart, 'service', serviceOf('db', { selector, ports: [{ port: 80 }] }));
  new kplus.Deployment(chart, 'db', { containers: [{ image: 'postgres:17' }], podMetadata: { labels } });
  wait(serve(chart, 'web').deployment, 'db', endpoint);
  return chart;
}
function nearMiss(missing: string, meant: string): string {
  return '[shop/web] waits in step \'wait-for-db\' for tcp://db:80, but Service shop/service selects no pod of this app: '
    + `no pod has the label ${missing}. Did you mean ${meant}, which shop/db has?; correct the selector of the Service or the labels of the pods, ${escape}`;
}

/** What was written, and the whole of what the user reads. */
const refused: [string, () => Chart, string[]][] = [
  ['a workload that waits for itself', () => {
    const chart = chartIn();
    const web = serve(chart, 'web');
    wait(web.deployment, 'web', Endpoint.service(web.service));
    return chart;
  }, [
    '[shop/web] waits in step \'wait-for-web\' for tcp://web:80, a Service of its own pods, which are not ready before the step has ended; '
    + `remove the endpoint, ${escape}`,
  ]],
  ['a circle of two', () => {
    const chart = chartIn();
    const [web, api] = [serve(chart, 'web'), serve(chart, 'api')];
    wait(web.deployment, 'api', Endpoint.service(api.service, { httpPath: '/healthz' }));
    wait(api.deployment, 'web', Endpoint.tcp('web', 80));
    wait(serve(chart, 'shop').deployment, 'web', Endpoint.tcp('web', 80));
    return chart;
  }, [
    '[shop/web] can never start, because these 2 workloads wait for each other in a circle and none can be the first:\n'
    + '    shop/web waits for shop/api in step \'wait-for-api\' (http://api:80/healthz)\n'
    + '    shop/api waits for shop/web in step \'wait-for-web\' (tcp://web:80); '
    + `remove one of these endpoints, best from an app that can connect later, when the other one is up, ${escape}`,
  ]],
  ['a circle over three charts', () => {
    const app = Testing.app();
    const [shop, backend, data] = ['shop', 'backend', 'data'].map(each => chartIn(each, app));
    const [web, api, db] = [serve(shop, 'web'), serve(backend, 'api'), serve(data, 'db')];
    wait(web.deployment, 'api', Endpoint.service(api.service));
    wait(api.deployment, 'db', Endpoint.tcp('db.data.svc.cluster.local', 80));
    wait(db.deployment, 'web', Endpoint.http('http://web.shop/ready'));
    return data;
  }, [
    '[shop/web] can never start, because these 3 workloads wait for each other in a circle and none can be the first:\n'
    + '    shop/web waits for backend/api in step \'wait-for-api\' (tcp://api.backend:80)\n'
    + '    backend/api waits for data/db in step \'wait-for-db\' (tcp://db.data.svc.cluster.local:80)\n'
    + '    data/db waits for shop/web in step \'wait-for-web\' (http://web.shop/ready); '
    + `remove one of these endpoints, best from an app that can connect later, when the other one is up, ${escape}`,
  ]],
  ['a Service all of whose workloads wait in a circle', () => {
    const chart = chartIn();
    new ApiObject(chart, 'service', serviceOf('api', { selector: { app: 'api' }, ports: [{ port: 80 }] }));
    const [blue, green] = ['blue', 'green'].map(id => serve(chart, id, { podMetadata: { labels: { app: 'api' } } }).deployment);
    wait(blue, 'green', Endpoint.tcp('green', 80));
    wait(green, 'api', Endpoint.tcp('api', 80));
    return chart;
  }, [
    '[shop/blue] can never start, because these 2 workloads wait for each other in a circle and none can be the first:\n'
    + '    shop/blue waits for shop/green in step \'wait-for-green\' (tcp://green:80)\n'
    + '    shop/green waits for shop/blue or shop/green in step \'wait-for-api\' (tcp://api:80); '
    + `remove one of these endpoints, best from an app that can connect later, when the other one is up, ${escape}`,
  ]],
  ['a port that the Service lacks', () => {
    const chart = chartIn('shop');
    serve(chart, 'db');
    wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 8080));
    return chart;
  }, [
    '[shop/web] waits in step \'wait-for-db\' for tcp://db:8080, but Service shop/db/dbService has only 80; '
    + `wait for a port that the Service has, or add port 8080 to it, ${escape}`,
  ]],
  ['the https port of a Service that has http and UDP only', () => {
    const chart = chartIn('shop');
    new ApiObject(chart, 'service', serviceOf('db', { ports: [{ port: 80 }, { port: 81 }, { port: 443, protocol: 'UDP' }] }));
    wait(serve(chart, 'web').deployment, 'db', Endpoint.http('https://db.shop.svc/ready'));
    return chart;
  }, [
    '[shop/web] waits in step \'wait-for-db\' for https://db.shop.svc/ready, but Service shop/service has only 80 and 81; '
    + `wait for a port that the Service has, or add port 443 to it, ${escape}`,
  ]],
  ['a Service without TCP ports', () => {
    const chart = chartIn('shop');
    new ApiObject(chart, 'service', serviceOf('db', {}));
    wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 80));
    return chart;
  }, [
    '[shop/web] waits in step \'wait-for-db\' for tcp://db:80, but Service shop/service has no TCP port; '
    + `wait for a port that the Service has, or add port 80 to it, ${escape}`,
  ]],
  ['a mistyped value in a selector', () => selecting({ app: 'postgers' }, { app: 'postgres' }), [nearMiss('app=postgers', 'app=postgres')]],
  ['a letter too many in a selector', () => selecting({ app: 'db', tier: 'storages' }, { app: 'db', tier: 'storage' }), [nearMiss('tier=storages', 'tier=storage')]],
  ['another case in a selector', () => selecting({ app: 'DB' }, { app: 'db' }), [nearMiss('app=DB', 'app=db')]],
  ['a selector of a label of another name', () => selecting({ 'app.kubernetes.io/name': 'db' }, { app: 'db' }), [nearMiss('app.kubernetes.io/name=db', 'app=db')]],
];

test.each(refused)('%s is refused', (_, make, texts) => {
  expect(() => Testing.synth(make())).toThrow(refusal(...texts));
});

test.each(refused)('%s is an error among the findings', (_, make, texts) => {
  const errors = StartupGraph.of(App.of(make())).findings().filter(({ severity }) => severity === 'error');

  expect(errors.map(({ path, message, remedy }) => `[${path}] ${message}; ${remedy}`)).toEqual(texts);
});

test.each<[string, () => Chart]>([
  ['waits for itself, if others answer there', () => {
    const chart = chartIn();
    const web = serve(chart, 'web');
    wait(web.deployment, 'web', Endpoint.service(web.service).answeredByOthers());
    return chart;
  }],
  ['waits for a port that others add', () => {
    const chart = chartIn();
    serve(chart, 'db');
    wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 8080).answeredByOthers());
    return chart;
  }],
  ['waits for pods that others make', () => selecting({ app: 'postgers' }, { app: 'postgres' }, Endpoint.tcp('db', 80).answeredByOthers())],
  ['waits for a Service whose labels nobody has', () => selecting({ app: 'database' }, { app: 'postgres' })],
  ['waits for a Service with a label that is added at run time', () => selecting({ app: 'db', role: 'leader' }, { app: 'db' })],
  ['waits for a Service one of whose labels is another one', () => selecting({ app: 'shop', tier: 'cache' }, { app: 'shop', tier: 'storage' })],
  ['waits for another one of several that are numbered', () => selecting({ app: 'redis-1' }, { app: 'redis-2' })],
  ['waits for another one of several that are lettered', () => selecting({ app: 'shop-a' }, { app: 'shop-b' })],
  ['waits for a Service of a short label', () => selecting({ app: 'cart' }, { app: 'card' })],
  ['waits for a Service that takes one of its labels from each of two', () => {
    const chart = selecting({ app: 'postgers', tier: 'cache' }, { app: 'postgres', tier: 'storage' });
    new kplus.Deployment(chart, 'cache', { containers: [{ image: 'redis:7' }], podMetadata: { labels: { app: 'redis', tier: 'cache' } } });
    return chart;
  }],
  ['waits for a Service of labels that only pods of another namespace nearly have', () => {
    const chart = selecting({ app: 'postgers' }, { app: 'cache' });
    const labels = { app: 'postgres' };
    new kplus.Deployment(chartIn('data', App.of(chart) as App), 'db', { containers: [{ image: 'postgres:17' }], podMetadata: { labels } });
    return chart;
  }],
  ['waits for the port of the pods of a headless Service', () => {
    const chart = chartIn('shop');
    const service = new kplus.Service(chart, 'db', { metadata: { name: 'db' }, clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] });
    wait(serve(chart, 'web').deployment, 'db', Endpoint.service(service), Endpoint.tcp('db.shop', 8080));
    return chart;
  }],
  ['waits for a Service without selector', () => {
    const chart = chartIn();
    wait(serve(chart, 'web').deployment, 'db', Endpoint.service(new kplus.Service(chart, 'db', { ports: [{ port: 80 }] })));
    return chart;
  }],
  ['waits for a Service one of whose workloads can start', () => {
    const chart = chartIn();
    new ApiObject(chart, 'service', serviceOf('api', { selector: { app: 'api' }, ports: [{ port: 80 }] }));
    const [first] = ['first', 'second'].map(id => serve(chart, id, { podMetadata: { labels: { app: 'api' } } }).deployment);
    wait(first, 'api', Endpoint.tcp('api', 80));
    return chart;
  }],
  ['waits for the name of its own Service, which is there before its pods are', () => {
    const chart = chartIn();
    wait(serve(chart, 'web').deployment, 'web', Endpoint.dns('web'));
    return chart;
  }],
  ['waits in a diamond', () => {
    const chart = chartIn();
    const [web, one, two, db] = ['web', 'one', 'two', 'db'].map(name => serve(chart, name));
    wait(web.deployment, 'both', Endpoint.service(one.service), Endpoint.service(two.service));
    for (const each of [one, two]) wait(each.deployment, 'db', Endpoint.service(db.service));
    return chart;
  }],
  ['waits in each of two charts for one cluster each, in which the names are the same', () => {
    const app = Testing.app();
    const [staging, production] = ['staging', 'production'].map(id => {
      const chart = chartIn('shop', app, id);
      for (const name of ['web', 'api']) {
        const labels = { app: name };
        new ApiObject(chart, `${name}-service`, serviceOf(name, { selector: labels, ports: [{ port: 80 }] }));
        new kplus.Deployment(chart, name, { containers: [{ image: 'my-app:1.0' }], podMetadata: { labels } });
      }
      return chart;
    });
    wait(staging.node.findChild('web') as kplus.Deployment, 'api', Endpoint.tcp('api', 80));
    wait(production.node.findChild('api') as kplus.Deployment, 'web', Endpoint.tcp('web', 80));
    return production;
  }],
])('a workload is taken that %s', (_, make) => {
  const chart = make();

  expect(() => Testing.synth(chart)).not.toThrow();
  expect(StartupGraph.of(App.of(chart)).findings().filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('the name of a headless Service needs one of its pods to be ready, unless it names the others, too', () => {
  const synthesis = (publishNotReadyAddresses: boolean) => () => {
    const chart = chartIn('shop');
    const labels = { app: 'queue' };
    new ApiObject(chart, 'peers', serviceOf('peers', { clusterIP: 'None', publishNotReadyAddresses, selector: labels, ports: [{ port: 80 }] }));
    wait(serve(chart, 'queue', { podMetadata: { labels } }).deployment, 'peers', Endpoint.dns('queue-0.peers'));
    Testing.synth(chart);
  };

  expect(synthesis(true)).not.toThrow();
  expect(synthesis(false)).toThrow('[shop/queue] waits in step \'wait-for-peers\' for dns:queue-0.peers, a Service of its own pods');
});

test('an app is judged once, however many charts it has, and again when it has changed', () => {
  const app = Testing.app();
  const [chart] = ['shop', 'b', 'c', 'd'].map(id => chartIn(undefined, app, id));
  const api = serve(chart, 'api');
  const web = serve(chart, 'web');
  wait(web.deployment, 'api', Endpoint.tcp('api', 80));
  const read = jest.spyOn(ApiObject.of(api.service), 'toJson');

  app.synth();
  expect(read).toHaveBeenCalledTimes(2); // one of them writes the YAML
  wait(api.deployment, 'web', Endpoint.tcp('web', 80));
  expect(() => Testing.synth(chart)).toThrow('in a circle');
  expect(() => Testing.synth(chart)).toThrow('in a circle');
  ApiObject.of(api.service).addJsonPatch(JsonPatch.replace('/spec/selector', { app: 'api' }));
  expect(() => Testing.synth(chart)).not.toThrow();
  ApiObject.of(web.deployment).addJsonPatch(JsonPatch.add('/spec/template/metadata/labels/app', 'api'));
  expect(() => Testing.synth(chart)).toThrow('a Service of its own pods');
});

test('what was refused is looked at again, though nothing was added', () => {
  const chart = selecting({ app: 'postgers' }, { app: 'postgres' });
  expect(() => Testing.synth(chart)).toThrow('Did you mean app=postgres');

  (chart.node.findChild('db') as kplus.Deployment).podMetadata.addLabel('app', 'postgers');

  expect(() => Testing.synth(chart)).not.toThrow();
});

test('a refusal is said once, however often the app is validated', () => {
  const chart = selecting({ app: 'postgers' }, { app: 'postgres' });
  const saidBy = () => chart.node.root.node.findAll().flatMap(({ node }) => node.validate());

  expect([saidBy().length, saidBy().length]).toEqual([1, 1]);
});

test('an app is walked once per round of validation, however many workloads wait in it', () => {
  const walks = [2, 20].map(count => {
    const chart = chartIn();
    for (let index = 0; index < count; index++) wait(serve(chart, `w${index}`).deployment, 'db', Endpoint.tcp('db', 5432));
    const all = chart.node.root.node.findAll();
    const children = jest.spyOn(chart.node, 'children', 'get');
    for (let round = 0; round < 3; round++) all.forEach(each => each.node.validate());
    return children.mock.calls.length;
  });

  expect(walks).toEqual([4, 4]); // in the first round the plan walks, too
});

test('an app without waits is not looked at', () => {
  const chart = chartIn();
  const { deployment, service } = serve(chart, 'web');
  const read = jest.spyOn(ApiObject.of(service), 'toJson');

  Testing.synth(chart);

  expect(read).toHaveBeenCalledTimes(1);
  expect(deployment.node.validate()).toEqual([]);
});

test('what cannot be rendered yet is not looked at either', () => {
  const chart = chartIn();
  wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 80));
  new kplus.Service(chart, 'db', { metadata: { name: 'db' } });
  new ApiObject(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', spec: new Map() });

  expect(() => Testing.synth(chart)).toThrow(/A service must be configured with a port|can't render non-simple object/);
  expect(StartupGraph.of(chart).findings()).toEqual([]);
});

test('a step of one\'s own that waits is one like any other', () => {
  class WaitForMe extends WaitForService {}
  const chart = chartIn();
  const web = serve(chart, 'web');
  new WaitForMe(web.deployment, 'wait', { endpoints: [Endpoint.service(web.service)] });

  expect(() => Testing.synth(chart)).toThrow('a Service of its own pods');
});
