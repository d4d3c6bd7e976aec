/** Servers that answer in a protocol, or in none. */
import * as net from 'net';
import { started } from './servers';

export interface Talker {
  readonly port: number;
  /** What each client said before it ended. */
  readonly ended: Buffer[];
}

/** Writes this as soon as a client has said something, or at once; closes when the client has ended. */
export async function talker(answer: Buffer | string, { first = false } = {}): Promise<Talker> {
  const ended: Buffer[] = [];
  const bytes = typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer;
  const { port } = await started(net.createServer(socket => {
    const heard: Buffer[] = [];
    if (first) socket.write(bytes);
    else socket.once('data', () => void socket.write(bytes));
    socket.on('data', data => heard.push(data)).on('end', () => ended.push(Buffer.concat(heard)));
  }), 0);
  return { port, ended };
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

/** A message of Kafka: its length, the number of the request, its content. */
export function kafkaMessage(request: number, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 4, 0);
  head.writeUInt32BE(request, 4);
  return Buffer.concat([head, content]);
}

/** A message of MongoDB: its head, and a document of these fields. */
export function mongoMessage(fields: string): Buffer {
  const document = Buffer.from(fields, 'latin1');
  const head = Buffer.alloc(25);
  head.writeUInt32LE(document.length + 26, 0);
  head.writeUInt32LE(2013, 12);
  head.writeUInt32LE(document.length + 5, 21);
  return Buffer.concat([head, document, Buffer.alloc(1)]);
}

/** A frame of Cassandra. */
export function cassandraFrame(opcode: number, body: string): Buffer {
  const head = Buffer.from([0x84, 0, 0, 0, opcode, 0, 0, 0, body.length]);
  return Buffer.concat([head, Buffer.from(body, 'latin1')]);
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
