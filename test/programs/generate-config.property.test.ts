import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { FileSource } from '../../src';
import { inLab } from '../lab/container';
import { KINDS } from '../lab/images';
import { run } from '../lab/run';
import { withShells } from '../lab/shells';
import { configMap, generating } from '../lab/steps';

const NAMES = ['A', 'AB', 'A_1', '_x'];

/** What the documentation says, read from left to right. */
function generated(template: string, values: { [name: string]: string }): string {
  const placeholder = new RegExp(`([$]?)[$][{](${Object.keys(values).join('|')})(?::-([^}\\n]*))?[}]`, 'g');
  return template.replace(placeholder, (text: string, dollar: string, name: string, fallback: string = '') =>
    (dollar ? text.slice(1) : values[name] || fallback));
}

const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('${A}', '${AB}', '${A_1}', '${_x:-d}', '$${A}', '${A:-', '${B}', '${A:-\\&"}'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '$', '{', '}', ':-', '\n', '\\', '&', '"', '\'', '%', '`', '(', ')', '.', ' ', '\t', '\r', 'A', '_x', '\u0001',
      '\x7f',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }).map(each => each.replaceAll('\0', '')) },
);
const texts = fc.array(text, { maxLength: 30 }).map(list => list.join(''));

const SENTENCE = 'any template with any values becomes what the documentation says';

withShells(inLab ? KINDS : KINDS.slice(0, 1), [SENTENCE], shell => test(`in ${shell.name} ${SENTENCE}`, async () => {
  await fc.assert(fc.asyncProperty(texts, fc.tuple(texts, texts, texts, texts), async (template, list) => {
    const values = Object.fromEntries(NAMES.map((name, index) => [name, list[index]]));
    const variables = Object.fromEntries(NAMES.map(name => [name, kplus.EnvValue.fromValue(values[name])]));
    const container = generating({ template: FileSource.fromConfigMap(configMap, 'app.tpl'), variables });

    const { exitCode, files } = await run(container, shell, { files: { '/in/template/app.tpl': template } });

    expect({ exitCode, file: files['/out/app.conf'] }).toEqual({ exitCode: 0, file: generated(template, values) });
  }), { numRuns: 60 });
}, 60_000));
