/** The check of MongoDB beside FerretDB, which speaks its protocol. */
import { existsSync } from 'fs';
import { join } from 'path';
import { answerAt, isUp, withServerIfThere } from './asking';
import { folderFor, MADE, Server, stopServersAfterwards } from './server';
import { AppProtocol } from '../../src';
import { closedPort, closeServersAfterwards, httpServer, status } from '../lab/servers';

closeServersAfterwards();
stopServersAfterwards();

const PROGRAM = join(MADE, 'ferretdb');
const ask = (port: number) => answerAt(port, AppProtocol.MONGODB);

withServerIfThere('FerretDB', existsSync(PROGRAM) ? PROGRAM : undefined, program => {
  test('it is up when it is a primary; not before, nor stopped in its tracks', async () => {
    const [folder, port] = [folderFor(), await closedPort()];

    expect(await ask(port)).toBe('connection refused or no route');
    const server = new Server(folder, [program, `127.0.0.1:${port}`, folder]);
    await isUp(port, AppProtocol.MONGODB);

    server.signal('SIGSTOP');
    expect(await ask(port)).toMatch(/^accepted, but no answer in \S+ s$/);
  });

  test('a server of http is none', async () => {
    const { port } = await httpServer(status(200));

    expect(await ask(port)).toBe('speaks something else: HTTP?');
  });
});

test.skip('not run, because no registry has MongoDB itself: its states', () => undefined);
