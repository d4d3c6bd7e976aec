/** The kubelet's expansion, byte by byte as in k8s.io/kubernetes/third_party/forked/golang/expansion. */
export function expand(text: string, variables: { [name: string]: string }): string {
  const input = Buffer.from(text);
  let out = '';
  let checkpoint = 0;
  const latin = (from: number, to: number) => input.subarray(from, to).toString('latin1');
  for (let cursor = 0; cursor < input.length; cursor++) {
    if (input[cursor] !== 0x24 || cursor + 1 >= input.length) continue;
    out += latin(checkpoint, cursor);
    const next = latin(cursor + 1, cursor + 2);
    let advance = 1;
    if (next === '$') {
      out += '$';
    } else if (next === '(') {
      const end = input.indexOf(0x29, cursor + 2);
      if (end < 0) {
        out += '$(';
      } else {
        const name = latin(cursor + 2, end);
        out += name in variables ? Buffer.from(variables[name]).toString('latin1') : `$(${name})`;
        advance = end - cursor;
      }
    } else {
      // Go turns the one byte into a character: this is what tears a character of several bytes apart.
      out += `$${Buffer.from(next).toString('latin1')}`;
    }
    cursor += advance;
    checkpoint = cursor + 1;
  }
  return Buffer.from(out + latin(checkpoint, input.length), 'latin1').toString();
}
