import * as fc from 'fast-check';
import { escapeForKubelet } from '../../src/private/step/escape-for-kubelet';
import { expand } from '../lab/expand';

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
])('for the kubelet, %s is written as %s', (text, written) => {
  expect(escapeForKubelet(text)).toBe(written);
});

test('the expansion that the tests use is the kubelet\'s', () => {
  const variables = { A: 'a' };

  expect(['$(A)', '$$(A)', '$(B)', '$$', '$', '$(A', '$é', '$(A)$(A)'].map(text => expand(text, variables)))
    .toEqual(['a', '$(A)', '$(B)', '$', '$', '$(A', '$Ã\uFFFD', 'aa']);
});

test('whatever is escaped for the kubelet reaches the program as it was', () => {
  const pieces = fc.constantFrom('$', '(', ')', 'A', 'B', ' ', '{', '}', 'é', '😀', '\n', '$(A)', '$$', '"');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 12 }).map(list => list.join('')), text => {
    expect(expand(escapeForKubelet(text), { A: 'expanded', B: 'expanded' })).toBe(text);
  }), { numRuns: 20_000 });
});
