import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const ALGORITHMS = { sha1, sha256 };

interface Hash {
  update(text: string): Hash;
  digest(encoding: 'hex'): string;
}

/** Hashes of texts: constructs takes SHA-1 for addresses, the library SHA-256. */
export function createHash(algorithm: keyof typeof ALGORITHMS): Hash {
  const state = ALGORITHMS[algorithm].create();
  const hash: Hash = {
    update(text) {
      state.update(utf8ToBytes(text));
      return hash;
    },
    digest: () => bytesToHex(state.digest()),
  };
  return hash;
}
