import { endpointTarget } from './private/step/target';
import { kindOf, objectsWith } from './private/values/kind';
import { CONSTRUCT } from './private/values/kinds';
import { endpointMeantBy } from './private/values/well-known-servers';

export const ENDPOINT = objectsWith(endpointTarget, {
  one: 'an Endpoint',
  many: 'endpoints',
  instead: value => `write ${endpointFor(value)}`,
});

/** A Service has classes of its own in each version of cdk8s-plus. */
export const SERVICE = kindOf(value => CONSTRUCT.wrongIn(value) === undefined, {
  one: 'a Service',
  many: 'Services',
  instead: value => (typeof value === 'string' ? `write ${endpointFor(value)}` : undefined),
});

/** What was meant by a value that is no endpoint. */
function endpointFor(value: unknown): string {
  if (CONSTRUCT.wrongIn(value) === undefined) return 'Endpoint.service(...)';
  return endpointMeantBy(typeof value === 'string' ? value : 'db:5432');
}
