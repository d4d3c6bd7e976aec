/** Name servers on loopback addresses of their own, each of which goes wrong in its way. */
import * as dgram from 'dgram';
import * as net from 'net';
import { decode, encode, type SoaAnswer } from 'dns-packet';

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

/** Of an answer over UDP, without what resolvers of our images do not ask for. */
const MOST_BYTES = 512;
/** The length of what is before the question. */
const HEAD = 12;
/** A bit of the third byte. */
const TRUNCATED = 2;
const SERVFAIL = 2;
const NXDOMAIN = 3;
let last = 0;

function codeOf(known: Record | undefined): number {
  if (known === undefined) return NXDOMAIN;
  return known === 'SERVFAIL' ? SERVFAIL : 0;
}

function addressesOf(known: Record | undefined, type: string): string[] {
  return [known ?? []].flat().filter(address => net.isIP(address) === { A: 4, AAAA: 6 }[type]);
}

/** An answer that refers to the name in the question, as name servers save room. */
function record(type: 'A' | 'AAAA', data: string): Buffer {
  const whole = encode({ type: 'response', answers: [{ type, name: '', ttl: 0, data }] });
  return Buffer.concat([Buffer.from([0xc0, HEAD]), whole.subarray(HEAD + 1)]);
}

/** The answers that there is room for; where some have none, it says so. */
function withAnswers(head: Buffer, answers: Buffer[], room = 65535): Buffer {
  const fitting = answers.slice(0, Math.floor((room - head.length) / (answers[0]?.length ?? 1)));
  head.writeUInt16BE(fitting.length, 6);
  if (fitting.length < answers.length) head[2] += TRUNCATED;
  return Buffer.concat([head, ...fitting]);
}

/** A message as it comes over TCP. */
function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** What a name server answers from. */
interface Knowledge {
  readonly names: NameServer['names'];
  /** For so many seconds a cache may remember that a name has no address; by default it may not. */
  readonly denialTtl?: number;
}

/** What says that there is no answer, and for how many seconds a cache may remember that. */
function denial(ttl: number): SoaAnswer {
  const serial = { serial: 1, refresh: 7200, retry: 1800, expire: 86400, minimum: ttl };
  return { type: 'SOA', name: 'cluster.local', ttl, data: { mname: 'ns.cluster.local', rname: 'root', ...serial } };
}

/** What is answered: undefined is nothing, for ever. */
function answer(
  { names, denialTtl }: Knowledge, message: Buffer, questions: string[], room?: number,
): Buffer | undefined {
  const { id, questions: [question] = [] } = decode(message);
  questions.push(`${question.type} ${question.name}`);
  const known = names[question.name.toLowerCase()];
  if (known === 'NO ANSWER') return undefined;
  if (question.type === 'AAAA' && known?.includes(NO_ANSWER_FOR_IPV6)) return undefined;
  const type = question.type as 'A' | 'AAAA';
  const addresses = addressesOf(known, type);
  const authorities = denialTtl === undefined || addresses.length > 0 ? [] : [denial(denialTtl)];
  const head = encode({ type: 'response', id, flags: 0x0180 + codeOf(known), questions: [question], authorities });
  return withAnswers(head, addresses.map(data => record(type, data)), room);
}

/** What it answers where it is asked over TCP. */
function overTcp(knowledge: Knowledge, questions: string[]): net.Server {
  return net.createServer(connection => connection.on('error', () => undefined).on('data', messages => {
    for (let rest = messages; rest.length > 2; rest = rest.subarray(2 + rest.readUInt16BE())) {
      const said = answer(knowledge, rest.subarray(2), questions);
      if (said) connection.write(withLength(said));
    }
  }));
}

/** An address for one more name server. */
export function nameServerAddress(): string {
  last += 1;
  return `127.${process.pid % 250 + 1}.${53 + Math.floor(last / 250)}.${last % 250 + 1}`;
}

/** Starts one that knows these names; what is added to them is known from then on. */
export async function nameServer(
  names: NameServer['names'] = {}, { denialTtl }: Pick<Knowledge, 'denialTtl'> = {},
): Promise<NameServer> {
  const knowledge = { names, denialTtl };
  const address = nameServerAddress();
  const socket = dgram.createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, from) => {
    const said = answer(knowledge, message, asked, MOST_BYTES);
    if (said) socket.send(said, from.port, from.address);
  });
  const server = overTcp(knowledge, asked);
  await new Promise<void>((resolve, reject) => socket.on('error', reject).bind(53, address, resolve));
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(53, address, resolve));
  return { address, names, questions: asked, close: () => { socket.close(); server.close(); } };
}
