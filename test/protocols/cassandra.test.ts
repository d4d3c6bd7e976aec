/** The check of Cassandra beside a real one. */
import { existsSync, writeFileSync } from 'fs';
import { join } from 'path';
import { answerAt, isUp, withServerIfThere } from './asking';
import { folderFor, MADE, Server, stopServersAfterwards } from './server';
import { AppProtocol } from '../../src';
import { closedPort, closeServersAfterwards, httpServer, status } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

const JARS = join(MADE, 'cassandra');
const ask = (port: number) => answerAt(port, AppProtocol.CASSANDRA);

/** What Cassandra 4 reaches into of Java 17. */
const OPENED = [
  'java.base/java.io', 'java.base/java.lang', 'java.base/java.lang.module', 'java.base/java.lang.reflect',
  'java.base/java.net', 'java.base/java.nio', 'java.base/java.util', 'java.base/java.util.concurrent',
  'java.base/java.util.concurrent.atomic', 'java.base/jdk.internal.loader', 'java.base/jdk.internal.math',
  'java.base/jdk.internal.misc', 'java.base/jdk.internal.module', 'java.base/jdk.internal.ref',
  'java.base/jdk.internal.reflect', 'java.base/jdk.internal.util.jar', 'java.base/sun.nio.ch',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi', 'java.management/sun.management',
  'java.rmi/sun.rmi.registry', 'java.rmi/sun.rmi.server', 'java.rmi/sun.rmi.transport',
  'java.rmi/sun.rmi.transport.tcp', 'java.sql/java.sql', 'jdk.management/com.sun.management',
  'jdk.management/com.sun.management.internal', 'jdk.management.jfr/jdk.management.jfr',
].flatMap(name => ['--add-exports', `${name}=ALL-UNNAMED`, '--add-opens', `${name}=ALL-UNNAMED`]);

function settings(folder: string, port: number, storage: number, secured: number): string {
  return [
    'cluster_name: test', 'num_tokens: 1', 'partitioner: org.apache.cassandra.dht.Murmur3Partitioner',
    'commitlog_sync: periodic', 'commitlog_sync_period: 10s', 'endpoint_snitch: SimpleSnitch',
    'listen_address: 127.0.0.1', 'rpc_address: 127.0.0.1', `native_transport_port: ${port}`,
    `storage_port: ${storage}`, `ssl_storage_port: ${secured}`, `data_file_directories: [${folder}/data]`,
    `commitlog_directory: ${folder}/commitlog`, `saved_caches_directory: ${folder}/saved`,
    `hints_directory: ${folder}/hints`, `cdc_raw_directory: ${folder}/cdc`, 'memtable_heap_space: 32MiB',
    'file_cache_size: 32MiB', 'seed_provider:', '  - class_name: org.apache.cassandra.locator.SimpleSeedProvider',
    `    parameters: [{ seeds: "127.0.0.1:${storage}" }]`, '',
  ].join('\n');
}

withServerIfThere('Cassandra', existsSync(JARS) ? JARS : undefined, jars => {
  test('it is up when it says what it supports; not before, nor stopped in its tracks', async () => {
    const folder = folderFor();
    const [port, storage, secured] = [await closedPort(), await closedPort(), await closedPort()];
    writeFileSync(join(folder, 'cassandra.yaml'), settings(folder, port, storage, secured));

    expect(await ask(port)).toBe('connection refused or no route');
    const server = new Server(folder, [
      'java', '-Xms400m', '-Xmx400m', ...OPENED, `-Dcassandra.config=file://${folder}/cassandra.yaml`,
      `-Dcassandra.storagedir=${folder}`, '-Djdk.attach.allowAttachSelf=true', '-Dcassandra-foreground=yes',
      '-Dcassandra.skip_wait_for_gossip_to_settle=0', '-Dcassandra.ring_delay_ms=1', '-cp', join(jars, '*'),
      'org.apache.cassandra.service.CassandraDaemon',
    ]);
    await isUp(port, AppProtocol.CASSANDRA);
    expect(await answerAt(port, AppProtocol.REDIS)).toBe('speaks something else');

    server.signal('SIGSTOP');
    expect(await ask(port)).toMatch(/^accepted, but no answer in \S+ s$/);
  });

  test('a server of http is none', async () => {
    const { port } = await httpServer(status(200));

    expect(await ask(port)).toBe('speaks something else: HTTP?');
  });
});
