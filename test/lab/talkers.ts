/** Servers that answer in a protocol, or in none. */
import * as net from 'net';
import { started } from './servers';

export interface Talker {
  readonly port: number;
  /** What each client said, in the order of the connections. */
  readonly heard: Buffer[];
}

/** Writes this as soon as a client has said something, or at once; closes when the client has ended. */
export async function talker(answer: Buffer | string, { first = false } = {}): Promise<Talker> {
  const heard: Buffer[] = [];
  const bytes = typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer;
  const { port } = await started(net.createServer(socket => {
    const index = heard.push(Buffer.alloc(0)) - 1;
    if (first) socket.write(bytes);
    else socket.once('data', () => void socket.write(bytes));
    socket.on('data', data => { heard[index] = Buffer.concat([heard[index], data]); });
  }), 0);
  return { port, heard };
}

/** A message of PostgreSQL: its type, its length, its fields. */
export function postgresMessage(type: string, body: Buffer | string): Buffer {
  const text = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length + 4);
  return Buffer.concat([Buffer.from(type), length, text]);
}

export function postgresError(code: string, message: string): Buffer {
  const fields = ['SFATAL', 'VFATAL', `C${code}`, `M${message}`, 'Fpostmaster.c', 'L2334', 'RProcessStartupPacket'];
  return postgresMessage('E', `${fields.join('\0')}\0\0`);
}

/** A packet of MySQL: its length, its number, its content. */
export function mysqlPacket(content: string): Buffer {
  const bytes = Buffer.from(content, 'latin1');
  const head = Buffer.alloc(4);
  head.writeUIntLE(bytes.length, 0, 3);
  return Buffer.concat([head, bytes]);
}

export function mysqlError(code: number, message: string): Buffer {
  return mysqlPacket(`\xff${String.fromCharCode(code % 256, Math.floor(code / 256))}${message}`);
}
