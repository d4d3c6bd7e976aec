/** Name servers on loopback addresses of their own, each of which goes wrong in its way. */
import * as dgram from 'dgram';
import { isIP } from 'net';
import { decode, encode, type SoaAnswer, type StringAnswer } from 'dns-packet';

/** What is known of a name: its addresses, or how the server fails to say it. */
export type Record = string | readonly string[] | 'SERVFAIL' | 'NO ANSWER';

/** In a list of addresses: whoever asks for IPv6 addresses gets no answer. */
export const NO_ANSWER_FOR_IPV6 = 'NO ANSWER FOR IPV6';

export interface NameServer {
  readonly address: string;
  /** Full names without a final dot; a name that is not here does not exist. */
  readonly names: { [name: string]: Record };
  /** The questions so far, each as `TYPE name`. */
  readonly questions: string[];
  close(): void;
}

const SERVFAIL = 2;
const NXDOMAIN = 3;
let last = 0;

function codeOf(known: Record | undefined): number {
  if (known === undefined) return NXDOMAIN;
  return known === 'SERVFAIL' ? SERVFAIL : 0;
}

function addressesOf(known: Record | undefined, type: string): string[] {
  return [known ?? []].flat().filter(address => isIP(address) === { A: 4, AAAA: 6 }[type]);
}

/** An address for one more name server. */
export function nameServerAddress(): string {
  return `127.${process.pid % 250 + 1}.53.${++last}`;
}

/** What says that there is no answer, and for how many seconds a cache may remember that. */
function denial(ttl: number): SoaAnswer {
  const serial = { serial: 1, refresh: 7200, retry: 1800, expire: 86400, minimum: ttl };
  return { type: 'SOA', name: 'cluster.local', ttl, data: { mname: 'ns.cluster.local', rname: 'root', ...serial } };
}

/** With a `denialTtl` (in seconds) it says for how long a cache may remember that a name has no address. */
export async function nameServer(
  names: { [name: string]: Record } = {}, { denialTtl }: { readonly denialTtl?: number } = {},
): Promise<NameServer> {
  const address = nameServerAddress();
  const socket = dgram.createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, from) => {
    const { id, questions: [question] = [] } = decode(message);
    asked.push(`${question.type} ${question.name}`);
    const known = names[question.name.toLowerCase()];
    if (known === 'NO ANSWER') return;
    if (question.type === 'AAAA' && known?.includes(NO_ANSWER_FOR_IPV6)) return;
    const answers = addressesOf(known, question.type).map((data): StringAnswer =>
      ({ type: question.type as 'A' | 'AAAA', name: question.name, ttl: 0, data }));
    const authorities = denialTtl === undefined || answers.length > 0 ? [] : [denial(denialTtl)];
    socket.send(
      encode({ type: 'response', id, flags: 0x0180 + codeOf(known), questions: [question], answers, authorities }),
      from.port,
      from.address,
    );
  });
  await new Promise<void>(resolve => socket.bind(53, address, resolve));
  return { address, names, questions: asked, close: () => socket.close() };
}
