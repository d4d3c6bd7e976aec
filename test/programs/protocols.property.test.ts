/** Whatever bytes a server answers: a check ends, and says that it is up if and only if the protocol says so. */
import * as fc from 'fast-check';
import { AppProtocol, Endpoint } from '../../src';
import { run } from '../lab/run';
import { closeServersAfterwards } from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { waiting } from '../lab/steps';
import {
  cassandraFrame, kafkaMessage, mongoMessage, mysqlError, mysqlPacket, postgresError, postgresMessage, talker,
} from '../lab/talkers';

closeServersAfterwards();

const AT_ONCE = 16;

const KNOWN = new RegExp(`^(${[
  'up', 'starting up', 'shutting down', 'too many connections', 'host is blocked', 'loading the dataset',
  'no link to its master', 'busy with a script', 'neither primary nor secondary', 'no controller',
  'speaks another version of AMQP', 'wants TLS', 'refused: [ -~]*', 'speaks something else(: \\w+\\?)?',
  'closed without an answer; .*', 'accepted, but no answer in \\S+ s',
].join('|')})$`);

/** What the documents of the protocols say of the first 4 KiB. */
const IS_UP: { [protocol: string]: (answer: string) => boolean } = {
  postgres: answer => /^R\0\0\0/.test(answer)
    || (/^E\0\0[^]*\0C.{5}\0/.test(answer) && !/^E\0\0[^]*\0C57P0[123]\0/.test(answer)),
  mysql: answer => /^[^]{2}\0\0\n/.test(answer),
  redis: answer => /^(\+PONG\r\n|-NOAUTH |-NOPERM )/.test(answer),
  mongodb: answer => /^[^]{12}\xdd\x07\0\0/.test(answer)
    && /\x08isWritablePrimary\0\x01|\x08secondary\0\x01|msg\0\x09\0\0\0isdbgrid\0/.test(answer),
  cassandra: answer => /^[\x81-\x87]\0\0\0\x06/.test(answer),
  kafka: answer => /^[^]{4}\0\0\0\x01\0\0\0\0/.test(answer) && !/\xff{4}\0{4}$/.test(answer),
  amqp: answer => /^\x01\0\0[^]{4}\0\n\0\n/.test(answer),
};

const whole = fc.constantFrom(...[
  postgresMessage('R', '\0\0\0\x05salt'), postgresError('57P03', 'the database system is starting up'),
  postgresError('28000', 'no entry'), mysqlPacket('\x0a10.11.19-MariaDB\0salt'), mysqlError(1040, 'Too many'),
  mysqlError(1130, "Host 'x'"), Buffer.from('+PONG\r\n'), Buffer.from('-NOAUTH Authentication required.\r\n'),
  Buffer.from('-LOADING Redis is loading\r\n'), Buffer.from('HTTP/1.1 200 OK\r\n\r\nup'), Buffer.from('0\nup\n143'),
  Buffer.from('\x15\x03\x01'), mongoMessage('\x08isWritablePrimary\0\x01'), mongoMessage('\x08secondary\0\0'),
  cassandraFrame(6, '\0\0'), cassandraFrame(0, '\0\0\x10\x02\0\x04wait'), kafkaMessage(1, Buffer.alloc(6)),
  Buffer.concat([kafkaMessage(1, Buffer.alloc(6)), kafkaMessage(2, Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]))]),
  Buffer.from('\x01\0\0\0\0\x01\xeb\0\n\0\n', 'latin1'), Buffer.from('AMQP\0\0\x09\x01'),
].map(bytes => bytes.toString('latin1')));
const text = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map(bytes => Buffer.from(bytes).toString('latin1'));
const cut = fc.tuple(whole, fc.nat(20)).map(([bytes, length]) => bytes.slice(0, length));
const changed = fc.tuple(whole, fc.nat(12), text(2)).map(([bytes, at, other]) =>
  bytes.slice(0, at) + other + bytes.slice(at + 1));
const longer = fc.tuple(whole, text(600)).map(parts => parts.join(''));
const answer = fc.oneof(whole, cut, changed, longer, text(600));

const protocols = Object.values(AppProtocol);
const SEED = 7;

inEveryShell(protocols.map(appProtocol => [
  `no answer crashes the check of ${appProtocol}, hangs it, or makes it up wrongly`,
  async shell => {
    const answers = fc.sample(answer, { numRuns: AT_ONCE, seed: SEED + shell.name.length * 100 });
    const servers = await Promise.all(answers.map(bytes => talker(bytes)));
    const endpoints = servers.map(({ port }) => Endpoint.tcp('127.0.0.1', port, { appProtocol }));

    const isUp = answers.map(bytes => IS_UP[appProtocol](bytes.slice(0, 4096)));

    const { said } = await run(waiting(endpoints), shell, {
      meanwhile: async ({ logs, signal }) => {
        await Promise.all(endpoints.map(({ description }, index) =>
          logs(`${description}: ${isUp[index] ? 'up (' : ''}`)));
        signal('SIGTERM');
      },
    });

    const results = endpoints.map(({ description }) => {
      const all = said.filter(each => each.includes(`${description}: `)).map(line =>
        line.replace('gave up: ', '').replace(`${description}: `, '').replace(/ \(attempt N\), N s of \d+ s$/, ''));
      return all.find(each => each === 'up') ?? all.at(-1)!;
    });
    expect(results.filter(result => !KNOWN.test(result))).toEqual([]);
    expect(answers.filter((_, index) => isUp[index] !== (results[index] === 'up'))).toEqual([]);
  },
]));
