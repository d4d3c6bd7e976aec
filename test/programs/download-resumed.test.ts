/** Downloads that break off, and go on where they stopped. */
import { createHash } from 'crypto';
import { Duration, Size } from 'cdk8s';
import { Volume } from 'cdk8s-plus-28';
import { run, type Run } from '../lab/run';
import {
  closeServersAfterwards, httpServer, ranges, redirect, status, type Server,
} from '../lab/servers';
import { inEveryShell } from '../lab/shells';
import { downloading } from '../lab/steps';

closeServersAfterwards();

const FILE = '/out/app.json';
const BODY = Buffer.from('0123456789'.repeat(1000));
const SUM = createHash('sha256').update(BODY).digest('hex');
const OTHER_SUM = 'b'.repeat(64);
const POD = '00000000-0000-0000-0000-000000000001';
const NEIGHBOUR = '00000000-0000-0000-0000-000000000002';
const part = (pod = POD, sum = SUM, step = 'download') => `/out/.init.${pod}.${step}.${sum}.part`;
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });
const asked = ({ requests }: Server) => requests.map(({ headers }) => headers.range);
const begun = BODY.toString().slice(0, 4000);
const done = (url: string) => ({
  exitCode: 0,
  last: `downloaded ${url}: ${BODY.length} bytes, sha256 ${SUM}`,
  files: { [FILE]: BODY.toString() },
});
const get = (url: string) => downloading({ url, sha256: SUM, maxSize: Size.kibibytes(10) });

inEveryShell([
  ['a connection that breaks is continued where it stopped', async shell => {
    const server = await httpServer(ranges(BODY, { breaksAfter: [8000, 500] }));

    expect(end(await run(get(server.url), shell))).toEqual(done(server.url));
    expect(asked(server)).toEqual([undefined, 'bytes=8000-', 'bytes=8500-']);
  }],
]);
