/** The picture of a step, from left to right: what is outside of the pod, the step, what it leaves, the app. */
export interface Flow {
  readonly step: string;
  readonly outside?: readonly [title: string, detail: string];
  /** What goes from there to the step: `asks`, `reads`. */
  readonly verb?: string;
  readonly does: string;
  readonly leaves?: readonly [title: string, detail: string];
  readonly app?: string;
  readonly title: string;
}

export const FLOWS: readonly Flow[] = [
  {
    step: 'WaitForService',
    outside: ['Service, URL, database', 'until all are up'],
    verb: 'answers',
    does: 'asks, in a limit of time',
    title: 'A wait asks a Service, a URL and a database until all are up; then the app starts',
  },
  {
    step: 'WaitForCondition',
    outside: ['API server', 'Job, rollout, resource'],
    verb: 'says',
    does: 'watches one object',
    title: 'A wait watches an object at the API server until its condition is met; then the app starts',
  },
  {
    step: 'DownloadConfig',
    outside: ['server or bucket', 'one file'],
    verb: 'https',
    does: 'verifies, then renames',
    leaves: ['one file', 'whole or not at all'],
    app: 'reads its path',
    title: 'A file is downloaded, verified, renamed into place, and read by the app',
  },
  {
    step: 'DownloadArchive',
    outside: ['server', 'tar, tar.gz, zip'],
    verb: 'https',
    does: 'unpacks beside',
    leaves: ['one folder', 'each entry whole'],
    app: 'reads its path',
    title: 'An archive is downloaded, unpacked beside, renamed into place, and read by the app',
  },
  {
    step: 'CloneRepository',
    outside: ['Git server', 'one revision'],
    verb: 'https, ssh',
    does: 'fetches, checks out',
    leaves: ['one folder', 'the files of a commit'],
    app: 'reads its path',
    title: 'A revision of a repository is fetched, renamed into place, and read by the app',
  },
  {
    step: 'GenerateConfig',
    outside: ['Secret, pod, values', 'variables'],
    verb: 'values',
    does: 'fills a template',
    leaves: ['one file', 'whole or not at all'],
    app: 'reads its path',
    title: 'Values fill a template, whose file the app reads',
  },
  {
    step: 'GenerateEnv',
    outside: ['Secret, pod, values', 'variables'],
    verb: 'values',
    does: 'puts them together',
    leaves: ['a file of variables', 'only the kubelet reads it'],
    app: 'has the variable',
    title: 'Values are put together to a variable, which the kubelet gives to the app',
  },
  {
    step: 'CopyFiles',
    outside: ['ConfigMaps, Secrets', 'and texts'],
    verb: 'keys',
    does: 'writes all, then renames',
    leaves: ['one folder', 'each file whole'],
    app: 'reads its path',
    title: 'Keys of ConfigMaps and Secrets become the files of one folder, which the app reads',
  },
  {
    step: 'CopyFromImage',
    outside: ['an image', 'agent, plugins, pages'],
    verb: 'runs in it',
    does: 'copies files of it',
    leaves: ['one folder', 'readable or writable'],
    app: 'uses its path',
    title: 'Files of an image are copied into a folder, which the app uses',
  },
  {
    step: 'PrepareVolume',
    does: 'as root, 3 capabilities',
    leaves: ['volume', 'folders, owner, mode'],
    app: 'writes, without root',
    title: 'A step with three capabilities gives a volume to the user of the app',
  },
  {
    step: 'TrustCertificates',
    outside: ['your authority', 'ConfigMap, Secret'],
    verb: 'PEM',
    does: 'adds the public ones',
    leaves: ['one bundle', 'both are trusted'],
    app: 'trusts both',
    title: 'Your authority and the public ones become one bundle, which the app trusts',
  },
  {
    step: 'InitStep',
    outside: ['whatever it needs', 'files, Secrets, servers'],
    verb: 'reads',
    does: 'your image and program',
    leaves: ['files', 'if it writes any'],
    app: 'reads its path',
    title: 'Your own program reads what it needs and writes files for the app',
  },
  {
    step: 'Sidecar',
    outside: ['what is far away', 'database, cloud'],
    verb: 'connects',
    does: 'starts first, goes on',
    title: 'A sidecar starts before the app and runs as long as it',
    app: 'localhost',
  },
];
