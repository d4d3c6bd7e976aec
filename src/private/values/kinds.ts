import { Construct } from 'constructs';
import { hasMethod, isObject, kindOf, objectOf } from './kind';

/** The kinds of values that are not this library's own. */

export const TEXT = kindOf({
  one: 'a text',
  many: 'texts',
  is: value => typeof value === 'string',
  instead: value =>
    hasMethod(value, 'produce') ? 'a Lazy will not do: give its value, which must be known now' : undefined,
});

export const NUMBER = kindOf({
  one: 'a number',
  many: 'numbers',
  is: value => typeof value === 'number',
});

export const FLAG = kindOf({
  one: 'true or false',
  many: 'flags',
  is: value => typeof value === 'boolean',
});

export const CONSTRUCT = kindOf({
  one: 'a construct',
  many: 'constructs',
  is: value => Construct.isConstruct(value),
  instead: value => (isObject(value) ? undefined : 'if it comes from find(), nothing was found'),
});

export const DURATION = kindOf({
  one: 'a Duration',
  many: 'Durations',
  is: value => hasMethod(value, 'toMilliseconds'),
  instead: value => `write Duration.seconds(${typeof value === 'number' ? value : '...'})`,
});

export const SIZE = kindOf({
  one: 'a Size',
  many: 'Sizes',
  is: value => hasMethod(value, 'toKibibytes'),
  instead: value => `write Size.mebibytes(${typeof value === 'number' ? value : '...'})`,
});

const CPU = kindOf({
  one: 'a Cpu',
  many: 'Cpus',
  is: value => isObject(value) && typeof (value as { amount?: unknown }).amount === 'string',
  instead: value => `write Cpu.millis(${typeof value === 'number' ? value : '...'})`,
});

export const ENV_VALUE = kindOf({
  one: 'an EnvValue',
  many: 'EnvValues',
  is: value => isObject(value) && ('value' in value || 'valueFrom' in value),
  instead: value =>
    `write EnvValue.fromValue(${isObject(value) ? '...' : JSON.stringify(`${value}`)})`,
});

export const STORAGE = kindOf({
  one: 'a SharedDirectory or a Volume',
  many: 'storage',
  is: value => hasMethod(value, 'asVolume'),
});

const SIZES = objectOf({ request: SIZE, limit: SIZE });

export const RESOURCES = objectOf({
  cpu: objectOf({ request: CPU, limit: CPU }),
  memory: SIZES,
  ephemeralStorage: SIZES,
});
