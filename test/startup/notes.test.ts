import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartIn, said, serve, serviceOf, wait } from './app';
import {
  AppProtocol, Endpoint, FileSource, FindingSeverity, GenerateConfig, InitStep, SharedDirectory, StartupGraph,
} from '../../src';

test('a wait for an open port of a database is a note, unless the database itself is asked', () => {
  const chart = chartIn('shop');
  const db = new ApiObject(chart, 'service', serviceOf('db', { ports: [{ port: 5432 }] }));
  const { deployment } = serve(chart, 'web');
  wait(deployment, 'db', Endpoint.service(db));
  wait(deployment, 'cache', Endpoint.tcp('cache', 6379, { appProtocol: AppProtocol.REDIS }));
  wait(deployment, 'other-cache', Endpoint.tcp('cache', 6380, { appProtocol: AppProtocol.REDIS }));
  wait(deployment, 'page', Endpoint.http('http://page:3306/'));

  expect(StartupGraph.of(chart).notes()).toEqual([{
    severity: FindingSeverity.INFO,
    path: 'shop/web/wait-for-db',
    message: 'waits until tcp://db:5432 accepts connections, as PostgreSQL does before it is ready',
    remedy: 'if it is PostgreSQL, ask it: appProtocol: AppProtocol.POSTGRES',
  }]);
});

test('a wait for an answer in another protocol than that of the port is doubtful', () => {
  const chart = chartIn('shop');
  const { deployment } = serve(chart, 'web');
  wait(deployment, 'db', Endpoint.tcp('db', 5432, { appProtocol: AppProtocol.MYSQL }));
  wait(deployment, 'cache', Endpoint.tcp('cache', 6379, { appProtocol: AppProtocol.REDIS }));
  wait(deployment, 'other', Endpoint.tcp('db', 15432, { appProtocol: AppProtocol.MYSQL }));

  expect(said(chart)).toEqual([
    'warning [shop/web/wait-for-db] waits for mysql://db:5432, but at port 5432 it is mostly PostgreSQL that answers; '
      + 'if it is PostgreSQL, write appProtocol: AppProtocol.POSTGRES',
  ]);
});

test('a wait for a page at the port of a database is doubtful', () => {
  const chart = chartIn('shop');
  const { deployment } = serve(chart, 'web');
  wait(deployment, 'db', Endpoint.http('http://db:5432/'));
  wait(deployment, 'cache', Endpoint.http('https://r:6379/'), Endpoint.http('http://other:6379/').answeredByOthers());
  wait(deployment, 'page', Endpoint.http('http://page:8080/'));

  const doubt = (id: string, url: string, server: string, port: number, member: string) =>
    `warning [shop/web/wait-for-${id}] waits for ${url}, but at port ${port} it is mostly ${server} that answers; `
    + `if it is ${server}, write Endpoint.tcp or Endpoint.service with appProtocol: AppProtocol.${member}`;
  expect(said(chart)).toEqual([
    doubt('db', 'http://db:5432/', 'PostgreSQL', 5432, 'POSTGRES'),
    doubt('cache', 'https://r:6379/', 'Redis', 6379, 'REDIS'),
  ]);
});

/** The notes about files of a deployment. */
function notesAbout(make: (web: kplus.Deployment) => unknown): string[] {
  const { deployment } = serve(chartIn('shop'), 'web');
  make(deployment);
  return StartupGraph.of(deployment).notes().map(({ path, message, remedy }) => `[${path}] ${message}; ${remedy}`);
}

const template = FileSource.inline('a');
const unread = (name: string, directory: string) =>
  `[shop/web/conf] writes ${name} to directory '${directory}', where neither another step nor the app sees it; `
    + 'say in path where the app reads it';

test.each<[string, (web: kplus.Deployment) => unknown, string[]]>([
  ['sees', web => new GenerateConfig(web, 'conf', { template }), [unread('conf', 'conf-files')]],
  ['sees, where the app sees another folder', web => {
    const directory = new SharedDirectory(web, 'files');
    new GenerateConfig(web, 'conf', { template, directory, fileName: 'a/a' });
    directory.file('b').mountAt('/app/b', { readOnly: false });
  }, [unread('a/a', 'files')]],
])('a file that nobody %s is a note', (_, make, expected) => {
  expect(notesAbout(make)).toEqual(expected);
});

test.each<[string, (web: kplus.Deployment) => unknown]>([
  ['the app reads', web => new GenerateConfig(web, 'conf', { template, path: '/app/conf' })],
  ['the app reads in its folder', web => {
    const directory = new SharedDirectory(web, 'files');
    new GenerateConfig(web, 'conf', { template, directory, fileName: 'a/a' });
    directory.file('a').mountAt('/app/a');
  }],
  ['a later step reads', web => {
    const { file } = new GenerateConfig(web, 'conf', { template });
    new InitStep(web, 'check', { command: ['check'], files: { '/conf': FileSource.fromShared(file) } });
  }],
  ['another step sees that writes to the same directory', web => {
    const directory = new SharedDirectory(web, 'files');
    new GenerateConfig(web, 'conf', { template, directory, fileName: 'a' });
    new GenerateConfig(web, 'more', { template, directory, fileName: 'b', path: '/app/b' });
  }],
  ['is in a volume of others', web => {
    const directory = kplus.Volume.fromHostPath(web, 'volume', 'data', { path: '/srv' });
    new GenerateConfig(web, 'conf', { template, directory });
  }],
])('a file that %s is none', (_, make) => {
  expect(notesAbout(make)).toEqual([]);
});
