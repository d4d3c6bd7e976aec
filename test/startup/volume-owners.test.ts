import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { said } from './app';
import { InitStep, PrepareVolume, RunAs, type PrepareVolumeProps } from '../../src';

type User = kplus.ContainerSecurityContextProps;
const owner = RunAs.user(1000, 1000);

/** A Deployment whose containers write to a volume as these users, each to all of it or to a folder. */
function web(users: readonly User[], pod: kplus.PodSecurityContextProps = {}, subPath?: string) {
  const containers = users.map((securityContext, index) => ({ image: 'a', name: `c${index}`, securityContext }));
  const chart = new Chart(Testing.app(), 'shop');
  const deployment = new kplus.Deployment(chart, 'web', { containers, securityContext: pod });
  const volume = kplus.Volume.fromHostPath(deployment, 'volume', 'data', { path: '/srv' });
  deployment.containers.forEach(each => each.mount('/data', volume, { subPath }));
  return { deployment, volume };
}

/** The findings about it with a step that prepares the volume. */
function prepared(props: Partial<PrepareVolumeProps>, ...shape: Parameters<typeof web>): string[] {
  const { deployment, volume } = web(...shape);
  new PrepareVolume(deployment, 'prepare', { volume, ...props });
  return said(Chart.of(deployment));
}

const app = { user: 10001, group: 10001 };
const forAnother = (...writers: string[]) => "warning [shop/web/prepare] gives volume 'data' to user 1000, but "
  + `${writers.map((user, index) => `container 'c${index}' writes there as user ${user}`).join(' and ')}; `;
const mend = 'make owner the user of the app: ';

test.each<[string, string[], string]>([
  ['of another user', prepared({ owner }, [app]), `${forAnother('10001')}${mend}RunAs.user(10001, 10001)`],
  ['of another user, whose group the image knows', prepared({ owner, mode: 0o2770 }, [{ user: 10001 }]),
    `${forAnother('10001')}${mend}RunAs.user(10001)`],
  ['of a group that may not write', prepared({ owner, mode: 0o750 }, [{ user: 10001, group: 1000 }]),
    `${forAnother('10001')}${mend}RunAs.user(10001, 1000)`],
  ['of other users', prepared({ owner: RunAs.user(1000) }, [{}, {}], { user: 2000 }),
    `${forAnother('2000', '2000')}${mend}RunAs.user(2000)`],
  ['that sees a folder in it', prepared({ owner, folders: ['a/b'] }, [app], {}, 'a'),
    `${forAnother('10001')}${mend}RunAs.user(10001, 10001)`],
])('there is a warning of a volume that is prepared for another one than an app %s', (_, findings, text) => {
  expect(findings).toEqual([text]);
});

test.each<[string, string[]]>([
  ['owns it', prepared({ owner }, [{ user: 1000 }])],
  ['is in its group', prepared({ owner, mode: 0o2770 }, [{ user: 10001, group: 1000 }])],
  ['is in its group by the pod', prepared({ owner }, [app], { fsGroup: 1000 })],
  ['may write as all may', prepared({ owner, mode: 0o1777 }, [app])],
  ['may be in group 0, as a user that the image does not know', prepared({ owner: RunAs.user(1000, 0) },
    [{ user: 10001 }])],
  ['is who the image says', prepared({ owner }, [{}])],
  ['is beside one that owns it', prepared({ owner }, [app, { user: 1000 }])],
  ['sees another folder', prepared({ owner, folders: ['a'] }, [app], {}, 'b')],
  ['does not see it', prepared({ owner }, [])],
])('there is none for an app that %s', (_, findings) => {
  expect(findings).toEqual([]);
});

test.each<[string, RunAs | undefined, string[]]>([
  ['of the library', undefined, [
    "warning [shop/web/prepare] prepares volume 'data' only after step 'seed' has written to it as user 65534; "
      + 'create it before that step',
  ]],
  ['of root', RunAs.user(0), [
    'warning [shop/web/seed] runs as user 0, who has no capabilities here and may not even change an owner; '
      + 'give the pod an fsGroup, or the volume a PrepareVolume, so that the app may use what the step writes',
  ]],
  ['of whoever the image says', RunAs.inherited(), []],
])('a volume is prepared before a step %s writes to it', (_, runAs, findings) => {
  const { deployment, volume } = web([{}]);
  new InitStep(deployment, 'seed', { command: ['seed'], writes: { '/data': volume }, runAs });
  new PrepareVolume(deployment, 'prepare', { volume, owner });

  expect(said(Chart.of(deployment))).toEqual(findings);
});

test.each<[string, string[], RunAs, string[]]>([
  ['a folder', ['a', 'b'], RunAs.user(2000), [
    "warning [shop/web/second] gives folder b of volume 'data' to user 2000, which step 'first' gives to user 1000; "
      + 'name one owner for it',
  ]],
  ['folders of their own', ['a', 'c'], RunAs.user(2000), []],
  ['one owner', ['b'], owner, []],
])('two steps that prepare a volume give it %s', (_, folders, second, findings) => {
  const { deployment, volume } = web([{}]);
  new PrepareVolume(deployment, 'first', { volume, owner, folders: ['b'] });
  new PrepareVolume(deployment, 'second', { volume, owner: second, folders });

  expect(said(Chart.of(deployment))).toEqual(findings);
});
