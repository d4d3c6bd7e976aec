import { Construct } from 'constructs';
import { hasMethod, isGiven, isObject, kindOf, objectOf, type Kind } from './kind';
import { inWords } from './refuse';

/** The kinds of values that are not this library's own. */

export const TEXT = kindOf(value => typeof value === 'string', {
  one: 'a text',
  many: 'texts',
  instead: value => {
    if (hasMethod(value, 'produce')) return 'give its value, which must be known now';
    return typeof value === 'number' ? `write '${value}'` : undefined;
  },
});

export const NUMBER = kindOf(value => typeof value === 'number', {
  one: 'a number',
  many: 'numbers',
  instead: value => (isNumeric(value) ? `write ${value.replace(/^0+(?=.)/, '0o')}` : undefined),
});

export const FLAG = kindOf(value => typeof value === 'boolean', {
  one: 'true or false',
  many: 'flags',
});

export const CONSTRUCT = kindOf(value => Construct.isConstruct(value), {
  one: 'a construct',
  many: 'constructs',
  instead: value => (isObject(value) ? undefined : 'if it comes from find(), nothing was found'),
});

export const DURATION = kindOf(value => hasMethod(value, 'toMilliseconds'), {
  one: 'a Duration',
  many: 'Durations',
  instead: value => `write Duration.seconds(${typeof value === 'number' ? value : '...'})`,
});

export const SIZE = kindOf(value => hasMethod(value, 'toKibibytes'), {
  one: 'a Size',
  many: 'Sizes',
  instead: value => `write Size.mebibytes(${typeof value === 'number' ? value : '...'})`,
});

const CPU = kindOf(value => isObject(value) && typeof (value as { amount?: unknown }).amount === 'string', {
  one: 'a Cpu',
  many: 'Cpus',
  instead: value => `write Cpu.millis(${typeof value === 'number' ? value : '...'})`,
});

const ANY_ENV_VALUE = kindOf(value => isObject(value) && ('value' in value || 'valueFrom' in value), {
  one: 'an EnvValue',
  many: 'EnvValues',
  instead: value => {
    if (!isGiven(value)) return undefined;
    return `write EnvValue.${isObject(value) ? sourceOf(value) : `fromValue(${JSON.stringify(String(value))})`}`;
  },
});

/** What to make a variable of: a Secret or ConfigMap of whichever version of cdk8s-plus, or a value of a Secret. */
function sourceOf(value: { resourceType?: unknown; secret?: unknown; key?: unknown }): string {
  if (value.resourceType === 'secrets') return "fromSecretValue({ secret, key: '...' })";
  if (value.resourceType === 'configmaps') return "fromConfigMap(configMap, '...')";
  return isObject(value.secret) && typeof value.key === 'string' ? 'fromSecretValue(...)' : 'fromValue(...)';
}

/** Kubernetes takes no number and no flag where the text of a variable belongs, and makes an empty one of nothing. */
export const ENV_VALUE: Kind = {
  ...ANY_ENV_VALUE,
  wrongIn: value => ANY_ENV_VALUE.wrongIn(value) ?? wrongText(value as { value?: unknown; valueFrom?: unknown }),
};

/** The same where what is secret belongs: a text that stands there instead is not repeated. */
export const SECRET_VALUE: Kind = {
  ...ENV_VALUE,
  wrongIn: value => {
    const wrong = ENV_VALUE.wrongIn(value);
    const remedy = 'write EnvValue.fromSecretValue({ secret, key })';
    if (wrong && !isGiven(value)) return { ...wrong, remedy };
    return wrong && typeof value === 'string' ? { ...wrong, got: inWords('a text'), remedy } : wrong;
  },
};

function wrongText({ value: text, valueFrom }: { value?: unknown; valueFrom?: unknown }): ReturnType<Kind['wrongIn']> {
  if (isObject(text) || isGiven(valueFrom)) return undefined;
  if (!isGiven(text)) {
    return { at: '.value', must: 'be a text', got: text, remedy: 'is it a variable of process.env that is not set?' };
  }
  const wrong = TEXT.wrongIn(text);
  return wrong && { ...wrong, at: '.value', remedy: ANY_ENV_VALUE.wrongIn(text)?.remedy };
}

export const ENV_FROM = kindOf(value => hasMethod(value, '_toKube') && 'configMap' in (value as object), {
  one: 'an EnvFrom',
  many: 'EnvFroms',
  instead: value => {
    const { resourceType } = isObject(value) ? value as { resourceType?: unknown } : {};
    if (resourceType === 'configmaps') return 'write Env.fromConfigMap(configMap)';
    return resourceType === 'secrets' ? 'write Env.fromSecret(secret)' : undefined;
  },
});

export const PROBE = kindOf(value => hasMethod(value, '_toKube') && 'probeOptions' in (value as object), {
  one: 'a Probe',
  many: 'Probes',
  instead: () => 'write Probe.fromTcpSocket({ port }), Probe.fromHttpGet(path, { port }) or Probe.fromCommand(command)',
});

export const STORAGE = kindOf(value => hasMethod(value, 'asVolume'), {
  one: 'a SharedDirectory or a Volume',
  many: 'storage',
});

export const CONFIG_MAP = kindOf(value => hasName(value) && !isOf(value, 'secrets'), {
  one: 'a ConfigMap',
  many: 'ConfigMaps',
  instead: value => (isOf(value, 'secrets')
    ? 'write fromSecret'
    : `write ConfigMap.fromConfigMapName(scope, id, ${quoted(value)})`),
});

export const SECRET = kindOf(value => hasName(value) && !isOf(value, 'configmaps'), {
  one: 'a Secret',
  many: 'Secrets',
  instead: value => (isOf(value, 'configmaps')
    ? 'write fromConfigMap'
    : `write Secret.fromSecretName(scope, id, ${quoted(value)})`),
});

export const SERVICE_ACCOUNT = kindOf(value => hasName(value) && isOf(value, 'serviceaccounts'), {
  one: 'a ServiceAccount',
  many: 'ServiceAccounts',
  instead: value => (typeof value === 'string'
    ? `write ServiceAccount.fromServiceAccountName(scope, id, ${quoted(value)})`
    : undefined),
});

/** Whether cdk8s-plus says that it is of this kind. */
function isOf(value: unknown, resourceType: string): boolean {
  return isObject(value) && (value as { resourceType?: unknown }).resourceType === resourceType;
}

/** Whether it is an object of Kubernetes as far as a volume needs it, of whichever version of cdk8s-plus. */
function hasName(value: unknown): boolean {
  const { name } = isObject(value) ? value as { name?: unknown } : {};
  return typeof name === 'string' || hasMethod(name, 'produce');
}

function quoted(name: unknown): string {
  return JSON.stringify(typeof name === 'string' ? name : 'name');
}

/** The namespace of an object that this program makes; of what is imported only the name is known. */
export function namespaceOf(object: object): string | undefined {
  return (object as { metadata?: { namespace?: string } }).metadata?.namespace;
}

const SIZES = objectOf({ request: SIZE, limit: SIZE });

export const RESOURCES = objectOf({
  cpu: objectOf({ request: CPU, limit: CPU }),
  memory: SIZES,
  ephemeralStorage: SIZES,
});

function isNumeric(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}
