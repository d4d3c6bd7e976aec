/** Archives, also such as no tool makes. */
import { gzipSync } from 'zlib';

/** What stands in an archive. */
export interface Member {
  readonly name: string;
  readonly text?: string;
  readonly mode?: number;
  readonly type?: keyof typeof TYPES;
  /** Where a link leads. */
  readonly to?: string;
}

const TYPES = { file: '0', hardlink: '1', link: '2', device: '3', folder: '5', fifo: '6' };
const BLOCK = 512;

/** A tar of the members. */
export function tar(...members: Member[]): Buffer {
  const blocks = members.flatMap(member => [header(member), padded(member.text ?? '')]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

export function tarGz(...members: Member[]): Buffer {
  return gzipSync(tar(...members));
}

function header({ name, text = '', mode = 0o644, type = 'file', to = '' }: Member): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(name, 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(Buffer.byteLength(text), 12), 124);
  block.write(octal(1_000_000_000, 12), 136);
  block.write('        ', 148);
  block.write(TYPES[type], 156);
  block.write(to, 157);
  block.write('ustar\x0000', 257);
  block.write(octal(1, 8), 329);
  block.write(octal(3, 8), 337);
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function padded(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - bytes.length % BLOCK) % BLOCK)]);
}

/** A zip of the members, in which nothing is compressed. */
export function zip(...members: Member[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, text = '', to, mode = 0o644, type = 'file' } of members) {
    const body = Buffer.from(to ?? text);
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(crc32(body), 0);
    sizes.writeUInt32LE(body.length, 4);
    sizes.writeUInt32LE(body.length, 8);
    sizes.writeUInt16LE(Buffer.byteLength(name), 12);
    const start = Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), start, sizes, Buffer.from(name), body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((type === 'link' ? 0o120000 : 0o100000) + mode) * 65536, 6);
    rest.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([10, 3]); // Unix
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, start, sizes, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** It stands at the end of whatever gzip makes. */
function crc32(bytes: Buffer): number {
  const zipped = gzipSync(bytes);
  return zipped.readUInt32LE(zipped.length - 8);
}
