import * as fc from 'fast-check';
import { run } from '../lab/run';
import { closeServersAfterwards, httpServer, redirect, status, truncated, type Answer } from '../lab/servers';
import { inEveryContainer } from '../lab/shells';
import { downloading } from '../lab/steps';

closeServersAfterwards();

const FILE = '/out/app.json';
const BODY = 'whole\n'.repeat(100);

/** What a server may do, and what comes of it: another attempt, the file, or how the last line ends. */
const FAULTS: { [name: string]: readonly [answer: Answer, outcome: 'again' | 'whole' | RegExp] } = {
  'whole': [status(200, BODY), 'whole'],
  'without a length': [
    request => void request.socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${BODY}`),
    /: is it whole\? It tells no length; give sha256$/,
  ],
  'empty': [status(200), /: the answer is empty$/],
  'whole, in pieces': [(_, response) => response.write(BODY.slice(0, 50), () => response.end(BODY.slice(50))), 'whole'],
  'busy': [status(503, 'later'), 'again'],
  'too many requests': [status(429, BODY), 'again'],
  'truncated': [truncated(Buffer.from(BODY)), 'again'],
  'lost at once': [request => request.socket.destroy(), 'again'],
  'lost after the head': [
    (_, response) => { response.writeHead(200).flushHeaders(); setTimeout(() => response.destroy(), 10); }, 'again',
  ],
  'not there': [status(404, BODY), /: status 404$/],
  'forbidden': [status(403), /: status 403$/],
  'no content': [status(204), /: status 204$/],
  'too large': [status(200, 'x'.repeat(11 * 1024 * 1024)), /: larger than 10485760 bytes$/],
  'to another scheme': [redirect('ftp://127.0.0.1/'), /: curl: \(1\) Protocol /],
  'not HTTP': [request => request.socket.end('what?\r\n\r\n'), /: curl: \(1\) Received HTTP\/0\.9 when not allowed$/],
};

inEveryContainer([
  ['whatever a server does, in whatever order, the file is whole or the failure is named', async shell => {
    const orders = fc.array(fc.constantFrom(...Object.keys(FAULTS)), { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(orders, fc.boolean(), async (faults, before) => {
      const order = [...faults, 'whole'];
      const outcomes = order.map(fault => FAULTS[fault][1]);
      const last = outcomes.findIndex(outcome => outcome !== 'again');
      const outcome = outcomes[last];
      const { url, requests } = await httpServer(order.map(fault => FAULTS[fault][0]));
      const old: { [path: string]: string } = before ? { [FILE]: 'old' } : {};

      const result = await run(downloading({ url }), shell, { files: old });

      expect({ exitCode: result.exitCode, files: result.files, requests: requests.length })
        .toEqual({
          exitCode: outcome === 'whole' ? 0 : 1,
          files: outcome === 'whole' ? { [FILE]: BODY } : old,
          requests: last + 1,
        });
      expect(result.last).toMatch(outcome === 'whole' ? /^downloaded / : outcome);
    }), { numRuns: 20 });
  }],
]);
