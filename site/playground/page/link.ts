/** Texts in the part of an address behind its #, which browsers keep to themselves. */

async function through(bytes: Blob, stream: GenericTransformStream): Promise<Response> {
  return new Response(bytes.stream().pipeThrough(stream as ReadableWritablePair));
}

/** The text, compressed, of letters that an address may have. */
export async function packed(text: string): Promise<string> {
  const response = await through(new Blob([text]), new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await response.arrayBuffer());
  const letters = Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** The text again, or nothing where an address was cut or mistyped. */
export async function unpacked(address: string): Promise<string | undefined> {
  try {
    const letters = atob(address.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(letters, letter => letter.charCodeAt(0));
    const response = await through(new Blob([bytes]), new DecompressionStream('deflate-raw'));
    return await response.text();
  } catch {
    return undefined;
  }
}
