import type { Container } from './objects';
import { oneLine } from './trouble';
import {
  toldConditions, toldEndpoints, toldTo, type ToldCondition, type ToldEndpoint,
} from '../../private/values/told-waits';

/** Where something is that a step waits for. */
export interface Address {
  /** As the step's log shows it, without what may be secret. */
  readonly shown: string;
  readonly host: string;
  readonly port?: number;
}

/** An object that a step waits for by the API of Kubernetes. */
export interface WantedObject {
  readonly shown: string;
  readonly kind: string;
  /** Nothing for the pod's own. */
  readonly namespace?: string;
  readonly name: string;
  /** What the step has said of it last: `not there (yet)`. */
  readonly report?: string;
}

/** What one of our steps was told, by its environment. */
export interface Told {
  readonly addresses: readonly Address[];
  readonly objects: readonly WantedObject[];
  /** It fetches from there, which takes its time; others only wait until something answers. */
  readonly fetches: boolean;
  /** Addresses that stand in a Secret or ConfigMap: only its log tells them. */
  readonly unknown: number;
}

const USUAL_PORTS: { readonly [scheme: string]: number } = {
  http: 80,
  https: 443,
  ssh: 22,
  git: 9418,
};

/** Scheme, host, port and path; not who asks, nor what stands behind a `?`. */
const URL_PARTS = /^([a-z][a-z0-9+]*):\/\/(?:[^/?#]*@)?(\[[^\]]+\]|[^/:?#,]+)(?::(\d+))?([^?#]*)/;

/** What a container that is one of our steps waits for or fetches; nothing of another one. */
export function toldBy({ env = [] }: Container): Told | undefined {
  const told = toldTo(env);
  if (!told) return undefined;
  const urls = [...toldEndpoints(told).map(spelledOut), ...words(told.get('step_url')?.value)];
  const addresses = urls.flatMap(url => addressOf(url ?? '') ?? []);
  return {
    addresses,
    objects: toldConditions(told).map(wantedObject),
    fetches: told.has('step_url'),
    unknown: urls.length - addresses.length,
  };
}

/** The addresses that a log line of ours is about. */
export function addressesIn(line: string): Address[] {
  return (line.match(/\b[a-z][a-z0-9+]*:\/\/[^\s,;]+|\bdns:[^\s,;]+/g) ?? []).flatMap(
    url => addressOf(url.replace(/:$/, '')) ?? [],
  );
}

/** Reads `tcp://db:5432`, `dns:db`, `https://db/healthz`, `git@host:path`. */
export function addressOf(url: string): Address | undefined {
  if (url.startsWith('dns:')) return { shown: oneLine(url), host: url.slice('dns:'.length) };
  const secureShell = /^[^\s@/:]+@([^\s@/:]+):(?!\/\/)/.exec(url);
  if (secureShell) {
    return { shown: `ssh://${secureShell[1]}`, host: secureShell[1], port: 22 };
  }
  const parts = URL_PARTS.exec(url);
  if (!parts) return undefined;
  const [, scheme, host, port, path] = parts;
  const server = `${scheme}://${host}${port ? `:${port}` : ''}`;
  return {
    shown: oneLine(scheme.startsWith('http') ? `${server}${path}` : server),
    host: host.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : USUAL_PORTS[scheme],
  };
}

/** An address whose parts stand in variables, put together; nothing where one of them is known in the pod only. */
function spelledOut({ scheme, address, parts }: ToldEndpoint): string | undefined {
  if (address !== undefined) return address;
  const known = parts.map(({ value }) => value);
  if (known.includes(undefined)) return undefined;
  return scheme === 'url' ? known[0] : `${scheme}://${known.join(':')}`;
}

function wantedObject({ asks, type, namespace, kind, name }: ToldCondition): WantedObject {
  const object = `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
  const shown = oneLine(`${object} ${asks === 'met' ? type : inWords(asks)}`);
  return { shown, kind, namespace, name };
}

function inWords(how: string): string {
  return how === 'rolledOut' ? 'rolled out' : how;
}

function words(text: string | undefined): string[] {
  return text?.split(/\s+/).filter(Boolean) ?? [];
}
