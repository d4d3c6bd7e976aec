/** What each check of a protocol makes of what a server answers. */
import * as net from 'net';
import { Duration } from 'cdk8s';
import { AppProtocol, Endpoint } from '../../src';
import { sleep } from '../lab/process';
import { run } from '../lab/run';
import { closedPort, closeServersAfterwards, started, tcpServer } from '../lab/servers';
import { inEveryShell, type Case, type Shell } from '../lab/shells';
import { waiting } from '../lab/steps';
import {
  cassandraFrame, kafkaMessage, mongoMessage, mysqlError, mysqlPacket, postgresError, postgresMessage, talker,
} from '../lab/talkers';

closeServersAfterwards();

const HOST = '127.0.0.1';
const { AMQP, CASSANDRA, KAFKA, MONGODB, MYSQL, POSTGRES, REDIS } = AppProtocol;
const endpoint = (appProtocol: AppProtocol, port: number) => Endpoint.tcp(HOST, port, { appProtocol });

/** A list of answers, each with what is said of it. */
type Answers = readonly (readonly [answer: Buffer | string, result: string])[];

/** That it knows one request, 18, in the versions 0 to 4. */
const API_VERSIONS = kafkaMessage(1, Buffer.from([0, 0, 0, 0, 0, 1, 0, 18, 0, 0, 0, 4]));

/** The same, and so much that it has 4 KiB with this at the end. */
function longKafka(end: readonly number[]): Buffer {
  const rest = 4096 - API_VERSIONS.length - end.length;
  return Buffer.concat([API_VERSIONS, Buffer.alloc(rest, 1), Buffer.from(end)]);
}

/** What is expected of endpoints. */
type Expected = readonly (readonly [endpoint: Endpoint, result: string])[];

/** Waits until each of them has had this result; of one that has not, the last one, and `up` of one that was up. */
async function expectResults(shell: Shell, expected: Expected): Promise<void> {
  const { said } = await run(waiting(expected.map(([each]) => each)), shell, {
    meanwhile: async ({ logs, signal }) => {
      await Promise.all(expected.map(([{ description }, result]) => logs(`${description}: ${result} (`)));
      if (expected.some(([, result]) => result !== 'up')) signal('SIGTERM');
    },
  });
  const results = expected.map(([{ description }, result]) => {
    const all = said.filter(line => line.includes(`${description}: `)).map(line =>
      line.replace('gave up: ', '').replace(`${description}: `, '').replace(/ \(attempt N\), N s of \d+ s$/, ''));
    return all.find(each => each === 'up') ?? all.find(each => each === result) ?? all.at(-1);
  });
  expect(results).toEqual(expected.map(([, result]) => result));
}

function answered(sentence: string, appProtocol: AppProtocol, answers: Answers, first = false): Case {
  return [sentence, async shell => {
    const servers = await Promise.all(answers.map(([answer]) => talker(answer, { first })));

    await expectResults(
      shell,
      servers.map(({ port }, index) => [endpoint(appProtocol, port), answers[index][1]]),
    );
  }];
}

const CLOSED = 'closed without an answer; another protocol, TLS, or a proxy without a server?';

const NOT_UP: Answers = [
  ['HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', 'speaks something else: HTTP?'],
  ['\x15\x03\x01\0\x02\x02\x46', 'wants TLS'],
  ['SSH-2.0-OpenSSH_9.2\r\n', 'speaks something else: SSH?'],
  ['nc: bad address', 'speaks something else'],
  ['0\n', 'speaks something else'],
  ['up', 'speaks something else'],
  ['\0'.repeat(5000), 'speaks something else'],
  ['', CLOSED],
];

inEveryShell([
  ...Object.values(AppProtocol).map(protocol =>
    answered(`an answer in another protocol is not up: ${protocol}`, protocol, NOT_UP)),
  answered('PostgreSQL is up when it asks for a password, or refuses us', POSTGRES, [
    [postgresMessage('R', Buffer.from([0, 0, 0, 5, 1, 2, 3, 4])), 'up'],
    [postgresMessage('R', Buffer.from('\0\0\0\x0aSCRAM-SHA-256\0\0')), 'up'],
    [postgresMessage('R', Buffer.from([0, 0, 0, 0])), 'up'],
    [postgresError('28000', 'no pg_hba.conf entry for host "10.0.0.1"'), 'up'],
    [postgresError('53300', 'sorry, too many clients already'), 'up'],
    [postgresError('3D000', 'database "57P03" does not exist'), 'up'],
  ]),
  answered('PostgreSQL is not up while it starts or shuts down', POSTGRES, [
    [postgresError('57P03', 'the database system is starting up'), 'starting up'],
    [postgresError('57P03', 'the database system is not yet accepting connections'), 'starting up'],
    [postgresError('57P03', 'das Datenbanksystem startet'), 'starting up'],
    [postgresError('57P03', 'the database system is shutting down'), 'shutting down'],
    [postgresError('57P01', 'terminating connection due to administrator command'), 'starting up'],
    ['Ecould not fork new process for connection\n\0', 'speaks something else'],
    ['R', 'speaks something else'],
  ]),
  answered('MySQL is up when it greets', MYSQL, [
    [mysqlPacket('\x0a5.5.5-10.11.19-MariaDB\0\x1e\0\0\0RbuHGgUS\0'), 'up'],
    [mysqlPacket('\x0a9.7.4\0\x08\0\0\0abcdefgh\0'), 'up'],
  ], true),
  answered('MySQL is not up when an error comes instead of the greeting', MYSQL, [
    [mysqlError(1040, 'Too many connections'), 'too many connections'],
    [mysqlError(1040, '#08004Too many connections'), 'too many connections'],
    [mysqlError(1203, 'User app already has more than'), 'too many connections'],
    [mysqlError(1129, "Host '10.0.0.1' is blocked because of many connection errors"), 'host is blocked'],
    [
      mysqlError(1130, "Host '10.0.0.1' is not allowed to connect to this MariaDB server"),
      "refused: Host '10.0.0.1' is not allowed to connect to this MariaDB server",
    ],
    [mysqlError(1040 + 256, 'red \x1b[31m'), 'refused: red [31m'],
  ], true),
  answered('Redis is up when it answers PING, or wants to know who we are', REDIS, [
    ['+PONG\r\n+OK\r\n', 'up'],
    ['-NOAUTH Authentication required.\r\n', 'up'],
    ["-NOPERM this user has no permissions to run the 'ping' command\r\n", 'up'],
  ]),
  answered('Redis is not up while it loads, lacks its master, or is busy', REDIS, [
    ['-LOADING Redis is loading the dataset in memory\r\n', 'loading the dataset'],
    ["-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.\r\n", 'no link to its master'],
    ['-BUSY Redis is busy running a script.\r\n', 'busy with a script'],
    ['-ERR max number of clients reached\r\n', 'too many connections'],
    [
      '-MISCONF Errors writing to the AOF file: No space left on device\r\n+OK\r\n',
      'refused: -MISCONF Errors writing to the AOF file: No space left on device',
    ],
    ['+PON', 'speaks something else'],
  ]),
  answered('MongoDB is up as a primary, a secondary, or a router', MONGODB, [
    [mongoMessage('\x08isWritablePrimary\0\x01'), 'up'],
    [mongoMessage('\x08isWritablePrimary\0\0\x08secondary\0\x01'), 'up'],
    [mongoMessage('\x08isWritablePrimary\0\x01\x02msg\0\x09\0\0\0isdbgrid\0'), 'up'],
    [mongoMessage('\x08isWritablePrimary\0\0\x08secondary\0\0'), 'neither primary nor secondary'],
    [mongoMessage('\x01ok\0\0\0\0\0\0\0\0\0'), 'neither primary nor secondary'],
  ]),
  answered('Cassandra is up when it says what it supports', CASSANDRA, [
    [cassandraFrame(6, '\0\x01\0\x0bCQL_VERSION\0\x01\0\x053.4.6'), 'up'],
    [cassandraFrame(0, '\0\0\x10\x02\0\x15Server is bootstrapping'), 'refused: Server is bootstrapping'],
    [cassandraFrame(2, ''), 'speaks something else'],
  ]),
  answered('of a long answer the first 4 KiB are looked at, and nothing else stands behind them', KAFKA, [
    [Buffer.concat([longKafka([255, 255, 255, 255, 0, 0, 0, 0]), Buffer.from('more'.repeat(1000))]), 'no controller'],
    [longKafka([255, 255, 255, 255, 0, 0, 0, 0]), 'no controller'],
    [Buffer.concat([longKafka([]), Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])]), 'up'],
  ]),
  answered('Kafka is up when it has a controller, or does not let us ask for it', KAFKA, [
    [Buffer.concat([API_VERSIONS, kafkaMessage(2, Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]))]), 'up'],
    [API_VERSIONS, 'up'],
    [
      Buffer.concat([API_VERSIONS, kafkaMessage(2, Buffer.from([0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0]))]),
      'no controller',
    ],
    [kafkaMessage(1, Buffer.from([0, 35, 0, 0, 0, 0])), 'speaks something else'],
  ]),
  answered('an AMQP broker is up when it starts the connection', AMQP, [
    ['\x01\0\0\0\0\x01\xeb\0\x0a\0\x0a\0\x09', 'up'],
    ['AMQP\0\x01\0\0', 'speaks another version of AMQP'],
    ['\x01\0\0\0\0\x01\xeb\0\x0a\0\x32', 'speaks something else'],
  ]),
  ['a port that refuses and a server that is silent are said as those of plain TCP', async shell => {
    const [closed, silent] = [await closedPort(), await tcpServer()];

    await expectResults(shell, [
      [endpoint(POSTGRES, closed), 'connection refused or no route'],
      [endpoint(MYSQL, silent.port), 'accepted, but no answer in 1 s'],
    ]);
  }],
  ['what is closed at once, as by a proxy without a server, is said to be', async shell => {
    const { port } = await started(net.createServer(socket => socket.end()), 0);

    await expectResults(shell, [[endpoint(REDIS, port), CLOSED]]);
  }],
  ['a server that takes its time, and answers nobody who has ended his side, is up', async shell => {
    const { port } = await started(net.createServer(socket =>
      void setTimeout(() => socket.resume().write('+PONG\r\n'), 300)), 0);

    await expectResults(shell, [[endpoint(REDIS, port), 'up']]);
  }],
  ['a server that answers, and then hangs, is up', async shell => {
    const { port } = await started(net.createServer(socket => void socket.write('+PONG\r\n')), 0);

    await expectResults(shell, [[endpoint(REDIS, port), 'up']]);
  }],
  ['an answer that does not end is cut off', async shell => {
    const { port } = await started(net.createServer(socket => {
      const more = () => {
        while (socket.write('x'.repeat(1000))) continue;
      };
      socket.on('drain', more).on('close', () => socket.off('drain', more));
      more();
    }), 0);

    const { exitCode, seconds } = await run(waiting([endpoint(POSTGRES, port)], {
      timeout: Duration.seconds(2),
      attemptTimeout: Duration.seconds(1),
    }), shell);

    expect({ exitCode, soon: seconds < 8 }).toEqual({ exitCode: 124, soon: true });
  }],
  ['no process outlives the attempt', async shell => {
    const [{ port }, closed] = [await talker('+PONG\r\n'), await closedPort()];
    let left: string[] = [];

    await run(waiting([endpoint(REDIS, port), Endpoint.tcp(HOST, closed)]), shell, {
      meanwhile: async ({ logs, signal, commandLines }) => {
        await logs('up (');
        await sleep(1500);
        left = commandLines().filter(line => /^(dd|od) |busybox (dd|od) /.test(line) || line.includes(`${port}`));
        signal('SIGTERM');
      },
    });

    expect(left).toEqual([]);
  }],
  ['TERM ends an attempt at once', async shell => {
    const { port } = await tcpServer();

    const { exitCode, seconds } = await run(waiting([endpoint(POSTGRES, port)]), shell, {
      meanwhile: async ({ until, signal, commandLines }) => {
        await until(() => commandLines().some(line => line.includes(`nc -v ${HOST} ${port}`)));
        signal('SIGTERM');
      },
    });

    expect({ exitCode, soon: seconds < 2 }).toEqual({ exitCode: 143, soon: true });
  }],
  ['what is said to each of them is what it expects', async shell => {
    const answers = {
      [POSTGRES]: postgresMessage('R', '\0\0\0\0'),
      [MYSQL]: mysqlPacket('\x0a9'),
      [REDIS]: '+PONG\r\n',
      [MONGODB]: mongoMessage(''),
      [CASSANDRA]: cassandraFrame(6, ''),
      [KAFKA]: API_VERSIONS,
      [AMQP]: 'AMQP',
    };
    const protocols = Object.keys(answers) as AppProtocol[];
    const servers = await Promise.all(protocols.map(each => talker(answers[each], { first: each === MYSQL })));

    await run(waiting(servers.map(({ port }, index) => endpoint(protocols[index], port))), shell, {
      meanwhile: async ({ until, signal }) => {
        await until(() => servers.every(({ ended }) => ended.length > 0));
        signal('SIGTERM');
      },
    });

    expect(servers.map(({ ended }) => ended[0].toString('latin1'))).toEqual([
      '\0\0\0)\0\x03\0\0user\0postgres\0database\0postgres\0\0',
      (
        `H\0\0\x01\x01\x82\x08\0\0\0\0\x01\x08${'\0'.repeat(23)}wait-for-service\0\0mysql_native_password\0`
        + '\0\0\0\x03'
      ),
      '*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nQUIT\r\n',
      (
        '4\0\0\0\x01\0\0\0\0\0\0\0\xdd\x07\0\0\0\0\0\0\0\x1f\0\0\0'
        + '\x10hello\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0'
      ),
      '\x04\0\0\0\x05\0\0\0\0',
      (
        '\0\0\0\x0a\0\x12\0\0\0\0\0\x01\xff\xff'
        + '\0\0\0\x0e\0\x03\0\x01\0\0\0\x02\xff\xff\0\0\0\0'
      ),
      'AMQP\0\0\x09\x01',
    ]);
  }],
]);
