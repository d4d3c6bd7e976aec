import { linesOf, pod } from './snapshots';

const RUNC = 'failed to create containerd task: failed to create shim task: OCI runtime create failed: '
  + 'runc create failed: unable to start container process: error during container init: ';

test.each([
  ['exec: "migrate --password s3cret": executable file not found in $PATH: unknown',
    'exec: "migrate …": executable file not found in $PATH: unknown'],
  ['exec: "/bin/sh -c \\"psql postgres://me:s3cret@db\\"": stat /bin/sh -c "psql postgres://me:s3cret@db": '
    + 'no such file or directory: unknown',
  'exec: "/bin/sh …": no such file or directory: unknown'],
  ['exec: "sh\\n-c\\ns3cret": executable file not found in $PATH: unknown',
    'exec: "sh …": executable file not found in $PATH: unknown'],
  ['exec: "/app/start": permission denied: unknown', 'exec: "/app/start": permission denied: unknown'],
  ['executable file `migrate --password s3cret` not found in $PATH: No such file or directory',
    'executable file `migrate …` not found in $PATH: No such file or directory'],
])('of a container that cannot be started with %s why tells no arguments', (said, told) => {
  const terminated = { exitCode: 128, reason: 'StartError', message: `${RUNC}${said}` };
  const states = [
    { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated } },
    { state: { waiting: { reason: 'RunContainerError', message: `${RUNC}${said}` } } },
  ];
  const drawn = states.map(state => linesOf({ pods: [pod('api', state)] }).join('\n'));

  drawn.forEach(text => expect(text).toContain(`${RUNC}${told}`));
  expect(drawn.join()).not.toContain('s3cret');
});
