import { spawn, type ChildProcess } from 'child_process';
import type { ServerResponse } from 'http';
import { gzipSync } from 'zlib';
import { ApiServer, kubeconfigOf, type Content } from './api-server';
import { imageMissing, pod, service, waiting, workload } from './snapshots';
import { bundled } from '../bundled';

let program: string;
beforeAll(async () => {
  program = await bundled();
}, 60_000);

const servers: ApiServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

async function serverOf(content: Content): Promise<ApiServer> {
  const server = await ApiServer.start(content);
  servers.push(server);
  return server;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `why` as a process of its own. */
async function run(args: readonly string[], onOutput: (child: ChildProcess) => void = () => {}): Promise<Ended> {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1' };
  const child = spawn(process.execPath, [program, 'why', ...args], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', chunk => {
    stdout += chunk;
    onOutput(child);
  });
  child.stderr.on('data', chunk => { stderr += chunk; });
  return new Promise(resolve => child.on('close', code => resolve({ code, stdout, stderr })));
}

const shop: Content = {
  lists: {
    'shop/pods': [
      waiting('web', 'tcp://api:8080'), waiting('api', 'tcp://db.data:5432'), pod('mailer', { ready: true }),
    ],
    'shop/services': [service('api', 8080)],
    'data/pods': [pod('StatefulSet db', { namespace: 'data', image: 'postgres:61', state: imageMissing() })],
    'data/services': [service('db', 5432, {}, 'data')],
  },
  logs: { 'web-5d9c-x1/wait-in-web': 'tcp://api:8080: no answer in 4 s\n' },
};

test('reads page by page, the logs of who waits, and the other namespace that somebody waits for', async () => {
  const server = await serverOf(shop);

  const { code, stdout, stderr } = await run(['--kubeconfig', server.kubeconfig()]);

  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout.replace(/for \d+ \w+/g, 'for some time').split('\n')).toEqual([
    '2 of 3 pods have not started. 1 root cause:',
    '  ✗ StatefulSet db: image postgres:61 cannot be pulled; 2 other pods wait for it',
    '',
    'Deployment web, pod web-5d9c-x1, for some time, in step wait-in-web',
    '│ log: tcp://api:8080: no answer in 4 s',
    '└─ waits for tcp://api:8080: Service api, 0 of 1 pod ready',
    '   └─ Deployment api, pod api-5d9c-x1, for some time, in step wait-in-api',
    '      └─ waits for tcp://db.data:5432: Service data/db, 0 of 1 pod ready',
    '         └─ StatefulSet db, pod db-0, for some time',
    '              ✗ image postgres:61 cannot be pulled',
    '                manifest unknown',
    '',
  ]);
  expect(server.asked.every(each => each.startsWith('GET '))).toBe(true);
});

test('what may not be read is said once, and the rest is told', async () => {
  const server = await serverOf({ ...shop, refused: { 'shop/events': 403, 'shop/logs': 403, 'shop/jobs': 403 } });

  const { code, stdout } = await run(['--kubeconfig', server.kubeconfig()]);

  expect(code).toBe(1);
  expect(stdout.split('\n').filter(line => line.startsWith('Not read')))
    .toEqual(['Not read: events, jobs and logs of namespace shop, which you may not read.']);
});

test('the domain of a host is looked for among the namespaces once, and then left alone', async () => {
  const server = await serverOf({
    lists: { 'shop/pods': [waiting('web', 'https://example.com')] }, refused: { 'com/services': 403 },
  });

  const { stdout } = await run(['--kubeconfig', server.kubeconfig()]);

  expect(server.asked.filter(each => each.includes('/com/')))
    .toEqual(['GET /api/v1/namespaces/com/services?limit=500']);
  expect(stdout).toContain('✗ example.com is outside of the cluster, which cannot tell why it does not answer\n');
});

test('a namespace without Services is read if it is known that somebody waits for something there', async () => {
  const env = [{ name: 'step_conditions', value: 'complete,,batch/v1,jobs,data,Job,load' }];
  const server = await serverOf({
    lists: {
      'shop/pods': [pod('web', { step: { name: 'wait', env } })],
      'data/pods': [pod('Job load', { namespace: 'data', image: 'load:7', state: imageMissing() })],
      'data/jobs': [workload('Job', 'load', { metadata: { name: 'load', namespace: 'data' } })],
    },
  });

  const { stdout } = await run(['--kubeconfig', server.kubeconfig()]);

  expect(stdout).toContain('  ✗ Job load: image load:7 cannot be pulled; 1 other pod waits for it\n');
});

test('of many pods and of many namespaces that somebody waits for only some are read', async () => {
  const crashing = Array.from({ length: 60 }, (_, index) =>
    pod(`app-${index}`, { state: { terminated: { exitCode: 1 } } }));
  const elsewhere = Array.from({ length: 15 }, (_, index) => `tcp://db.data-${index}.svc:5432`);
  const server = await serverOf({
    lists: { 'shop/pods': [...crashing, waiting('web', ...elsewhere)] },
  });

  await run(['--kubeconfig', server.kubeconfig()]);

  expect({
    logs: server.asked.filter(each => each.includes('/log?')).length,
    namespaces: server.asked.filter(each => /data-\d+\/pods\?/.test(each)).length,
  }).toEqual({ logs: 50, namespaces: 10 });
});

test('a log that does not end is left out', async () => {
  const trickle = (response: ServerResponse) => {
    const more = setInterval(() => response.write('still starting\n'), 500);
    response.on('close', () => clearInterval(more));
  };
  const web = pod('web', { state: { terminated: { exitCode: 1 } } });
  const server = await serverOf({
    answer: (response, url) => {
      if (url.includes('/log?')) trickle(response);
      else response.end(JSON.stringify({ items: url.includes('/pods?') ? [web] : [] }));
    },
  });

  const { code, stdout } = await run(['--kubeconfig', server.kubeconfig()]);

  expect({ code, last: stdout.trimEnd().split('\n').at(-1) })
    .toEqual({ code: 1, last: '  ✗ container main ends with exit code 1' });
}, 60_000);

test('for tools it prints JSON', async () => {
  const server = await serverOf(shop);

  const { stdout } = await run(['deployment/api', '--format', 'json', '--kubeconfig', server.kubeconfig()]);
  const { pods, notStarted, causes } = JSON.parse(stdout);

  expect({ pods, notStarted, causes }).toEqual({
    pods: 1,
    notStarted: 1,
    causes: [{
      kind: 'image',
      text: 'image postgres:61 cannot be pulled',
      details: ['manifest unknown'],
      isIll: true,
      of: [{ kind: 'StatefulSet', namespace: 'data', name: 'db' }],
      holdsUp: 1,
    }],
  });
});

test('ends with 0 where all has started', async () => {
  const server = await serverOf({ lists: { 'shop/pods': [pod('web', { ready: true })] } });

  expect(await run(['--kubeconfig', server.kubeconfig()]))
    .toEqual({ code: 0, stdout: 'The only pod has started.\n', stderr: '' });
});

test('a list whose items are null is empty', async () => {
  const server = await serverOf({ answer: response => response.end('{"items": null}') });

  expect(await run(['--kubeconfig', server.kubeconfig()]))
    .toEqual({ code: 0, stdout: 'There are no pods.\n', stderr: '' });
});

test('ends with 0 where there are no pods, and it may not be asked whether there is the namespace', async () => {
  const server = await serverOf({ refused: { 'namespaces/shop': 403 } });

  expect(await run(['--kubeconfig', server.kubeconfig()]))
    .toEqual({ code: 0, stdout: 'There are no pods.\n', stderr: '' });
});

test('watches until all has started', async () => {
  const server = await serverOf(shop);

  const { code, stdout } = await run(['--watch', '--kubeconfig', server.kubeconfig()], () => {
    server.content = { lists: { 'shop/pods': [pod('web', { ready: true })] } };
  });

  expect(code).toBe(0);
  expect(stdout.split('\n').filter(line => line.includes(' started'))).toEqual([
    '2 of 3 pods have not started. 1 root cause:',
    'The only pod has started.',
  ]);
});

describe('what cannot be read ends it with 2, in words:', () => {
  test('pods that may not be listed', async () => {
    const server = await serverOf({ refused: { 'shop/pods': 403 } });

    expect(await run(['--kubeconfig', server.kubeconfig()]))
      .toEqual({ code: 2, stdout: '', stderr: 'you may not read the pods of namespace shop\n' });
  });

  test('somebody whom the cluster does not know', async () => {
    const server = await serverOf({ refused: { 'shop/pods': 401 } });

    expect((await run(['--kubeconfig', server.kubeconfig()])).stderr)
      .toBe('the cluster does not know who asks (no shop/pods for you); log in anew\n');
  });

  test('a cluster that is away', async () => {
    const server = await serverOf({});
    const kubeconfig = server.kubeconfig();
    const { address } = server;
    await server.stop();
    servers.pop();

    const { code, stderr } = await run(['--kubeconfig', kubeconfig]);

    expect(code).toBe(2);
    expect(stderr).toContain(`the cluster at ${address} does not answer: connect ECONNREFUSED`);
  });

  test('a certificate of the user that is none', async () => {
    const user = { 'client-certificate-data': 'bm9uZQ==', 'client-key-data': 'bm9uZQ==' };

    const { code, stderr } = await run(['--kubeconfig', kubeconfigOf('https://127.0.0.1:1', user)]);

    expect({ code, begin: stderr.slice(0, 15), lines: stderr.trim().split('\n').length })
      .toEqual({ code: 2, begin: 'cannot log in: ', lines: 1 });
  });

  test.each(['no url', 'ftp://cluster'])("the server '%s'", async server => {
    expect(await run(['--kubeconfig', kubeconfigOf(server)])).toEqual({
      code: 2,
      stdout: '',
      stderr: `the server of the kubeconfig must be a URL that begins with https:// or http://, got '${server}'\n`,
    });
  });

  test('a page to log in', async () => {
    const server = await serverOf({ answer: response => response.end('<html>Log in</html>') });

    expect(await run(['--kubeconfig', server.kubeconfig()])).toEqual({
      code: 2, stdout: '', stderr: 'what answers is not the API of Kubernetes: <html>Log in</html>\n',
    });
  });

  test('an answer that is not compressed as it says', async () => {
    const server = await serverOf({
      answer: response => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not compressed'),
    });

    expect(await run(['--kubeconfig', server.kubeconfig()])).toEqual({
      code: 2, stdout: '', stderr: `the cluster at ${server.address} does not answer: incorrect header check\n`,
    });
  });

  test('an answer that is too large when it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(129 * 1024 * 1024), { level: 1 });
    const server = await serverOf({
      answer: response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    });

    const { code, stderr } = await run(['--kubeconfig', server.kubeconfig()]);

    expect({ code, stderr: stderr.replace(/larger .*/, 'larger') }).toEqual({
      code: 2, stderr: `the cluster at ${server.address} does not answer: Cannot create a Buffer larger\n`,
    });
  }, 30_000);

  test('a list that does not end', async () => {
    const body = JSON.stringify({ items: [], metadata: { continue: 'again' } });
    const server = await serverOf({ answer: response => response.end(body) });

    const { code, stderr } = await run(['--kubeconfig', server.kubeconfig()]);

    expect({ code, stderr: stderr.replace(/ \w+\n/, ' objects\n') })
      .toEqual({ code: 2, stderr: 'there are more than 200000 objects\n' });
  }, 60_000);

  test('no kubeconfig', async () => {
    expect((await run([])).stderr).toBe('there is no kubeconfig; set KUBECONFIG, or name one with --kubeconfig\n');
  });

  test('a context that there is not', async () => {
    const server = await serverOf({});

    expect((await run(['--context', 'prod', '--kubeconfig', server.kubeconfig()])).stderr)
      .toBe("the kubeconfig has no context 'prod' with a cluster\n");
  });

  test('a pod that there is not', async () => {
    const server = await serverOf(shop);

    expect((await run(['wbe', '--kubeconfig', server.kubeconfig()])).stderr)
      .toBe("namespace shop has no pod and no workload 'wbe'\n");
  });

  test.each(['sts/web', 'statefulsets/web', 'statefulset.apps/web'])('%s, which there is not', async asked => {
    const server = await serverOf(shop);

    expect((await run([asked, '--kubeconfig', server.kubeconfig()])).stderr)
      .toBe("namespace shop has no statefulset 'web'\n");
  });

  test('a namespace that there is not', async () => {
    const server = await serverOf({ refused: { 'namespaces/shpo': 404 } });

    expect(await run(['-n', 'shpo', '--kubeconfig', server.kubeconfig()]))
      .toEqual({ code: 2, stdout: '', stderr: 'there is no namespace shpo\n' });
  });

  test('one namespace and all of them at a time', async () => {
    expect((await run(['-n', 'shop', '-A'])).stderr)
      .toBe("error: option '-n, --namespace <namespace>' cannot be used with option '-A, --all-namespaces'\n");
  });
});
