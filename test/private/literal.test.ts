import * as fc from 'fast-check';
import { literal } from '../../src/private/literal';

/** The kubelet's expansion, byte by byte as in k8s.io/kubernetes/third_party/forked/golang/expansion. */
function expand(text: string, variables: { [name: string]: string }): string {
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
        out += name in variables ? variables[name] : `$(${name})`;
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

test.each([
  ['plain text', 'plain text'],
  ['${PORT} and $host', '${PORT} and $host'],
  ['$(NAME)', '$$(NAME)'],
  ['$$', '$$$'],
  ['$$(NAME)', '$$$$(NAME)'],
  ['$é', '$$é'],
  ['5$', '5$'],
  ['$(command with words)', '$(command with words)'],
  ['${Token[TOKEN.7]}', '${Token[TOKEN.7]}'],
])('%s is written as %s', (text, written) => {
  expect(literal(text)).toBe(written);
});

test('the expansion that the tests use is the kubelet\'s', () => {
  const variables = { A: 'a' };

  expect(['$(A)', '$$(A)', '$(B)', '$$', '$', '$(A', '$é', '$(A)$(A)'].map(text => expand(text, variables)))
    .toEqual(['a', '$(A)', '$(B)', '$', '$', '$(A', '$Ã\uFFFD', 'aa']);
});

test('whatever is written reaches the program as it is', () => {
  const pieces = fc.constantFrom('$', '(', ')', 'A', 'B', ' ', '{', '}', 'é', '😀', '\n', '$(A)', '$$', '"');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 12 }).map(list => list.join('')), text => {
    expect(expand(literal(text), { A: 'expanded', B: 'expanded' })).toBe(text);
  }), { numRuns: 20_000 });
});
