import { ApiObject } from 'cdk8s';
import { chartIn, said, serve, serviceOf, wait } from './app';
import { AppProtocol, Endpoint, FindingSeverity, StartupGraph } from '../../src';

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
