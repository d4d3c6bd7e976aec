/** Waits for what the API server says of objects: what counts, what is said, and how it ends. */
import {
  apiServer, closeApiServersAfterwards, event, forbidden, refusal, status,
} from '../lab/api-server';
import { CERTIFICATE, COMPLETED, JOB, READY, TOKEN, complete, job, waitFor, waitingFor } from '../lab/conditions';
import { namesIn } from '../lab/names';
import type { Run } from '../lab/run';
import { certificate, closedPort } from '../lab/servers';
import { inEveryShell, missing } from '../lab/shells';

closeApiServersAfterwards();

const end = ({ exitCode, last }: Run) => ({ exitCode, last });
const running = job([], { active: 1, failed: 2 });
const conditions = (...all: object[]) => ({ status: { conditions: all } });
const RUNNING = 'Job migrate in shop: running: 1 active, 0 succeeded, 2 failed pods';
const GONE = 'Job migrate in shop: events since its last change are gone (410), watches from now on';
const FORBIDDEN = 'may not get jobs "migrate" in shop: the rule that is missing: '
  + 'apiGroups [batch], resources [jobs], resourceNames [migrate], verbs [get, watch]';

if (certificate === undefined) {missing('openssl');} else {
  inEveryShell([
    ['what is met already ends at once', async shell => {
      const server = await apiServer({ [JOB]: complete });

      const ended = await waitFor(COMPLETED, server, shell);

      expect([end(ended), server.requests])
        .toEqual([{ exitCode: 0, last: 'Job migrate in shop: complete, N s of 20 s' }, [`get ${JOB}`]]);
    }],
    ['a Job that completes while it is watched ends the wait, and no request follows the change', async shell => {
      const server = await apiServer({ [JOB]: running });

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 0);
          server.apply(JOB, job([{ type: 'Suspended', status: 'False' }], { active: 2 }));
          server.apply(JOB, complete);
        },
      });

      expect([exitCode, said]).toEqual([0, [
        `${RUNNING}, N s of 20 s`,
        'Job migrate in shop: running: 2 active, 0 succeeded, 0 failed pods, N s of 20 s',
        'Job migrate in shop: complete, N s of 20 s',
      ]]);
      expect(server.requests).toEqual([`get ${JOB}`, `watch ${JOB} from 101`]);
    }],
    ['a Job that has failed ends the wait with its reason', async shell => {
      const failure = { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'too many\nretries' };
      const server = await apiServer({ [JOB]: running });

      const ended = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 0);
          server.apply(JOB, job([failure]));
        },
      });

      expect(end(ended)).toEqual({
        exitCode: 1, last: 'Job migrate in shop: failed: BackoffLimitExceeded: too many retries, N s of 20 s',
      });
    }],
    ['what is not there is waited for, also when it goes again', async shell => {
      const server = await apiServer();

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ logs, until }) => {
          await until(() => server.watches > 0);
          server.apply(JOB, job([], {}));
          await logs('not running');
          server.remove(JOB);
          server.apply(JOB, complete);
        },
      });

      expect([exitCode, said]).toEqual([0, [
        'Job migrate in shop: not there (yet), N s of 20 s',
        'Job migrate in shop: not running: 0 active, 0 succeeded, 0 failed pods, N s of 20 s',
        'Job migrate in shop: not there (yet), N s of 20 s',
        'Job migrate in shop: complete, N s of 20 s',
      ]]);
    }],
    ['a kind that the server does not know yet is told apart from an object that is missing', async shell => {
      const server = await apiServer({ [CERTIFICATE]: conditions({ type: 'ready', status: 'true' }) });
      const plain = [(_: unknown, response: { writeHead(code: number): { end(text: string): void } }) =>
        response.writeHead(404).end('404 page not found\n'), refusal(404, 'the server could not find it')];
      for (const answer of plain) {
        server.instead = () => answer;

        const { exitCode, said } = await waitFor(READY, server, shell, {
          meanwhile: async ({ logs }) => {
            await logs('knows no');
            server.instead = () => undefined;
          },
        });

        expect([exitCode, said]).toEqual([0, [
          'Certificate web in other: the server knows no certificates of cert-manager.io/v1, N s of 20 s',
          'Certificate web in other: Ready is true, N s of 20 s',
        ]]);
      }
    }],
    ['a rule that is missing is named, and may come late', async shell => {
      const server = await apiServer({ [JOB]: complete });
      server.instead = () => forbidden('jobs', 'migrate');

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.requests.length > 2);
          server.instead = () => undefined;
        },
      });

      expect([exitCode, said]).toEqual([0, [
        `Job migrate in shop: ${FORBIDDEN}, N s of 20 s`, 'Job migrate in shop: complete, N s of 20 s',
      ]]);
    }],
    ['the rule of a kind of the core group has no name of a group', async shell => {
      const server = await apiServer();
      server.instead = () => forbidden('pods', 'x');

      expect(end(await waitFor('met,Ready,v1,pods,,Pod,x', server, shell, { timeout: 2 }))).toEqual({
        exitCode: 124,
        last: 'gave up: Pod x in shop: may not get pods "x" in shop: the rule that is missing: '
          + 'apiGroups [""], resources [pods], resourceNames [x], verbs [get, watch], N s of 2 s',
      });
      expect(server.requests[0]).toBe('get /api/v1/namespaces/shop/pods/x');
    }],
    ['who may get and not watch is told so', async shell => {
      const server = await apiServer({ [JOB]: running });
      server.instead = verb => (verb === 'watch' ? forbidden('jobs', 'migrate') : undefined);

      const { said } = await waitFor(COMPLETED, server, shell, { timeout: 2 });

      expect(said.slice(0, 2))
        .toEqual([`${RUNNING}, N s of 2 s`, `Job migrate in shop: ${FORBIDDEN.replace('get', 'watch')}, N s of 2 s`]);
    }],
    ['a condition is met as kubectl wait means it', async shell => {
      const server = await apiServer();
      const ready = { type: 'Ready', status: 'True' };
      const older = { metadata: { generation: 2 }, ...conditions({ ...ready, observedGeneration: 1 }) };
      const annotations = { a: JSON.stringify(older) };
      const states = [
        { spec: {} },
        conditions({ type: 'Issuing', status: 'True' }),
        conditions({ type: 'Ready', status: 'False', reason: 'DoesNotExist', message: 'no secret' }),
        older,
        { metadata: { generation: 3 }, status: { observedGeneration: 2, conditions: [ready] } },
        { ...conditions({ ...ready, status: 'Unknown' }), metadata: { annotations } },
        conditions({ ...ready, reason: 'Ready' }),
      ];

      const { exitCode, said } = await waitFor(READY, server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 0);
          states.forEach(state => server.apply(CERTIFICATE, state));
        },
      });

      expect([exitCode, said]).toEqual([0, [
        'not there (yet)',
        'has no condition Ready (yet)',
        'Ready is False: DoesNotExist: no secret',
        'Ready is of generation 1, and not (yet) of 2',
        'Ready is of generation 2, and not (yet) of 3',
        'Ready is Unknown',
        'Ready is True: Ready',
      ].map(text => `Certificate web in other: ${text}, N s of 20 s`)]);
    }],
    ['events that come in pieces or together, bookmarks and long objects are read', async shell => {
      const server = await apiServer({ [JOB]: running });
      const long = { ...running, metadata: { annotations: { a: `"status":{"conditions":${'x\\"'.repeat(100_000)}` } } };
      const text = event('BOOKMARK', { kind: 'Job', metadata: { resourceVersion: '500' } }) + event('MODIFIED', long)
        + event('MODIFIED', job([], { active: 7 })) + event('MODIFIED', complete);
      const bytes = Buffer.from(text);

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 0);
          for (const [from, to] of [[0, 5], [5, 100], [100, bytes.length - 9], [bytes.length - 9, bytes.length]]) {
            server.send(JOB, bytes.subarray(from, to));
            await new Promise(resolve => setTimeout(resolve, 50));
          }
        },
      });

      expect([exitCode, said]).toEqual([0, [
        `${RUNNING}, N s of 20 s`,
        'Job migrate in shop: running: 7 active, 0 succeeded, 0 failed pods, N s of 20 s',
        'Job migrate in shop: complete, N s of 20 s',
      ]]);
    }],
    ['an object that changed before the events that a server still has is watched from now on', async shell => {
      const server = await apiServer({ [JOB]: running });
      const gone = status(410, 'too old resource version: 101 (54321)');
      server.instead = verb => (verb === 'watch' && server.requests.at(-1)!.includes(' from ')
        ? (_, response) => response.end(event('ERROR', gone))
        : undefined);

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 0);
          server.apply(JOB, complete);
        },
      });

      expect([exitCode, said, server.requests]).toEqual([0, [
        `${RUNNING}, N s of 20 s`,
        GONE,
        'Job migrate in shop: complete, N s of 20 s',
      ], [`get ${JOB}`, `watch ${JOB} from 101`, `get ${JOB}`, `watch ${JOB}`]]);
    }],
    ['a watch that a server refuses as too old is begun from now on', async shell => {
      const server = await apiServer({ [JOB]: running });
      server.instead = () => (server.requests.at(-1)!.includes(' from ') ? refusal(410, 'too old') : undefined);

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 0);
          server.apply(JOB, complete);
        },
      });

      expect([exitCode, said]).toEqual([0, [
        `${RUNNING}, N s of 20 s`,
        GONE,
        'Job migrate in shop: complete, N s of 20 s',
      ]]);
    }],
    ['variables of the image change nothing', async shell => {
      for (const value of ['9', 'x; exit 7', '']) {
        const server = await apiServer({ [JOB]: running, [CERTIFICATE]: job([{ type: 'Ready', status: 'True' }]) });
        const names = namesIn(waitingFor([COMPLETED, READY], server.port));

        const { exitCode, said } = await waitFor([COMPLETED, READY], server, shell, {
          env: Object.fromEntries(names.map(name => [name, value])),
          meanwhile: async ({ until }) => {
            await until(() => server.watches > 0);
            server.apply(JOB, complete);
          },
        });

        expect([exitCode, said.sort()]).toEqual([0, [
          'Certificate web in other: Ready is True, N s of 20 s',
          'Job migrate in shop: complete, N s of 20 s',
          `${RUNNING}, N s of 20 s`,
          'all met after N s',
        ]]);
      }
    }],
    ['a server that is busy or broken is said to be so, and asked again', async shell => {
      const server = await apiServer({ [JOB]: complete });
      server.instead = () => (server.requests.length === 1
        ? (_, response) => response.writeHead(429, { 'retry-after': '1' }).end('too many requests')
        : refusal(500, 'etcd has no leader'));

      const { exitCode, said } = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ logs }) => {
          await logs('500');
          server.instead = () => undefined;
        },
      });

      expect([exitCode, said]).toEqual([0, [
        'Job migrate in shop: status 429, N s of 20 s',
        'Job migrate in shop: status 500: etcd has no leader, N s of 20 s',
        'Job migrate in shop: complete, N s of 20 s',
      ]]);
    }],
    ['an answer that is no JSON is not taken for one', async shell => {
      const server = await apiServer();
      server.instead = () => (_, response) => response.end(`<html>\n${event('MODIFIED', complete)}`);

      expect(end(await waitFor(COMPLETED, server, shell, { timeout: 2 }))).toEqual({
        exitCode: 124,
        last: 'gave up: Job migrate in shop: the answer is no JSON; is this the API server?, N s of 2 s',
      });
    }],
    ['all conditions are waited for side by side, and each that is met is said once', async shell => {
      const server = await apiServer({ [JOB]: running });

      const { exitCode, said, message } = await waitFor([COMPLETED, READY], server, shell, {
        meanwhile: async ({ logs, until }) => {
          await until(() => server.watches > 1);
          server.apply(JOB, complete);
          await logs('complete');
          server.apply(CERTIFICATE, conditions({ type: 'Ready', status: 'True' }));
        },
      });

      expect([exitCode, said.slice(2), message]).toEqual([0, [
        'Job migrate in shop: complete, N s of 20 s',
        'Certificate web in other: Ready is True, N s of 20 s',
        'all met after N s',
      ], ['all met after N s']]);
    }],
    ['on the deadline each that is not met is in the termination message', async shell => {
      const server = await apiServer({ [JOB]: complete });
      const other = COMPLETED.replace('migrate', 'other');

      const { exitCode, message } = await waitFor([COMPLETED, READY, other], server, shell, { timeout: 3 });

      expect([exitCode, [...message].sort()]).toEqual([124, [
        'gave up: Certificate web in other: not there (yet), N s of 3 s',
        'gave up: Job other in shop: not there (yet), N s of 3 s',
      ]]);
    }],
    ['a Job that has failed ends a wait for several conditions at once', async shell => {
      const server = await apiServer({ [JOB]: running });

      const { exitCode, message } = await waitFor([READY, COMPLETED], server, shell, {
        meanwhile: async ({ until }) => {
          await until(() => server.watches > 1);
          server.apply(JOB, job([{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }]));
        },
      });

      expect([exitCode, message]).toEqual([1, ['Job migrate in shop: failed: DeadlineExceeded, N s of 20 s']]);
    }],
    ['TERM ends it within a second while it watches', async shell => {
      const server = await apiServer({ [JOB]: running });
      for (const conditionsToMeet of [[COMPLETED], [COMPLETED, READY]]) {
        const stopped = await waitFor(conditionsToMeet, server, shell, {
          meanwhile: async ({ until, signal }) => {
            await until(() => server.watches >= conditionsToMeet.length);
            signal('SIGTERM');
          },
        });

        expect(end(stopped)).toEqual({ exitCode: 143, last: 'stopped by a signal' });
        expect(stopped.seconds).toBeLessThan(1);
        server.cut();
      }
    }],
    ['the token is in no argument and in no log', async shell => {
      const server = await apiServer({ [JOB]: running });
      server.token = 'very-secret';
      let lines: string[] = [];

      const ended = await waitFor(COMPLETED, server, shell, {
        meanwhile: async ({ until, commandLines }) => {
          await until(() => server.watches > 0);
          lines = commandLines();
          server.apply(JOB, complete);
        },
      });

      expect([ended.exitCode, lines.filter(line => line.startsWith('curl -q'))]).toEqual([0, [expect.any(String)]]);
      expect([...lines, ...ended.lines].join('\n')).not.toContain('very-secret');
    }],
    ['no proxy of the image is asked', async shell => {
      const server = await apiServer({ [JOB]: complete });
      const proxy = `http://127.0.0.1:${await closedPort()}`;
      const env = { HTTPS_PROXY: proxy, https_proxy: proxy, ALL_PROXY: proxy };

      expect((await waitFor(COMPLETED, server, shell, { env })).exitCode).toBe(0);
    }],
    ['without what the kubelet sets it ends and says so', async shell => {
      const server = await apiServer();

      const nowhere = await waitFor(COMPLETED, server, shell, {
        env: { KUBERNETES_SERVICE_HOST: '', KUBERNETES_SERVICE_PORT: '' },
      });
      const nobody = await waitFor(COMPLETED, server, shell, { without: TOKEN });

      expect([nowhere, nobody].map(end)).toEqual([
        { exitCode: 2, last: 'no KUBERNETES_SERVICE_HOST: where is the API server?' },
        { exitCode: 2, last: `cannot read ${TOKEN}` },
      ]);
    }],
  ]);
}
