import { findings, step } from './manifests';
import { linesOf, pod, wait } from './why/snapshots';
import { addressOf } from '../../src/cli/why/addresses';

/** URLs whose password has something that should have been encoded, and what is shown of them. */
const URLS = [
  ['http://me:zx/qv9@web:8080/a', 'http://web:8080/a'],
  ['http://me:zx/q@v9@web:8080/a', 'http://web:8080/a'],
  ['http://me:12/zxqv9@web/a', 'http://web/a'],
  ['http://me:zx?q#v9@web/a', 'http://web/a'],
  ['http://zx/qv9@web/a', 'http://web/a'],
  ['postgres://me:zx/qv9/@db:5432/shop?x=1', 'postgres://db:5432'],
  ['https://me:zxqv9@web/a', 'https://web/a'],
  ['https://zxqv9@web/a', 'https://web/a'],
  ['http://me:12/@web/a', 'http://me'],
] as const;

test.each(URLS)('of %s why shows %s', (url, shown) => {
  expect(addressOf(url)?.shown).toBe(shown);
});

test.each(URLS)('why draws nothing of the password of %s', url => {
  const drawn = linesOf({ pods: [pod('web', { step: wait('wait', url) })] }).join('\n');

  expect(drawn).not.toMatch(/zx|qv9|v9|12\/|:12/);
});

test.each([
  ['https://registry.npmjs.org/left-pad', 'https://registry.npmjs.org/left-pad', 'registry.npmjs.org'],
  ['http://registry:4873/@scope/pad', 'http://registry', 'registry'],
  ['https://web/mail?to=me@example.com', 'https://web/mail', 'web'],
])('of %s, where nobody asks by name, why shows %s', (url, shown, host) => {
  expect(addressOf(url)).toMatchObject({ shown, host });
});

test.each(URLS.slice(0, 6).map(([url]) => url))('check says nothing of the password of %s', url => {
  const said = findings(step(`until curl -f '${url}'; do sleep 1; done`, 'my-tools:1'));

  expect(said.map(({ rule }) => rule)).toContain('wait-without-limit');
  expect(JSON.stringify(said)).not.toMatch(/zx|v9|12\//);
});

test.each(URLS.slice(0, 4).map(([url]) => url))('check finds the password in %s', url => {
  expect(findings(step(`curl -f '${url}'`, 'my-tools:1'), 'password-in-arguments')).toHaveLength(1);
});

test.each([
  'http://nexus:8081/npm/pad@1.2.3.tgz',
  'https://unpkg.com/vue@3.2.1/dist/vue.js',
])('check takes the version in %s for no password, and leaves it in the remedy', url => {
  const said = findings(step(`until curl -f ${url}; do sleep 1; done`, 'my-tools:1'));

  expect(said.map(({ rule }) => rule)).not.toContain('password-in-arguments');
  expect(said.find(({ rule }) => rule === 'wait-without-limit')?.remedy).toContain(`'${url}'`);
});
