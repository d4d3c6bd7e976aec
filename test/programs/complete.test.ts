/** What is made by hand for each program is there for each. */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { commandsOf, functionsOf, readBy, setBy } from './commands';
import { VARIANTS } from './variants';
import * as programs from '../../src/programs';

const ROOT = join(__dirname, '../..');
const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

test('each program that can be composed is among the variants that are checked', () => {
  const checked = VARIANTS.map(([, text]) => /^# cdk8s-init-containers (\S+)/.exec(text)![1]);

  expect([...new Set(checked)].sort()).toEqual(Object.keys(programs).map(kebab).sort());
});

test('each program defines the functions that it calls, and sets the variables that it reads', () => {
  const known = new Set(VARIANTS.flatMap(([, text]) => functionsOf(text)));
  const lacking = VARIANTS.flatMap(([name, text]) => {
    const [defined, set] = [functionsOf(text), setBy(text)];
    return [
      ...commandsOf(text).filter(word => known.has(word) && !defined.includes(word)),
      ...readBy(text).filter(word => !set.includes(word)).map(word => `$${word}`),
    ].map(word => `${name}: ${word}`);
  });

  expect(lacking).toEqual([]);
});

test('each variable that a step of the examples writes is explained in docs/debugging.md', () => {
  const golden = join(ROOT, 'test/golden');
  const yaml = readdirSync(golden).map(name => readFileSync(join(golden, name), 'utf8')).join('');
  const written = [...yaml.matchAll(/- name: (step_[a-z_0-9]+)/g)].map(([, name]) =>
    name.replace(/_\d+(?=_file$|$)/, ''));
  const explained = readFileSync(join(ROOT, 'docs/debugging.md'), 'utf8');

  expect([...new Set(written)].filter(name => !explained.includes(`\`${name}\``))).toEqual([]);
});
