/** The check of AMQP beside a real RabbitMQ. */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { answerAt, answerToUrl, isUp, withServer } from './asking';
import { folderFor, programOf, ran, Server, stopServersAfterwards, until } from './server';
import { AppProtocol } from '../../src';
import { certificate, closedPort, closeServersAfterwards } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

const FOLDER = '/usr/lib/rabbitmq/bin';
const ask = (port: number) => answerAt(port, AppProtocol.AMQP);

withServer('RabbitMQ', programOf(join(FOLDER, 'rabbitmq-server')), program => {
  test('it is up when it starts the connection, then not while it takes none, nor stopped in its tracks', async () => {
    const folder = folderFor();
    const [port, tlsPort, dist, names] = [
      await closedPort(), await closedPort(), await closedPort(), await closedPort(),
    ];
    writeFileSync(join(folder, 'key'), certificate!.key);
    writeFileSync(join(folder, 'cert'), certificate!.cert);
    writeFileSync(join(folder, 'rabbitmq.conf'), [
      'listeners.tcp.1 = 127.0.0.1:' + port, 'listeners.ssl.1 = 127.0.0.1:' + tlsPort,
      `ssl_options.certfile = ${folder}/cert`, `ssl_options.keyfile = ${folder}/key`, '',
    ].join('\n'));
    const env = {
      HOME: folder,
      RABBITMQ_NODENAME: 'test@localhost',
      RABBITMQ_DIST_PORT: `${dist}`,
      ERL_EPMD_PORT: `${names}`,
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    };
    const control = (...words: string[]) =>
      ran([join(FOLDER, 'rabbitmqctl'), '--node', 'test@localhost', ...words], 'root', env);

    expect(await ask(port)).toBe('connection refused or no route');
    const server = new Server(folder, [program], { env });
    await isUp(port, AppProtocol.AMQP);
    await server.logs('Server startup complete');
    const before = server.log().length;
    expect(await ask(port)).toBe('up');
    await server.logs('client unexpectedly closed');
    const said = server.log().slice(before).map(line => line.replace(/^\S+ \S+ (\[\w+\]) <\S+>\s+/, '$1 '));
    expect(said.map(line => line.replace(/<.*/, '…'))).toEqual([
      '[info] accepting AMQP connection …',
      '[warning] closing AMQP connection …',
      '[warning] client unexpectedly closed TCP connection',
    ]);

    expect(await ask(tlsPort)).toBe('wants TLS');
    expect(await answerToUrl(`amqps://guest:guest@127.0.0.1:${tlsPort}/shop`)).toBe('up');
    control('suspend_listeners');
    expect(await ask(port)).toBe('connection refused or no route');
    control('resume_listeners');
    await isUp(port, AppProtocol.AMQP);
    const beam = Number(control('eval', 'os:getpid().').replace(/\D/g, ''));
    process.kill(beam, 'SIGSTOP');
    expect(await ask(port)).toMatch(/^accepted, but no answer in \S+ s$/);
    process.kill(beam, 'SIGKILL');
    await server.stop();
    await until('the end of epmd', () => ran(['epmd', '-port', `${names}`, '-kill']).includes('Killed'));
  });
});
