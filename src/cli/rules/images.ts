/** What is known of well-known images. */
export interface KnownImage {
  /** The last parts of its name: `library/busybox` is `busybox`. */
  readonly name: RegExp;
  readonly tag?: RegExp;
  /** What it has no program for, of those that init containers often call. */
  readonly lacks: readonly string[];
  readonly isBusybox?: boolean;
}

const CLIENTS = [
  'psql',
  'pg_isready',
  'mysql',
  'mysqladmin',
  'mariadb',
  'redis-cli',
  'mongosh',
  'mongo',
  'kubectl',
  'aws',
  'gsutil',
  'helm',
];
const BARE = [
  ...CLIENTS,
  'curl',
  'wget',
  'nc',
  'git',
  'jq',
  'nslookup',
  'dig',
  'host',
  'ping',
  'telnet',
  'unzip',
  'envsubst',
];

const ALPINE = [
  ...CLIENTS,
  'curl',
  'bash',
  'git',
  'jq',
  'dig',
  'host',
  'apt-get',
  'python3',
  'python',
  'envsubst',
];

/** The first that fits counts. */
const IMAGES: readonly KnownImage[] = [
  { name: /^busybox$/, lacks: [...ALPINE, 'apk', 'openssl'], isBusybox: true },
  { name: /^alpine$/, lacks: ALPINE, isBusybox: true },
  {
    name: /^curlimages\/curl$/,
    lacks: [...CLIENTS, 'bash', 'git', 'jq', 'apt-get', 'python3', 'envsubst'],
    isBusybox: true,
  },
  {
    name: /^alpine\/git$/,
    lacks: [...CLIENTS, 'curl', 'bash', 'jq', 'apt-get', 'envsubst'],
    isBusybox: true,
  },
  {
    name: /^gcr\.io\/distroless\//,
    tag: /^(?!.*debug)/,
    lacks: ['sh', 'bash', 'cp', 'ls', 'chown', 'chmod', 'mkdir', ...BARE],
  },
  {
    name: /^nginx$/,
    tag: /alpine/,
    lacks: [...CLIENTS, 'bash', 'git', 'jq'],
    isBusybox: true,
  },
  {
    name: /^nginx$/,
    tag: /^(?!.*(alpine|perl|otel))/,
    lacks: BARE.filter(each => !['curl', 'envsubst'].includes(each)),
  },
  { name: /^(debian|ubuntu)$/, lacks: BARE },
  { name: /^(python|node|ruby)$/, tag: /slim/, lacks: BARE },
];

/**
 * An image without the registry that is meant where none is written, and without that of a mirror: all have Docker's
 * official images in `library`.
 */
function parts(image: string): { name: string; tag?: string; digest?: string } {
  const [, path = '', tag, digest] =
    /^([^@]*?)(?::([^:/@]+))?(?:@(.+))?$/.exec(image) ?? [];
  return {
    name: path.replace(/^(docker\.io|index\.docker\.io)\//, '').replace(/^(.*\/)?library\//, ''),
    tag,
    digest,
  };
}

/** What is known of an image. */
export function knownImage(image?: string): KnownImage | undefined {
  if (image === undefined) return undefined;
  const { name, tag = 'latest' } = parts(image);
  return IMAGES.find(each => each.name.test(name) && (each.tag?.test(tag) ?? true));
}

/** The tag of an image: `latest` if it has neither a tag nor a digest. */
export function tagOf(image: string): string | undefined {
  const { tag, digest } = parts(image);
  return tag ?? (digest === undefined ? 'latest' : undefined);
}

/** Whether it may be the name of an image, and is not what another program fills in: `$(IMAGE)`, `REPLACED BY CI`. */
export function isReference(image: string): boolean {
  return /^[a-z0-9][a-z0-9._/-]*$/.test(parts(image).name.replace(/^[^/]*:\d+\//, ''));
}

/** Whether it is the image `busybox` itself. */
export function isDockerBusybox(image?: string): boolean {
  return image !== undefined && parts(image).name === 'busybox';
}
