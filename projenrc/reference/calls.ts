import { isStruct, optionsOf, ourType, typeNamed } from './assembly';
import type { ClassType, InterfaceType, Method, Parameter } from './assembly';
import { pascalCase, snakeCase } from './names';

/** What is called, and with what. */
interface Call {
  readonly className: string;
  readonly method?: Method;
  readonly parameters: readonly Parameter[];
  readonly options?: InterfaceType;
}

const TABLE_HEAD = '| | |\n|---|---|\n';

/** A call in each language, as rows of a table. */
function table(call: Call): string {
  const rows = [
    ['TypeScript', inTypeScript(call)], ['Python', inPython(call)], ['Java', inJava(call)], ['Go', inGo(call)],
  ];
  return TABLE_HEAD + rows.map(([language, code]) => `| ${language} | \`${code}\` |\n`).join('');
}

export function constructorTable({ name, initializer }: ClassType): string {
  return table(callOf(name, initializer?.parameters ?? []));
}

export function methodTable({ name }: ClassType, method: Method): string {
  return table({ ...callOf(name, method.parameters ?? []), method });
}

/** Splits the structure of options from the parameters before it. */
function callOf(className: string, parameters: readonly Parameter[]): Call {
  const last = parameters.at(-1);
  const type = last && 'fqn' in last.type ? ourType(last.type) : undefined;
  const struct = type === undefined ? undefined : typeNamed(type);
  if (!last || !struct || !isStruct(struct)) return { className, parameters };
  return { className, parameters: parameters.slice(0, -1), options: struct };
}

const required = (options: InterfaceType) => optionsOf(options)
  .filter(({ property }) => property.optional !== true)
  .map(({ property }) => property.name);

/** Parameters in a list, those that may be left out with a question mark. */
function names(call: Call, optionalMark = ''): string[] {
  return call.parameters.map(({ name, optional }) => name + (optional ? optionalMark : ''));
}

function inTypeScript(call: Call): string {
  const { className, method, options } = call;
  const given = options ? [`{ ${[...required(options), '…'].join(', ')} }`] : [];
  const list = [...names(call, '?'), ...given].join(', ');
  if (!method) return `new ${className}(${list})`;
  return `${receiver(call)}.${method.name}(${list})`;
}

function receiver({ className, method }: Call): string {
  return method?.static ? className : className[0].toLowerCase() + className.slice(1);
}

function inPython(call: Call): string {
  const { className, method, options } = call;
  const parameters = call.parameters.map(({ name, optional }) => snakeCase(name) + (optional ? '=None' : ''));
  const given = options ? [...required(options).map(name => `${snakeCase(name)}=…`), '…'] : [];
  const list = [...parameters, ...given].join(', ');
  if (!method) return `${className}(${list})`;
  const of = method.static ? className : snakeCase(receiver(call));
  return `${of}.${snakeCase(method.name)}(${list})`;
}

function inJava(call: Call): string {
  const { className, method, options } = call;
  const given = options ? required(options).map(name => `.${name}(…)`).join('') : '';
  if (!method) {
    if (!options) return `new ${className}(${names(call).join(', ')})`;
    return `${className}.Builder.create(${names(call).join(', ')})${given}….build()`;
  }
  const builder = options ? [`${options.name}.builder()${given}….build()`] : [];
  return `${receiver(call)}.${method.name}(${[...names(call), ...builder].join(', ')})`;
}

function inGo(call: Call): string {
  const { className, method, options } = call;
  const given = options ? [...required(options).map(name => `${pascalCase(name)}: …`), '…'].join(', ') : '';
  const list = [...names(call), ...(options ? [`&${options.name}{${given}}`] : [])].join(', ');
  if (!method) return `New${className}(${list})`;
  const called = pascalCase(method.name);
  return method.static ? `${className}_${called}(${list})` : `${receiver(call)}.${called}(${list})`;
}
