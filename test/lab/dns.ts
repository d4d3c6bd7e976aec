/** Name servers on loopback addresses of their own, each of which goes wrong in its way. */
import * as dgram from 'dgram';
import { decode, encode, type StringAnswer } from 'dns-packet';

/** What is known of a name: an IPv4 address, or how the server fails to say it. */
export type Record = string | 'SERVFAIL' | 'NO ANSWER';

export interface NameServer {
  readonly address: string;
  /** Full names without a final dot; a name that is not here does not exist, and none has an IPv6 address. */
  readonly names: { [name: string]: Record };
  close(): void;
}

const SERVFAIL = 2;
const NXDOMAIN = 3;
let last = 0;

function codeOf(known: Record | undefined): number {
  if (known === undefined) return NXDOMAIN;
  return known === 'SERVFAIL' ? SERVFAIL : 0;
}

export async function nameServer(names: { [name: string]: Record } = {}): Promise<NameServer> {
  const address = `127.${process.pid % 250 + 1}.53.${++last}`;
  const socket = dgram.createSocket('udp4');
  socket.on('message', (message, from) => {
    const { id, questions: [question] = [] } = decode(message);
    const known = names[question.name.toLowerCase()];
    if (known === 'NO ANSWER') return;
    const answers: StringAnswer[] = question.type === 'A' && known !== undefined && known !== 'SERVFAIL'
      ? [{ type: 'A', name: question.name, ttl: 0, data: known }] : [];
    const code = codeOf(known);
    socket.send(
      encode({ type: 'response', id, flags: 0x0180 + code, questions: [question], answers }),
      from.port,
      from.address,
    );
  });
  await new Promise<void>(resolve => socket.bind(53, address, resolve));
  return { address, names, close: () => socket.close() };
}
