import { Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FileSource, GenerateConfig, InitStep, type InitStepProps } from '../../src';
import { testRefusals } from '../refusals';
import { deployment } from '../workload';

const step = (props: InitStepProps) => new InitStep(deployment(), 'step', { command: ['true'], ...props });
const fromConfigMap = 'or put the text into a ConfigMap and use FileSource.fromConfigMap';
const noCharacter = (prop: string, character: string) =>
  `'${prop}' must hold no character that kubectl cannot read in YAML, got ${character}; remove it, ${fromConfigMap}`;
const noTab = (prop: string, text: string) =>
  `'${prop}' must not begin with a tab, which kubectl cannot read in YAML, got ${text}; `
  + 'indent with spaces, or use FileSource.fromConfigMap';

test.each([
  ['DEL', '\x7f', 'U+007F'],
  ['a C1 control', 'a\x9bb', 'U+009B'],
  ['the next line of EBCDIC', 'a\x85\nb', 'U+0085'],
  ['a line separator', 'a\u2028b', 'U+2028'],
  ['a paragraph separator', '\u2029', 'U+2029'],
  ['what is no character', '\uffff', 'U+FFFF'],
  ['the first half of a surrogate pair', 'a\ud83d', 'U+D83D'],
  ['the second half of a surrogate pair', '\ude00a\n', 'U+DE00'],
])('a text with %s is refused wherever it may stand', (_, text, character) => {
  const at = '[shop/web/step]';
  expect(() => step({ command: [text] })).toThrow(new Error(`InitStep: ${noCharacter('command', character)} ${at}`));
  expect(() => step({ args: ['x', text] })).toThrow(new Error(`InitStep: ${noCharacter('args', character)} ${at}`));
  expect(() => step({ env: { NAME: kplus.EnvValue.fromValue(text) } }))
    .toThrow(new Error(`InitStep: ${noCharacter('env.NAME', character)} ${at}`));
  expect(() => FileSource.inline(text)).toThrow(new Error(`FileSource: ${noCharacter('text', character)}`));
});

test('a variable of a template is read, too', () => {
  const template = FileSource.inline('${NAME}');
  const variables = { NAME: kplus.EnvValue.fromValue('\u2028') };

  expect(() => new GenerateConfig(deployment(), 'generate', { template, variables }))
    .toThrow(new Error(`GenerateConfig: ${noCharacter('env.var_NAME', 'U+2028')} [shop/web/generate]`));
});

test.each([
  ['in its first line', '\tlisten 80;\n}'],
  ['in its second line, the first being empty', '\n\tlisten 80;\n\troot /;\n'],
  ['after more empty lines', '\n\n\t\n\n  listen 80;'],
])('a text that begins with a tab %s is refused', (_, text) => {
  expect(() => FileSource.inline(text)).toThrow(new Error(
    `FileSource: ${noTab('text', JSON.stringify(text.trimEnd()))}`));
});

test.each([
  ['a single line', '\tlisten 80;'],
  ['a last line of blanks', '\n\tlisten 80;\n\t'],
  ['line breaks of Windows', '\tlisten 80;\r\n'],
  ['nothing but blanks', '\t\n\t\n'],
])('a text that begins with a tab is taken when it has %s: cdk8s writes it in quotes', (_, text) => {
  expect(() => FileSource.inline(text)).not.toThrow();
  expect(Yaml.stringify([text])).toMatch(/^- "|^- \|/);
});

test.each(['é', '😀', '\u00a0', '\ufeffx', '\x1b[1m', 'a\tb\n\tc\n', '  indented\nless\n', '\u200b'])(
  'the text %j is taken', text => {
    expect(() => step({ command: [text], args: [text] })).not.toThrow();
    expect(() => FileSource.inline(text)).not.toThrow();
  });

test.each(['0o644', '-0O17', '+0o7', '0X1F', '0B1'])('%s is refused, because kubectl would read a number', text => {
  expect(() => step({ args: [text] })).toThrow(new Error(
    "InitStep: 'args' must not look like a number in another base, which kubectl writes in decimal, "
    + `got "${text}"; write it otherwise, e.g. 0644 for 0o644 [shop/web/step]`));
});

const texts = ['0644', '0x1f', '0o8', '0o', '1e3', 'on', '0o644 file'];
test.each(texts)('%s is taken, because kubectl reads a text', text => {
  expect(() => step({ args: [text] })).not.toThrow();
});

testRefusals('InitStep', ['command', 'args'].map(prop => [
  `more than the kernel takes in ${prop}`,
  () => step({ [prop]: ['x', 'é'.repeat(64 * 1024)] }),
  `InitStep: '${prop}' must fit into 128 KiB each, got 131073 bytes; `
    + 'put a longer text into a ConfigMap and mount it with reads [shop/web/step]',
]));

test('an argument of as many bytes as the kernel takes is taken', () => {
  expect(() => step({ args: ['x'.repeat(128 * 1024 - 1)] })).not.toThrow();
});
