import { downloadsOf } from './downloads';
import { scopeOf } from './our-code';
import { eachContainer, type Rule } from './rule';

const CHECKS = /^(sha\d+sum|shasum|md5sum|b2sum|gpg|gpgv|cosign|openssl|minisign|cmp)$/;

/** A download that nothing compares with what was meant. */
export const unverifiedDownload: Rule = {
  name: 'unverified-download',
  severity: 'info',
  reason:
    'What a server, a proxy or a broken connection delivers is run or read as it comes.',
  fires: `
- name: download-tool
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -fsSLo /tools/tool https://downloads.example.com/tool-2.1']
`,
  silent: `
- name: download-tool
  image: curlimages/curl:8.22.0
  command:
    - sh
    - -ec
    - |
      curl -fsSLo /tools/.tool https://downloads.example.com/tool-2.1
      echo "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  /tools/.tool" | sha256sum -c
      mv /tools/.tool /tools/tool
`,
  find: eachContainer(container => {
    if (container.commands.some(({ name }) => CHECKS.test(name))) return [];
    return downloadsOf(container).slice(0, 1).map(({ command, url }) => ({
      command,
      message: 'downloads without comparing a checksum: what comes is taken',
      remedy:
        `new DownloadConfig(${scopeOf(container.pod)}, '${container.name}', `
        + `{ url: '${url ?? 'https://…'}', sha256: '…', path: '…' });`,
    }));
  }),
};
