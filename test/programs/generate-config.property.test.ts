import * as fc from 'fast-check';
import { FileSource } from '../../src';
import { inLab } from '../lab/container';
import { KINDS } from '../lab/images';
import { run } from '../lab/run';
import { withShells } from '../lab/shells';
import { configMap, generating, secret } from '../lab/steps';

const NAMES = ['A', 'AB', 'A_1', '_x'];

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
const escaped = (character: string) =>
  (character < ' ' ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : `\\${character}`);

const ENCODINGS: { [name: string]: (value: string) => string } = {
  json: value => `"${value.replace(/["\\\u0000-\u001f]/g, escaped)}"`,
  url: value => encodeURIComponent(value).replace(/[!'()*]/g, percent),
  base64: value => Buffer.from(value).toString('base64'),
};

/** What the documentation says, read from left to right. */
function generated(template: string, values: { [name: string]: string }): string {
  const declared = `(${NAMES.join('|')})(?:[|](${Object.keys(ENCODINGS).join('|')}))?(?::-([^}\\n]*))?`;
  const undeclared = '[A-Za-z_][A-Za-z0-9_]*(?:[|][a-z0-9]+)?(?::-(?:(?![$][{])[^}\\n])*)?';
  const placeholder = new RegExp(`([$]?)[$][{](?:${declared}|${undeclared})[}]`, 'g');
  return template.replace(placeholder, (whole, dollar: string, name?: string, encoding?: string, fallback = '') => {
    if (dollar) return whole.slice(1);
    if (name === undefined) return whole;
    const value = values[name] || fallback;
    return encoding === undefined ? value : ENCODINGS[encoding](value);
  });
}

const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '${A}', '${AB}', '${A_1}', '${_x:-d}', '$${A}', '${A:-', '${B}', '$${B}', '$${B:-x}', '${A:-\\&"}',
      '${A|json}', '${AB|url}', '${_x|base64:-d}',
    ),
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
    fc.pre(!/[$][{](A|AB|A_1|_x)[|](?!(json|url|base64)(}|:-))/.test(template));
    const values = Object.fromEntries(NAMES.map((name, index) => [name, list[index]]));
    const variables = Object.fromEntries(NAMES.map(name => [name, secret(name)]));
    const container = generating({ template: FileSource.fromConfigMap(configMap, 'app.tpl'), variables });

    const { exitCode, files } = await run(container, shell, { secrets: values, files: { '/in/template': template } });

    expect({ exitCode, file: files['/out/app.conf'] }).toEqual({ exitCode: 0, file: generated(template, values) });
  }), { numRuns: 60 });
}, 60_000));
