import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, ELSEWHERE, refusal, serve, serviceIn, serviceOf, wait, waitIn, workloadIn } from './app';
import { Endpoint, StartupGraph, type Finding } from '../../src';

/** What is said of workloads that wait for each other. */
function circle(first: string, ...waits: string[]): string {
  return `[${first}] can never start, because these ${waits.length} workloads wait for each other in a circle `
    + 'and none can be the first:\n'
    + `${waits.map(each => `    ${each}`).join('\n')}; `
    + 'remove one of these endpoints, best from an app that can connect later, when the other one is up, '
    + ELSEWHERE;
}

/** What is said of a wait for a port that is not there. */
function noPort(url: string, service: string, port: number): string {
  return `[shop/web] waits in step 'wait-for-db' for ${url}, but Service ${service}; `
    + `wait for a port that the Service has, or add port ${port} to it, ${ELSEWHERE}`;
}

/** What was written, and the whole of what the user reads. */
const refused: [string, () => Chart, string[]][] = [
  ['a workload that waits for itself', () => {
    const chart = chartIn();
    const web = serve(chart, 'web');
    wait(web.deployment, 'web', Endpoint.service(web.service));
    return chart;
  }, [
    "[shop/web] waits in step 'wait-for-web' for tcp://web:80, a Service of its own pods, "
    + `which are not ready before the step has ended; remove the endpoint, ${ELSEWHERE}`,
  ]],
  ['a circle of two workloads', () => {
    const chart = chartIn();
    const [web, api] = [serve(chart, 'web'), serve(chart, 'api')];
    wait(web.deployment, 'api', Endpoint.service(api.service, { httpPath: '/healthz' }));
    wait(api.deployment, 'web', Endpoint.tcp('web', 80));
    wait(serve(chart, 'shop').deployment, 'web', Endpoint.tcp('web', 80));
    return chart;
  }, [circle('shop/web',
    "shop/web waits for shop/api in step 'wait-for-api' (http://api:80/healthz)",
    "shop/api waits for shop/web in step 'wait-for-web' (tcp://web:80)",
  )]],
  ['a circle of workloads in three charts', () => {
    const app = Testing.app();
    const [shop, backend, data] = ['shop', 'backend', 'data'].map(each => chartIn(each, app));
    const [web, api, db] = [serve(shop, 'web'), serve(backend, 'api'), serve(data, 'db')];
    wait(web.deployment, 'api', Endpoint.service(api.service));
    wait(api.deployment, 'db', Endpoint.tcp('db.data.svc.cluster.local', 80));
    wait(db.deployment, 'web', Endpoint.http('http://web.shop/ready'));
    return data;
  }, [circle('shop/web',
    "shop/web waits for backend/api in step 'wait-for-api' (tcp://api.backend:80)",
    "backend/api waits for data/db in step 'wait-for-db' (tcp://db.data.svc.cluster.local:80)",
    "data/db waits for shop/web in step 'wait-for-web' (http://web.shop/ready)",
  )]],
  ['a Service all of whose workloads wait in a circle', () => {
    const chart = chartIn();
    new ApiObject(chart, 'service', serviceOf('api', { selector: { app: 'api' }, ports: [{ port: 80 }] }));
    const podMetadata = { labels: { app: 'api' } };
    const [blue, green] = ['blue', 'green'].map(id => serve(chart, id, { podMetadata }).deployment);
    wait(blue, 'green', Endpoint.tcp('green', 80));
    wait(green, 'api', Endpoint.tcp('api', 80));
    return chart;
  }, [circle('shop/blue',
    "shop/blue waits for shop/green in step 'wait-for-green' (tcp://green:80)",
    "shop/green waits for shop/blue or shop/green in step 'wait-for-api' (tcp://api:80)",
  )]],
  ['a wait for a port that the Service lacks', () => {
    const chart = chartIn('shop');
    serve(chart, 'db');
    wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 8080));
    return chart;
  }, [noPort('tcp://db:8080', 'shop/db/dbService has only 80', 8080)]],
  ['a wait for the https port of a Service that has http and UDP only', () => {
    const chart = chartIn('shop');
    const ports = [{ port: 80 }, { port: 81 }, { port: 443, protocol: 'UDP' }];
    new ApiObject(chart, 'service', serviceOf('db', { ports }));
    wait(serve(chart, 'web').deployment, 'db', Endpoint.http('https://db.shop.svc/ready'));
    return chart;
  }, [noPort('https://db.shop.svc/ready', 'shop/service has only 80 and 81', 443)]],
  ['a wait for a Service without TCP ports', () => {
    const chart = chartIn('shop');
    new ApiObject(chart, 'service', serviceOf('db', {}));
    wait(serve(chart, 'web').deployment, 'db', Endpoint.tcp('db', 80));
    return chart;
  }, [noPort('tcp://db:80', 'shop/service has no TCP port', 80)]],
];

test.each(refused)('the synthesis refuses %s', (_, make, texts) => {
  expect(() => Testing.synth(make())).toThrow(refusal(...texts));
});

/** The errors among the findings of an app. */
function errorsOf(chart: Chart): Finding[] {
  return StartupGraph.of(App.of(chart)).findings().filter(({ severity }) => severity === 'error');
}

test.each(refused)('%s is an error among the findings', (_, make, texts) => {
  const errors = errorsOf(make());

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
  ['waits for the port of the pods of a headless Service', () => {
    const chart = chartIn('shop');
    const service = new kplus.Service(chart, 'db', {
      metadata: { name: 'db' },
      clusterIP: 'None',
      ports: [{ port: 80, targetPort: 8080 }],
    });
    wait(serve(chart, 'web').deployment, 'db', Endpoint.service(service), Endpoint.tcp('db.shop', 8080));
    return chart;
  }],
  ['waits for a Service without selector', () => {
    const chart = chartIn();
    const service = new kplus.Service(chart, 'db', { ports: [{ port: 80 }] });
    wait(serve(chart, 'web').deployment, 'db', Endpoint.service(service));
    return chart;
  }],
  ['waits for a Service one of whose workloads can start', () => {
    const chart = chartIn();
    new ApiObject(chart, 'service', serviceOf('api', { selector: { app: 'api' }, ports: [{ port: 80 }] }));
    const podMetadata = { labels: { app: 'api' } };
    const [first] = ['first', 'second'].map(id => serve(chart, id, { podMetadata }).deployment);
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
        new kplus.Deployment(chart, name, {
          containers: [{ image: 'my-app:1.0' }],
          podMetadata: { labels },
        });
      }
      return chart;
    });
    wait(staging.node.findChild('web') as kplus.Deployment, 'api', Endpoint.tcp('api', 80));
    wait(production.node.findChild('api') as kplus.Deployment, 'web', Endpoint.tcp('web', 80));
    return production;
  }],
])('the synthesis takes a workload that %s', (_, make) => {
  const chart = make();

  expect(() => Testing.synth(chart)).not.toThrow();
  expect(errorsOf(chart)).toEqual([]);
});

test('the name of a headless Service needs one of its pods to be ready, unless it names the others, too', () => {
  const synthesis = (publishNotReadyAddresses: boolean) => () => {
    const chart = chartIn('shop');
    serviceIn(chart, 'peers', { app: 'queue' }, { clusterIP: 'None', publishNotReadyAddresses });
    const queue = workloadIn(chart, 'StatefulSet', 'queue', { spec: { serviceName: 'peers' } });
    waitIn(queue, Endpoint.dns('queue-0.peers'));
    Testing.synth(chart);
  };

  expect(synthesis(true)).not.toThrow();
  expect(synthesis(false))
    .toThrow("[shop/queue] waits in step 'wait' for dns:queue-0.peers, a Service of its own pods");
});
