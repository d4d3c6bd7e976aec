import { Duration, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import { RunAs, SharedDirectory } from '../../src';
import { SHARED_FILE } from '../../src/private/pod/kinds';
import { Attached } from '../../src/private/values/attached';
import {
  checkKind, checkKinds, listOf, mapOf, memberOf, objectOf, required, type Kind,
} from '../../src/private/values/kind';
import {
  CONSTRUCT, DURATION, ENV_VALUE, FLAG, NUMBER, RESOURCES, SIZE, STORAGE, TEXT,
} from '../../src/private/values/kinds';
import { RUN_AS } from '../../src/private/values/user';
import { deployment } from '../workload';

const place = { of: 'Step', path: 'shop/web/step' };
const checked = (kind: Kind, value: unknown) => () => checkKind(place, 'prop', kind, value);
const refusal = (what: string) => new Error(`Step: 'prop${what} [shop/web/step]`);

const web = deployment();
const directory = new SharedDirectory(web, 'files');
const file = directory.file('a');

test.each<[string, Kind, unknown]>([
  ['a text', TEXT, ''],
  ['a number', NUMBER, 0],
  ['a flag', FLAG, false],
  ['a construct', CONSTRUCT, web],
  ['a Duration', DURATION, Duration.seconds(0)],
  ['a Size', SIZE, Size.kibibytes(0)],
  ['an EnvValue', ENV_VALUE, kplus.EnvValue.fromValue('x')],
  ['an EnvValue of a Lazy', ENV_VALUE, kplus.EnvValue.fromValue(Lazy.any({ produce: () => 'x' }))],
  ['an EnvValue of another version', ENV_VALUE, kplus33.EnvValue.fromProcess('PATH')],
  ['a shared directory as storage', STORAGE, directory],
  ['a volume of another version as storage', STORAGE, kplus33.Volume.fromEmptyDir(web, 'v', 'v')],
  ['a user', RUN_AS, RunAs.inherited()],
  ['a shared file', SHARED_FILE, file],
  ['a member of an enum', memberOf(kplus.EmptyDirMedium), kplus.EmptyDirMedium.MEMORY],
  ['no resources', RESOURCES, {}],
  ['some resources', RESOURCES, { cpu: { limit: kplus.Cpu.units(1) }, memory: { request: Size.mebibytes(1) } }],
  ['resources with properties that are left out', RESOURCES, { cpu: undefined, memory: { limit: undefined } }],
  ['a list', listOf(TEXT), ['a', 'b']],
  ['an empty list', listOf(TEXT), []],
  ['a map', mapOf(ENV_VALUE), { A: kplus.EnvValue.fromValue('x'), B: undefined }],
  ['what is left out', TEXT, undefined],
  ['null', TEXT, null],
])('%s is taken where it belongs', (_, kind, value) => {
  expect(checked(kind, value)).not.toThrow();
});

test.each<[string, Kind, unknown, string]>([
  ['a number', TEXT, 5, "' must be a text, got 5; write '5'"],
  ['a function', TEXT, () => 'x', "' must be a text, got a function"],
  ['a Lazy', TEXT, Lazy.any({ produce: () => 'x' }),
    "' must be a text, got an object of class Lazy; give its value, which must be known now"],
  ['a text', NUMBER, '5', "' must be a number, got \"5\"; write 5"],
  ['a word', NUMBER, 'five', "' must be a number, got \"five\""],
  ['a text', FLAG, 'yes', "' must be true or false, got \"yes\""],
  ['a text', CONSTRUCT, 'web', "' must be a construct, got \"web\"; if it comes from find(), nothing was found"],
  ['an object', CONSTRUCT, {}, "' must be a construct, got an object"],
  ['a number', DURATION, 30, "' must be a Duration, got 30; write Duration.seconds(30)"],
  ['a Size', DURATION, Size.mebibytes(1),
    "' must be a Duration, got an object of class Size; write Duration.seconds(...)"],
  ['a text', SIZE, '64Mi', "' must be a Size, got \"64Mi\"; write Size.mebibytes(...)"],
  ['a text', ENV_VALUE, 'x', "' must be an EnvValue, got \"x\"; write EnvValue.fromValue(\"x\")"],
  ['an EnvValue of a number', ENV_VALUE, kplus.EnvValue.fromValue(80 as any),
    ".value' must be a text, got 80; write EnvValue.fromValue(\"80\")"],
  ['a path', STORAGE, '/data', "' must be a SharedDirectory or a Volume, got \"/data\""],
  ['a number', RUN_AS, 1000,
    "' must be a RunAs, got 1000; write RunAs.user(1000) or RunAs.inherited()"],
  ['an object', RUN_AS, { uid: 1000 },
    "' must be a RunAs, got an object; write RunAs.user(1000, 1000) or RunAs.inherited()"],
  ['its directory', SHARED_FILE, directory,
    "' must be a SharedFile, got an object of class SharedDirectory; "
      + "write directory.file('name'), or take the file of a step"],
  ['the name of a member', memberOf(kplus.EmptyDirMedium), 'MEMORY', "' must be one of \"\", Memory, got \"MEMORY\""],
  ['resources of plain texts', RESOURCES, { memory: { limit: '64Mi' } },
    ".memory.limit' must be a Size, got \"64Mi\"; write Size.mebibytes(...)"],
  ['a Duration', RESOURCES, { cpu: { request: Duration.seconds(1) } },
    ".cpu.request' must be a Cpu, got an object of class Duration; write Cpu.millis(...)"],
  ['one of its kind', listOf(TEXT), 'a', "' must be a list of texts, got \"a\"; write it in brackets: [...]"],
  ['another thing', listOf(TEXT), true, "' must be a list of texts, got true"],
  ['a list with another thing', listOf(DURATION), [Duration.seconds(1), 5],
    "' must hold Durations, got 5; write Duration.seconds(5)"],
  ['a list of lists', listOf(TEXT), [['a']], "' must hold texts, got a list"],
  ['a list with nothing', listOf(TEXT), ['a', null], "' must hold texts, got nothing"],
  ['a list with an object that lacks something', listOf(objectOf({ name: required(TEXT) })), [{ name: 'a' }, {}],
    "[1].name' must be a text, got nothing"],
  ['a symbol', TEXT, Symbol('x'), "' must be a text, got Symbol(x)"],
  ['an object without a class', TEXT, Object.create(null), "' must be a text, got an object"],
  ['an object with another thing where a class belongs', TEXT, { constructor: 5 }, "' must be a text, got an object"],
  ['a list', mapOf(TEXT), ['a'], "' must be an object with properties, got a list"],
  ['a map with another thing', mapOf(ENV_VALUE), { PORT: 80 },
    ".PORT' must be an EnvValue, got 80; write EnvValue.fromValue(\"80\")"],
  ['a map of paths with another thing', mapOf(STORAGE), { '/a/b.c': 80 },
    "[/a/b.c]' must be a SharedDirectory or a Volume, got 80"],
  ['null', required(TEXT), null, "' must be a text, got nothing"],
  ['nothing', required(TEXT), undefined, "' must be a text, got nothing"],
])('%s is refused in words where it does not belong', (_, kind, value, message) => {
  expect(checked(kind, value)).toThrow(refusal(message));
});

test('the properties of an object are checked one by one, those first that the table names first', () => {
  const kinds = { timeout: DURATION, name: required(TEXT) };
  const check = (props: any) => () => checkKinds<{ timeout?: Duration; name: string }>(place, props, kinds);

  expect(check({ name: 'a', more: 5 })).not.toThrow();
  expect(check({ name: 5, timeout: 5 })).toThrow("Step: 'timeout' must be a Duration, got 5");
  expect(check({})).toThrow("Step: 'name' must be a text, got nothing");
  expect(check(undefined)).toThrow("Step: 'props' must be an object with properties, got nothing");
  expect(check('a')).toThrow("Step: 'props' must be an object with properties, got \"a\"");
});

test('what is null is left out, in properties and in maps', () => {
  interface Props { readonly name?: string | null; readonly sizes?: object; readonly file?: object }
  const kinds = { name: TEXT, sizes: mapOf(NUMBER), file: objectOf({ path: TEXT }) };
  const meant = (props: Props) => checkKinds<Props>(place, props, kinds);
  const whole = { name: 'a', sizes: { b: 1 }, file: { path: 'c' } };

  expect(meant({ name: null, sizes: { a: null, b: 1 }, file: { path: null } })).toEqual({ sizes: { b: 1 }, file: {} });
  expect(Object.keys(meant({ sizes: { b: undefined } }).sizes!)).toEqual([]);
  expect(meant(whole)).toBe(whole);
});

test('a list is taken as a copy, and what is null in its objects is left out', () => {
  const kinds = { files: listOf(objectOf({ path: TEXT })) };
  const files = [{ path: null }, { path: 'a' }];
  const meant = checkKinds<{ readonly files?: object[] }>(place, { files }, kinds).files!;
  files.push({ path: 'b' });

  expect(meant).toEqual([{}, { path: 'a' }]);
});

test('a user and a file of another copy of the library are taken', () => {
  const copies = ['user', 'file'].map(record => {
    const object = {};
    new Attached<object>(record, 1).set(object, {});
    return object;
  });

  expect(checked(RUN_AS, copies[0])).not.toThrow();
  expect(checked(SHARED_FILE, copies[1])).not.toThrow();
});
