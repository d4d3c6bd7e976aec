import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Endpoint, WaitForService, type WaitForServiceProps } from '../../src';
import { NO_WORKLOAD, testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

const database = Endpoint.tcp('db', 5432);
const text = kplus.EnvValue.fromValue('x');

function wait(props: Partial<WaitForServiceProps>): () => unknown {
  return () => new WaitForService(deployment(), 'wait', {
    endpoints: [database],
    ...props,
  });
}

testRefusals('WaitForService', [
  ['a chart as scope',
    () => new WaitForService(new Chart(Testing.app(), 'shop'), 'wait', { endpoints: [database] }),
    `WaitForService: ${NO_WORKLOAD}, `
      + "got Chart 'shop'; write new WaitForService(deployment, ...) [shop/wait]"],
  ['a scope that is not there',
    () => new WaitForService(undefined!, 'wait', { endpoints: [database] }),
    "WaitForService: 'scope' must be a workload or a construct below one, got nothing; "
      + 'if it comes from find(), nothing was found [wait]'],
  ['to wait for no endpoint',
    wait({ endpoints: [] }),
    "WaitForService: 'endpoints' must name at least one endpoint, got none [shop/web/wait]"],
  ['to wait for an endpoint twice',
    wait({ endpoints: [database, database] }),
    "WaitForService: 'endpoints' must be different, "
      + 'got "tcp://db:5432" [shop/web/wait]'],
  ['a timeout of zero',
    wait({ timeout: Duration.seconds(0) }),
    "WaitForService: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 0 s [shop/web/wait]'],
  ['a timeout with a fraction of a second',
    wait({ timeout: Duration.millis(1500) }),
    "WaitForService: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 1.5 s [shop/web/wait]'],
  ['a timeout of more than a day',
    wait({ timeout: Duration.seconds(86401) }),
    "WaitForService: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 86401 s [shop/web/wait]'],
  ['an attempt timeout with a fraction of a second',
    wait({ attemptTimeout: Duration.millis(1500) }),
    "WaitForService: 'attemptTimeout' must be between one second and one day, in whole seconds, "
      + 'got 1.5 s [shop/web/wait]'],
  ['an attempt timeout longer than the whole wait',
    wait({ timeout: Duration.seconds(5), attemptTimeout: Duration.seconds(6) }),
    "WaitForService: 'attemptTimeout' must be at most the timeout of 5 s, "
      + 'got 6 s [shop/web/wait]'],
  ['a poll interval that is longer than the timeout',
    wait({ pollInterval: Duration.seconds(61), timeout: Duration.minutes(1) }),
    "WaitForService: 'pollInterval' must be at most the timeout of 60 s, got 61 s [shop/web/wait]"],
  ['a poll interval that is too short',
    wait({ pollInterval: Duration.millis(10) }),
    "WaitForService: 'pollInterval' must be between 0.1 seconds and one hour, "
      + 'got 0.01 s [shop/web/wait]'],
  ['a poll interval that is too long',
    wait({ pollInterval: Duration.millis(3600_001) }),
    "WaitForService: 'pollInterval' must be between 0.1 seconds and one hour, "
      + 'got 3600.001 s [shop/web/wait]'],
  ['a threshold of no success',
    wait({ successThreshold: 0 }),
    "WaitForService: 'successThreshold' must be a whole number of at least 1, "
      + 'got 0 [shop/web/wait]'],
  ['a threshold of half a success',
    wait({ successThreshold: 1.5 }),
    "WaitForService: 'successThreshold' must be a whole number of at least 1, "
      + 'got 1.5 [shop/web/wait]'],
  ['a variable of the step itself',
    wait({ env: { step_timeout: text } }),
    "WaitForService: 'env' must not name variables that begin with step_ or var_, "
      + 'got "step_timeout"; the programs of the steps get their own in them [shop/web/wait]'],
  ['an environment variable that has no name',
    wait({ env: { 'A B': text } }),
    "WaitForService: 'env' must have names that Kubernetes takes for environment variables, "
      + 'got "A B" [shop/web/wait]'],
  ['a variable that is too long',
    wait({ env: { LONG: kplus.EnvValue.fromValue('x'.repeat(128 * 1024)) } }),
    "WaitForService: 'env' must fit into 128 KiB, name and value together, "
      + 'got 131078 bytes in LONG [shop/web/wait]'],
]);

testAcceptance('WaitForService', [
  ['a timeout of a second', wait({ timeout: Duration.seconds(1) })],
  ['a timeout of a day', wait({ timeout: Duration.days(1) })],
  ['an attempt timeout as long as the whole wait',
    wait({ timeout: Duration.seconds(5), attemptTimeout: Duration.seconds(5) })],
  ['a poll interval of 0.1 seconds', wait({ pollInterval: Duration.millis(100) })],
  ['a poll interval of an hour', wait({ pollInterval: Duration.hours(1), timeout: Duration.hours(1) })],
]);
