/** The check of Kafka beside a real one. */
import { existsSync, writeFileSync } from 'fs';
import { join } from 'path';
import { answerAt, isUp, withServerIfThere } from './asking';
import { folderFor, MADE, ran, Server, stopServersAfterwards } from './server';
import { AppProtocol } from '../../src';
import { closedPort, closeServersAfterwards, httpServer, status } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

const JARS = join(MADE, 'kafka');
const JAAS = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_app="secret";';
const ask = (port: number) => answerAt(port, AppProtocol.KAFKA);

withServerIfThere('Kafka', existsSync(JARS) ? JARS : undefined, jars => {
  test('it is up when it has a controller, or wants to know who we are; not stopped in its tracks', async () => {
    const folder = folderFor();
    const [plain, controller, secured] = [await closedPort(), await closedPort(), await closedPort()];
    const properties = join(folder, 'server.properties');
    writeFileSync(properties, [
      'process.roles=broker,controller', 'node.id=1', `controller.quorum.voters=1@127.0.0.1:${controller}`,
      `listeners=PLAIN://127.0.0.1:${plain},SECURED://127.0.0.1:${secured},CONTROLLER://127.0.0.1:${controller}`,
      'listener.security.protocol.map=PLAIN:PLAINTEXT,SECURED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
      'controller.listener.names=CONTROLLER', 'inter.broker.listener.name=PLAIN', 'sasl.enabled.mechanisms=PLAIN',
      `listener.name.secured.plain.sasl.jaas.config=${JAAS}`, `log.dirs=${folder}/data`, '',
    ].join('\n'));
    const java = ['java', '-Xmx300m', '-cp', join(jars, '*')];
    ran([
      ...java, 'kafka.tools.StorageTool', 'format', '--cluster-id', 'MkU3OEVBNTcwNTJENDM2Qg', '--config', properties,
    ]);

    expect(await ask(plain)).toBe('connection refused or no route');
    const server = new Server(folder, [...java, 'kafka.Kafka', properties]);
    await isUp(plain, AppProtocol.KAFKA);
    await isUp(secured, AppProtocol.KAFKA);
    expect(await answerAt(plain, AppProtocol.POSTGRES))
      .toBe('closed without an answer; another protocol, TLS, or a proxy without a server?');

    server.signal('SIGSTOP');
    expect(await ask(plain)).toMatch(/^accepted, but no answer in \S+ s$/);
  });

  test('a server of http is none', async () => {
    const { port } = await httpServer(status(200));

    expect(await ask(port)).toBe('speaks something else: HTTP?');
  });
});
